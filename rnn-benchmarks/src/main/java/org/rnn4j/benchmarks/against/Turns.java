package org.rnn4j.benchmarks.against;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.rnn4j.benchmarks.run.Budget;
import org.rnn4j.benchmarks.run.Child;
import org.rnn4j.benchmarks.run.Contender;
import org.rnn4j.benchmarks.run.Pinning;
import org.rnn4j.benchmarks.work.Saving;

/**
 * Both sides in turns, a process each, the first of a round last in the next. A reading counts only between two probes of the roof
 * ({@link Roofs}), so a round may give nothing; then there are more, until every line has its pairs of starts or the time is over. Whether a line
 * is better or worse has no say in that.
 */
public final class Turns {
    private final Map<Side, Contender> sides;
    private final Plan plan;
    private final Consumer<String> log;
    private final LongSupplier clock;
    private final List<Reading> readings = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /**
     * What is measured.
     *
     * @param workloads their names
     * @param threads the numbers of threads
     * @param pairs how many starts of each side every line needs, with readings that count
     * @param budget for each process
     * @param limitSeconds after which no process begins
     * @param folder where a workload may leave a file for as long as it runs
     */
    public record Plan(
            List<String> workloads, List<Integer> threads, int pairs, Budget budget, long limitSeconds, Path folder) {
        /** Copies the lists. */
        public Plan {
            workloads = List.copyOf(workloads);
            threads = List.copyOf(threads);
        }
    }

    /** One workload with one number of threads. */
    private record Work(String workload, int threads) {
        String place(Side side) {
            return side.text() + ", " + workload + " with " + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    /**
     * Processes to run.
     *
     * @param before with the other commit's libraries
     * @param after with the working tree's
     * @param log is told of every process that has ended
     */
    public Turns(Contender before, Contender after, Plan plan, Consumer<String> log) {
        this(before, after, plan, log, System::nanoTime);
    }

    Turns(Contender before, Contender after, Plan plan, Consumer<String> log, LongSupplier clock) {
        sides = Map.of(Side.BEFORE, before, Side.AFTER, after);
        this.plan = plan;
        this.log = log;
        this.clock = clock;
    }

    /** Runs as many rounds as are needed. */
    public void run() throws IOException, InterruptedException {
        Map<Work, List<Reading>> works = new LinkedHashMap<>();
        for (int threads : plan.threads) {
            for (String workload : plan.workloads) {
                works.put(new Work(workload, threads), new ArrayList<>());
            }
        }
        long began = clock.getAsLong();
        for (int round = 1; ; round++) {
            List<Work> lacking = lacking(works, round);
            if (lacking.isEmpty()) {
                return;
            }
            for (Work work : lacking) {
                if ((clock.getAsLong() - began) / 1_000_000_000 >= plan.limitSeconds) {
                    return;
                }
                if (!runBoth(work, round, works.get(work))) {
                    works.remove(work);
                }
            }
        }
    }

    /** Those that a round runs: all at first, then those of which the best roof so far leaves too few pairs. */
    private List<Work> lacking(Map<Work, List<Reading>> works, int round) {
        Roofs roofs = Roofs.of(readings);
        return works.entrySet().stream()
                .filter(work -> round <= plan.pairs || !hasItsPairs(work.getValue(), roofs))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** False where a side failed: it would fail again. */
    private boolean runBoth(Work work, int round, List<Reading> own) throws IOException, InterruptedException {
        List<Side> order = new ArrayList<>(List.of(Side.values()));
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        for (Side side : order) {
            List<Reading> read = runOne(side, work, round);
            if (read.isEmpty()) {
                return false;
            }
            own.addAll(read);
            readings.addAll(read);
        }
        return true;
    }

    private List<Reading> runOne(Side side, Work work, int round) throws IOException, InterruptedException {
        Budget budget = plan.budget;
        List<String> arguments = new ArrayList<>(List.of(work.workload, "seconds=" + budget.seconds()));
        arguments.add("folder=" + plan.folder);
        // To write GBs for as long as JIT compilers need would tell nothing more.
        arguments.add("warm=" + (work.workload.equals(Saving.NAME) ? 0 : budget.warm()));
        Contender contender = sides.get(side);
        Child child = Child.run(
                Pinning.on(work.threads, contender.command(work.threads, arguments)),
                contender.environment(work.threads),
                budget.limit());
        List<Reading> read = child.out().stream()
                .flatMap(line -> Reading.parse(side, work.threads, round, line).stream())
                .toList();
        String place = "round " + round + ", " + work.place(side);
        if (child.status() != 0 || read.isEmpty()) {
            failures.put(work.place(side), reason(side, child));
            log.accept(place + " failed: " + failures.get(work.place(side)));
            return List.of();
        }
        log.accept(place + ": " + summary(read));
        return read;
    }

    private static String summary(Collection<Reading> read) {
        Roofs roofs = Roofs.of(read);
        return read.size() + " samples, the roof "
                + Math.round(roofs.best().values().iterator().next())
                + " GFLOP/s, within reach of it at "
                + read.stream().filter(roofs::keeps).count();
    }

    private static String reason(Side side, Child child) {
        boolean isLinkage = child.err().stream()
                .anyMatch(
                        line -> line.matches(
                                ".*(LinkageError|NoSuch(Method|Field)Error|NoClassDefFoundError|IncompatibleClassChangeError|AbstractMethodError|ClassNotFoundException|IllegalAccessError).*"));
        return isLinkage && side == Side.BEFORE
                ? "what measures is of the working tree and does not link with the libraries of the other commit; "
                        + child.reason()
                : child.reason();
    }

    private boolean hasItsPairs(List<Reading> own, Roofs roofs) {
        return own.stream()
                .map(Reading::line)
                .distinct()
                .allMatch(line -> Difference.of(
                                        own.stream()
                                                .filter(reading ->
                                                        reading.line().equals(line))
                                                .toList(),
                                        roofs)
                                .pairs()
                        >= plan.pairs);
    }

    /** What was read. */
    public List<Reading> readings() {
        return Collections.unmodifiableList(readings);
    }

    /** What failed, and why. */
    public Map<String, String> failures() {
        return Collections.unmodifiableMap(failures);
    }
}
