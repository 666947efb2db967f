package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Spans;

class F1MetricTest {
    private static double value(F1Metric metric, Judged window) {
        Tally tally = metric.begin();
        tally.add(window);
        return tally.value();
    }

    /** The confusion matrix (rows are targets) is 2 1 0, 0 1 1, 1 0 0; class 3 never occurs, and class 2 is never right. */
    @Test
    void threeClasses() {
        int[][] targets = {{0, 0, 0, 1, 1, 2, -1, 2}};
        int[][] said = {{0, 0, 1, 1, 2, 0, 1, 2}};
        Judged window = Examples.said(4, said, targets, Spans.of(7));
        assertEquals((4.0 / 6 + 2.0 / 4 + 0) / 3, value(F1Metric.MACRO, window), 1e-15);
        assertEquals(2.0 / 4, value(F1Metric.BINARY, window));
    }

    /** Precision 2/3, recall 2/4. */
    @Test
    void decisions() {
        Judged window = Examples.pairs(new double[] {3, 0.1, 2, -1, 0, -0.5}, new double[] {1, 1, 0, 1, 1, 0});
        assertEquals(2 / (3 / 2.0 + 2), value(F1Metric.BINARY, window), 1e-15);
        assertEquals((4 / 7.0 + 2 / 5.0) / 2, value(F1Metric.MACRO, window), 1e-15);
        Judged probability = Examples.pairs(new double[] {1}, new double[] {0.5});
        assertEquals(
                "F1: a target is 0.5, expected 0 or 1",
                assertThrows(IllegalArgumentException.class, () -> value(F1Metric.BINARY, probability))
                        .getMessage());
    }

    @Test
    void nothingIsPositive() {
        Judged window = Examples.pairs(new double[] {-1, -2}, new double[] {0, 0});
        assertEquals(0, value(F1Metric.BINARY, window));
        assertEquals(1, value(F1Metric.MACRO, window));
        assertEquals(
                "macro F1 over no positions: expected at least 1",
                assertThrows(
                                IllegalStateException.class,
                                () -> F1Metric.MACRO.begin().value())
                        .getMessage());
        assertTrue(F1Metric.MACRO.better(0.2, 0.1) && !F1Metric.MACRO.better(Double.NaN, 0.1));
    }

    /** Against precision and recall as they are defined. */
    @Property(tries = 100)
    void isTheHarmonicMean(@ForAll long seed) {
        Examples examples = Examples.random(seed, 5, 8, 3);
        Judged window = examples.ofIds(0, 5, 0, 8);
        double[] predictions = window.predictions();
        double[] targets = window.targets();
        double[] hit = new double[3];
        double[] said = new double[3];
        double[] is = new double[3];
        window.forEach(i -> {
            hit[(int) targets[i]] += predictions[i] == targets[i] ? 1 : 0;
            said[(int) predictions[i]]++;
            is[(int) targets[i]]++;
        });
        double sum = 0;
        int occur = 0;
        for (int c = 0; c < 3; c++) {
            occur += said[c] + is[c] > 0 ? 1 : 0;
            sum += hit[c] == 0 ? 0 : 2 / (said[c] / hit[c] + is[c] / hit[c]);
        }
        assertEquals(sum / occur, value(F1Metric.MACRO, window), 1e-14);
    }
}
