package org.rnn4j.training.text;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.metric.SequenceMetric;

/** The answers of simple methods, see {@link PairsData}; computed once, at the first request. */
final class PairsBaselines {
    private static final long MOST_COMPARISONS = 1_000_000_000;

    private final PairsData.Part training;
    private final PairsData.Part validation;
    private List<Baseline> computed;

    PairsBaselines(PairsData.Part training, PairsData.Part validation) {
        this.training = training;
        this.validation = validation;
    }

    synchronized List<Baseline> scores() {
        if (computed == null) {
            List<Baseline> all = new ArrayList<>();
            int[] frequent = mostFrequent();
            all.add(baseline("most frequent answer", question -> frequent));
            if ((long) training.questions().length * validation.questions().length <= MOST_COMPARISONS) {
                all.add(baseline("answer to the most alike question", this::ofNearest));
            }
            computed = List.copyOf(all);
        }
        return computed;
    }

    @FunctionalInterface
    private interface Answering {
        int[] answer(int[] question);
    }

    private Baseline baseline(String name, Answering method) {
        SequenceMetric.Pairs pairs = SequenceMetric.EXACT_MATCH.begin();
        for (int i = 0; i < validation.questions().length; i++) {
            pairs.add(method.answer(validation.questions()[i]), validation.answers()[i]);
        }
        return new Baseline(name, SequenceMetric.EXACT_MATCH.label(), pairs.value());
    }

    /** The first of equally frequent ones. */
    private int[] mostFrequent() {
        Map<IntBuffer, Integer> counts = new LinkedHashMap<>();
        Arrays.stream(training.answers()).forEach(answer -> counts.merge(IntBuffer.wrap(answer), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(count -> count).max().orElseThrow();
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey()
                .array();
    }

    private int[] ofNearest(int[] question) {
        int nearest = 0;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < training.questions().length; i++) {
            int alike = alike(question, training.questions()[i]);
            if (alike > most) {
                most = alike;
                nearest = i;
            }
        }
        return training.answers()[nearest];
    }

    private static int alike(int[] a, int[] b) {
        int alike = 0;
        for (int i = 1; i <= Math.min(a.length, b.length); i++) {
            alike += a[a.length - i] == b[b.length - i] ? 1 : 0;
        }
        return alike - Math.abs(a.length - b.length);
    }
}
