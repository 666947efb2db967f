package org.rnn4j.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.benchmarks.report.Comparison;
import org.rnn4j.benchmarks.report.Contest;
import org.rnn4j.benchmarks.report.Result;
import org.rnn4j.benchmarks.report.Sample;

/**
 * Many processes, interleaved: in every round, for every workload, one process of each contender right after the other, so that a machine
 * that slows down slows all of them down.
 */
public final class Rounds {
    private final List<Contender> contenders;
    private final Plan plan;
    private final Consumer<String> log;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /**
     * What is measured.
     *
     * @param workloads their names
     * @param threads the numbers of threads
     * @param rounds how many processes of each contender run a workload
     * @param budget for each
     * @param drop after the second round, a setting that was so many times slower than the fastest on a workload is not run on it again, unless
     *     it is the fastest of its peer; 0 to keep all
     */
    public record Plan(List<String> workloads, List<Integer> threads, int rounds, Budget budget, double drop) {
        /** Copies the lists. */
        public Plan {
            workloads = List.copyOf(workloads);
            threads = List.copyOf(threads);
        }
    }

    /**
     * Processes to run.
     *
     * @param log is given every line that a process reports, as it comes
     */
    public Rounds(List<Contender> contenders, Plan plan, Consumer<String> log) {
        this.contenders = List.copyOf(contenders);
        this.plan = plan;
        this.log = log;
    }

    /** Runs all of them. */
    public void run() throws IOException, InterruptedException {
        for (int round = 1; round <= plan.rounds; round++) {
            for (int threads : plan.threads) {
                for (String workload : plan.workloads) {
                    for (Contender contender : contenders) {
                        if (contender.runs(workload) && !isDropped(contender, workload, threads, round)) {
                            run(contender, workload, threads, round);
                        }
                    }
                }
            }
        }
    }

    private void run(Contender contender, String workload, int threads, int round)
            throws IOException, InterruptedException {
        Budget budget = plan.budget;
        List<String> arguments = List.of(workload, "warm=" + budget.warm(), "seconds=" + budget.seconds());
        Child child = Child.run(
                Pinning.on(threads, contender.command(threads, arguments)),
                contender.environment(threads),
                budget.limit());
        String place = contender.name() + " " + workload + " with " + threads + " threads";
        int before = samples.size();
        for (String line : child.out()) {
            Result.parse(line).ifPresent(result -> {
                samples.add(new Sample(contender.peer(), contender.setting(), threads, round, result));
                log.accept("round " + round + ", " + contender.setting() + ": " + line);
            });
        }
        if (child.status() != 0 || samples.size() == before) {
            failures.put(place, child.reason());
            log.accept("round " + round + ", " + place + " failed: " + child.reason());
        }
    }

    /** Whether two rounds have shown that this setting is far from the fastest. */
    private boolean isDropped(Contender contender, String workload, int threads, int round) {
        boolean isOurs = contender.peer().equals(Comparison.OURS);
        if (plan.drop <= 0 || round <= 2 || isOurs) {
            return false;
        }
        boolean keeps = false;
        for (String line : Contest.lines()) {
            if (line.equals(workload) || line.startsWith(workload + "-")) {
                double own = best(line, threads, contender.peer(), contender.setting());
                double peer = best(line, threads, contender.peer(), null);
                double all = best(line, threads, null, null);
                keeps |= own <= peer || own <= plan.drop * all;
            }
        }
        return !keeps;
    }

    /** The smallest median so far of a line, of a peer and a setting or, where null, of all but ours. */
    private double best(String line, int threads, String peer, String setting) {
        return samples.stream()
                .filter(sample -> sample.result().kind().equals("RESULT")
                        && sample.result().work().equals(line)
                        && sample.threads() == threads
                        && !sample.peer().equals(Comparison.OURS)
                        && (peer == null || sample.peer().equals(peer))
                        && (setting == null || sample.setting().equals(setting)))
                .mapToDouble(sample -> sample.result().number("median"))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What was measured. */
    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** What failed, and why. */
    public Map<String, String> failures() {
        return Collections.unmodifiableMap(failures);
    }
}
