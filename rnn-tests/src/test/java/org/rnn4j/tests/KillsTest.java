package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.tests.PausedRun.Place;
import org.rnn4j.tests.disk.Operation;

/**
 * Runs are killed, go on, and are killed again: in the middle of each kind of write, and at moments spread over their lives. In the end they have
 * the bytes of a run that was never disturbed.
 */
@Tag("kills")
class KillsTest {
    private static final int KILLS = 200;

    /** Of one run, before it may end. */
    private static final int KILLS_A_RUN = 10;

    /** To kill by the clock before the end: the machine may be faster than it was. */
    private static final int ATTEMPTS = 10;

    /** Runs beside each other. */
    private static final int WORKERS = 2;

    /** Spreads moments evenly over a life, however many there are. */
    private static final double GOLDEN = 0.6180339887498949;

    private static final String FOLDER = "folder";

    @TempDir
    Path directory;

    private Path config;
    private SmallRun whole;
    private double life;

    /** Where a run is killed in the middle of; each comes up at least so many times in a life. */
    private static final Map<String, Integer> FILES = Map.of(
            "config.yaml", 1,
            "checkpoint.safetensors", 3,
            "best.safetensors", 2,
            "metrics.jsonl", 3,
            "run.json", 2,
            "curve.png", 3);

    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (String file : new TreeMap<>(FILES).keySet()) {
            for (int time = 1; time <= FILES.get(file); time++) {
                places.add(new Place(Operation.Kind.WRITE, file, time));
                // Lines are written to the file itself.
                if (!file.equals("metrics.jsonl")) {
                    places.add(new Place(Operation.Kind.FORCE, file, time));
                    places.add(new Place(Operation.Kind.MOVE, file, time));
                }
            }
        }
        // The folder itself, after a rename.
        places.add(new Place(Operation.Kind.FORCE, FOLDER, 4));
        return places;
    }

    /** A third of the kills comes by the clock, the others in the places in turn. */
    private static List<Optional<Place>> plan() {
        List<Place> places = places();
        List<Optional<Place>> plan = new ArrayList<>();
        for (int i = 0; plan.size() < KILLS; i++) {
            // A step that has no divisor with the number of places, so that what follows what differs from run to run.
            plan.add(Optional.of(places.get(i * 7 % places.size())));
            if (i % 2 == 0) {
                plan.add(Optional.empty());
            }
        }
        return plan.subList(0, KILLS);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void killedRunsEndAsIfTheyHadNotBeen() throws Exception {
        config = SmallRun.configuration(directory, SmallRun.Picture.DRAWN);
        whole = inHome("whole");
        try (Child child = start("whole", PausedRun.arguments(whole))) {
            assertTrue(child.says(PausedRun.BEGINS));
            long begin = System.nanoTime();
            assertEquals(0, child.status(), child.err());
            life = (System.nanoTime() - begin) / 1e6;
        }
        List<Optional<Place>> plan = plan();
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        Map<String, Integer> kills = new TreeMap<>();
        int ends = 0;
        try {
            List<Callable<Worker>> workers = new ArrayList<>();
            for (int number = 0; number < WORKERS; number++) {
                Worker worker =
                        new Worker(number, plan.subList(KILLS * number / WORKERS, KILLS * (number + 1) / WORKERS));
                workers.add(worker);
            }
            for (Future<Worker> done : pool.invokeAll(workers)) {
                done.get().kills.forEach((kind, count) -> kills.merge(kind, count, Integer::sum));
                ends += done.get().ends;
            }
        } finally {
            pool.shutdownNow();
        }
        int all = kills.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("Kills: " + all + " in the lives of " + ends + " runs");
        kills.forEach((kind, count) -> System.out.println("  " + count + " " + kind));
        assertTrue(all >= KILLS, all + " kills");
        for (Place place : places()) {
            assertTrue(kills.containsKey(place.toString()), () -> "none " + place);
        }
    }

    /** A run whose folder is alone in another one, which stands for a disk. */
    private SmallRun inHome(String home) throws IOException {
        return SmallRun.in(
                config, Files.createDirectories(directory.resolve(home)).resolve(FOLDER));
    }

    private Child start(String name, String... arguments) throws IOException {
        return Child.start(
                directory.resolve(name + "-says"),
                Path.of(System.getProperty("java.home")),
                List.of("-XX:TieredStopAtLevel=1", "-cp", String.join(File.pathSeparator, Child.classPath())),
                PausedRun.class,
                arguments);
    }

    /** Carries out a part of the plan, one run after the other. */
    private final class Worker implements Callable<Worker> {
        private final String name;
        private final List<Optional<Place>> plan;
        private final Map<String, Integer> kills = new TreeMap<>();
        private int ends;
        private int killed;

        Worker(int number, List<Optional<Place>> plan) {
            this.name = "run-" + number + "-";
            this.plan = plan;
        }

        private SmallRun run() throws IOException {
            return inHome(name + ends);
        }

        @Override
        public Worker call() throws Exception {
            for (Optional<Place> place : plan) {
                for (int attempt = 1; !isKilled(place, attempt); attempt++) {
                    // It had ended before; the next run has all of its life before it. By the clock it may be too late
                    // again.
                    assertTrue(attempt < (place.isPresent() ? 2 : ATTEMPTS), () -> "comes never " + place);
                }
                if (killed == KILLS_A_RUN) {
                    try (Child child = start(name, PausedRun.arguments(run()))) {
                        end(child);
                    }
                }
            }
            return this;
        }

        /** Goes on with the run and kills it, unless it ends before. */
        private boolean isKilled(Optional<Place> place, int attempt) throws Exception {
            SmallRun run = run();
            String[] arguments =
                    place.map(at -> PausedRun.arguments(run, at)).orElseGet(() -> PausedRun.arguments(run));
            try (Child child = start(name, arguments)) {
                boolean alive = child.says(place.isPresent() ? Hold.HOLDS : PausedRun.BEGINS);
                if (place.isEmpty()) {
                    long moment =
                            kills.values().stream().mapToInt(Integer::intValue).sum();
                    alive = !child.endsIn(Math.round(life * (moment * GOLDEN % 1) / attempt));
                }
                if (alive) {
                    child.kill();
                    // By the clock it may have ended on its own a moment before.
                    alive = place.isPresent() || child.status() != 0;
                }
                if (!alive) {
                    end(child);
                    return false;
                }
                assertEquals(137, child.status(), () -> "at " + place);
                assertEquals("", child.err());
                kills.merge(place.map(Place::toString).orElse("by the clock"), 1, Integer::sum);
                killed++;
                return true;
            }
        }

        private void end(Child child) throws Exception {
            assertEquals(0, child.status(), child.err());
            assertEquals("", child.err());
            run().assertSameAs(whole);
            ends++;
            killed = 0;
        }
    }
}
