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
 * Starts {@link SideBySide} again and again, a process for each workload and round; who begins changes from round to round. A reading counts only
 * between two probes of the roof ({@link Roofs}), so a round may give nothing; then there are more, until every line has its pairs or the time is
 * over. Whether a line is better or worse has no say in that.
 */
public final class Turns {
    private final Contender contender;
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
     * @param pairs how many starts every line needs, with readings of both sides that count
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
        String place() {
            return workload + " with " + threads + (threads == 1 ? " thread" : " threads");
        }
    }

    /**
     * Processes to run.
     *
     * @param contender what runs a workload with both sides' libraries
     * @param log is told of every process that has ended
     */
    public Turns(Contender contender, Plan plan, Consumer<String> log) {
        this(contender, plan, log, System::nanoTime);
    }

    Turns(Contender contender, Plan plan, Consumer<String> log, LongSupplier clock) {
        this.contender = contender;
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
                if (!run(work, round, works.get(work))) {
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

    /** False where it failed: it would fail again. */
    private boolean run(Work work, int round, List<Reading> own) throws IOException, InterruptedException {
        Budget budget = plan.budget;
        List<String> arguments = new ArrayList<>(List.of(work.workload, "seconds=" + budget.seconds()));
        arguments.add("folder=" + plan.folder);
        arguments.add("first=" + (round % 2 == 0 ? Side.AFTER : Side.BEFORE).text());
        // To write GBs for as long as JIT compilers need would tell nothing more.
        arguments.add("warm=" + (work.workload.equals(Saving.NAME) ? 0 : budget.warm()));
        Child child = Child.run(
                Pinning.on(work.threads, contender.command(work.threads, arguments)),
                contender.environment(work.threads),
                budget.limit());
        List<Reading> read = child.out().stream()
                .flatMap(line -> Reading.parse(work.threads, round, line).stream())
                .toList();
        String place = "round " + round + ", " + work.place();
        if (child.status() != 0 || read.isEmpty()) {
            failures.put(work.place(), reason(child));
            log.accept(place + " failed: " + failures.get(work.place()));
            return false;
        }
        log.accept(place + ": " + summary(read));
        own.addAll(read);
        readings.addAll(read);
        return true;
    }

    private static String summary(Collection<Reading> read) {
        Roofs roofs = Roofs.of(read);
        return read.size() + " samples, the roof "
                + Math.round(roofs.best().values().iterator().next())
                + " GFLOP/s, within reach of it at "
                + read.stream().filter(roofs::keeps).count();
    }

    private static String reason(Child child) {
        boolean isLinkage = child.err().stream()
                .anyMatch(
                        line -> line.matches(
                                ".*(LinkageError|NoSuch(Method|Field)Error|NoClassDefFoundError|IncompatibleClassChangeError|AbstractMethodError|ClassNotFoundException|IllegalAccessError).*"));
        return isLinkage
                ? "the other commit has no benchmarks that this one can call, and this one's does not link with the libraries of the other commit; "
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

    /** How many pairs every line should have. */
    public int pairs() {
        return plan.pairs;
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
