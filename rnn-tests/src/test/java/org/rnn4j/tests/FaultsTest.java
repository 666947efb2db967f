package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.tests.SmallRun.Picture;
import org.rnn4j.tests.disk.Disk;
import org.rnn4j.tests.disk.Fault;
import org.rnn4j.tests.disk.PowerLoss;
import org.rnn4j.tests.disk.Survival;
import org.rnn4j.training.Listener;

/**
 * The whole life of a run, with a fault at each operation on the disk in turn: start, steps, validations, checkpoints, the best one, metrics,
 * curve, a stop, a resume, the end. Each time it goes on, or stops with a message; afterwards it ends with the bytes of the undisturbed run.
 */
@Tag("kills")
class FaultsTest {
    /** A life has more operations than this. */
    private static final int LEAST = 150;

    /** Of those that went wrong. */
    private static final int MOST_TOLD = 8;

    private static final int STOP_AFTER = 7;

    @TempDir
    Path directory;

    /** Warns of each picture that cannot be written, each file that cannot be tidied up. */
    private final Logger log = Logger.getLogger("org.rnn4j");

    @BeforeEach
    void silence() {
        log.setLevel(Level.SEVERE);
    }

    @AfterEach
    void speak() {
        log.setLevel(null);
    }

    /** How a life with a fault in it went. */
    private enum Course {
        WENT_ON,
        STOPPED,
        LOST_POWER
    }

    /** What of a fault is to be seen from outside: how the runs went, and the last step that was said to be saved. */
    private record Life(Course course, long saved, String message) {}

    /** One process runs until it is stopped, and the next one to the end. */
    private static Life live(SmallRun run) {
        long saved = 0;
        try {
            for (boolean first : new boolean[] {true, false}) {
                TrainingRun process = run.run();
                AtomicLong saves = SmallRun.saves(process);
                try {
                    if (first) {
                        stopAfter(process, STOP_AFTER);
                        process.start();
                        saves.set(STOP_AFTER);
                    } else {
                        Listener.Ending ending = process.resume().ending();
                        assertTrue(ending.finished(), ending.reason());
                    }
                } finally {
                    saved = Math.max(saved, saves.get());
                }
            }
            return new Life(Course.WENT_ON, saved, "");
        } catch (PowerLoss e) {
            return new Life(Course.LOST_POWER, saved, e.getMessage());
        } catch (RuntimeException e) {
            return new Life(Course.STOPPED, saved, String.valueOf(e.getMessage()));
        }
    }

    private static void stopAfter(TrainingRun run, long step) {
        run.trainer().listen(new Listener() {
            @Override
            public void completed(long completed) {
                if (completed == step) {
                    run.trainer().stop("a break");
                }
            }

            @Override
            public String name() {
                return "Stop";
            }
        });
    }

    /** A life without a fault, to count its operations; then a life with a fault at each of them. */
    private void atEvery(String name, Picture picture, LongFunction<Fault> fault, Survival survival)
            throws IOException {
        Path config = SmallRun.configuration(directory, picture);
        SmallRun whole = SmallRun.in(config, directory.resolve("whole"));
        assertTrue(whole.goOn().finished());
        Disk counting = Disk.over(Files.createDirectory(directory.resolve("counting")));
        assertEquals(Course.WENT_ON, live(SmallRun.in(config, counting.path("run"))).course);
        long faults = counting.operations();

        Map<Course, Integer> courses = new ConcurrentSkipListMap<>();
        Map<String, Integer> messages = new ConcurrentSkipListMap<>();
        Queue<String> broken = new ConcurrentLinkedQueue<>();
        LongStream.rangeClosed(1, faults).parallel().forEach(n -> {
            String home = directory.resolve("life-" + n).toString();
            try {
                Life life = tryOut(whole, Files.createDirectory(Path.of(home)), fault.apply(n), survival, broken);
                courses.merge(life.course, 1, Integer::sum);
                messages.merge(life.message.replace(home, "DIR").replaceAll("[0-9]+", "N"), 1, Integer::sum);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        System.out.println("Faults, " + name + ": " + faults + ", after which " + courses);
        if (!courses.containsKey(Course.LOST_POWER)) {
            messages.forEach((message, count) -> System.out.println("  " + count + " times: " + message));
        }
        assertTrue(
                broken.isEmpty(),
                () -> broken.size() + " of " + faults + ", such as:\n"
                        + broken.stream().limit(MOST_TOLD).collect(Collectors.joining("\n")));
        String page = Files.readString(ClassPath.project().resolve("docs/reliability.md"));
        assertTrue(page.contains(" " + faults + " "), faults + " operations, which docs/reliability.md does not say");
    }

    /** One life with a fault, and what comes after it on the healed disk. */
    private static Life tryOut(SmallRun whole, Path home, Fault fault, Survival survival, Queue<String> broken)
            throws IOException {
        Disk disk = Disk.over(home);
        SmallRun run = SmallRun.in(whole.config(), disk.path("run"));
        disk.breaks(fault);
        Life life = live(run);
        long reached = disk.operations();
        if (life.course == Course.LOST_POWER) {
            disk.restarts(survival);
        }
        disk.heals();
        try {
            if (life.course == Course.STOPPED) {
                assertTells(life.message, home);
            }
            assertGoesOn(run, whole, life);
        } catch (AssertionError | RuntimeException e) {
            broken.add("after " + reached + " operations, " + life + ": " + e.getMessage());
        }
        return life;
    }

    private static void assertTells(String message, Path home) {
        assertTrue(message.contains(home.toString()), "names no place");
        assertTrue(message.contains(Fault.BROKEN) || message.contains(Fault.FULL), "names no reason");
        // Where the folder itself cannot be used, the cure is another one.
        assertTrue(
                message.startsWith("the run folder") || message.contains("--resume") || message.contains("begin again"),
                "names no cure");
    }

    /** Nothing is lost that was said to be saved, and the end is that of the undisturbed run. */
    private static void assertGoesOn(SmallRun run, SmallRun whole, Life life) throws IOException {
        assertTrue(life.saved == 0 || run.isSaved(), "the checkpoint is lost");
        long step = run.isSaved() ? run.savedStep() : 0;
        assertTrue(step >= life.saved, "the checkpoint is of step " + step);
        assertTrue(run.goOn().finished());
        run.assertSameAs(whole);
    }

    @Test
    void oneOperationFails() throws IOException {
        atEvery("one operation fails", Picture.DRAWN, Fault::failsAt, Survival.ALL);
    }

    @Test
    void theDiskIsFull() throws IOException {
        atEvery("the disk is full from then on", Picture.DRAWN, Fault::fullFrom, Survival.ALL);
    }

    @Test
    void theDiskIsBroken() throws IOException {
        atEvery("the disk is broken from then on", Picture.NONE, Fault::failsFrom, Survival.ALL);
    }

    @ParameterizedTest
    @EnumSource
    void thePowerGoes(Survival survival) throws IOException {
        atEvery("the power goes, and survives " + survival, Picture.NONE, Fault::powerGoesAt, survival);
    }

    @Test
    void theDiskIsSlow() throws IOException {
        Path config = SmallRun.configuration(directory, Picture.DRAWN);
        SmallRun whole = SmallRun.in(config, directory.resolve("whole"));
        assertTrue(whole.goOn().finished());
        Disk disk = Disk.over(Files.createDirectory(directory.resolve("slow")));
        SmallRun run = SmallRun.in(config, disk.path("run"));
        disk.breaks(Fault.slow(2000));
        assertEquals(Course.WENT_ON, live(run).course);
        assertTrue(disk.operations() >= LEAST);
        run.assertSameAs(whole);
    }
}
