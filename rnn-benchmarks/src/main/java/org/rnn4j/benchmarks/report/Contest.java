package org.rnn4j.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.benchmarks.measure.LayerAlone;

/** The lines of equal weight in which RNN4J and its peers are compared, and the workloads that give them. */
public final class Contest {
    /** The name of what is no line: the most that one core can do, which ours alone measures. */
    public static final String ROOF = "roof";

    private static final List<String> TRAINING = List.of("W1", "W2", "W3", "W4");
    private static final List<String> INFERENCE = List.of("W6-step", "W6-seq100");

    private Contest() {}

    /** The 18 lines. */
    public static List<String> lines() {
        return joined(INFERENCE);
    }

    /** What a process is asked to run; W6 gives two lines. */
    public static List<String> workloads() {
        return joined(List.of("W6"));
    }

    private static List<String> joined(List<String> last) {
        List<String> all = new ArrayList<>(TRAINING);
        LayerAlone.ALL.forEach(layer -> all.add(layer.name()));
        all.addAll(last);
        return List.copyOf(all);
    }
}
