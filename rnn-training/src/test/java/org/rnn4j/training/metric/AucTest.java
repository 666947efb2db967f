package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;

class AucTest {
    private static double auc(double[] scores, double[] targets) {
        Tally tally = new Auc().begin();
        tally.add(Examples.pairs(scores, targets));
        return tally.value();
    }

    /** Positives 3, 2, 2 and negatives 2, 1, 0: seven pairs are in order, and two tie. */
    @Test
    void tiesCountHalf() {
        double[] targets = {1, 1, 1, 0, 0, 0};
        assertEquals(8 / 9.0, auc(new double[] {3, 2, 2, 2, 1, 0}, targets));
        assertEquals(0.5, auc(new double[6], targets));
        assertEquals(0.5, auc(new double[] {0.0, -0.0, 0.0, -0.0, 0.0, -0.0}, targets));
        assertEquals(1, auc(new double[] {3, 4, 5, 2, 1, Double.NEGATIVE_INFINITY}, targets));
        assertEquals(0, auc(new double[] {1, 2, 3, 4, 5, Double.POSITIVE_INFINITY}, targets));
        assertEquals(Double.NaN, auc(new double[] {1, 2, 3, 4, Double.NaN, 5}, targets));
    }

    /** By the trapezoidal rule under the curve of the rates at every threshold, which is the definition. */
    @Property(tries = 100)
    void isTheAreaUnderTheCurve(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count) {
        double[] scores = new double[count + 2];
        double[] targets = new double[count + 2];
        random(seed, scores, targets);
        double[] thresholds = Arrays.stream(scores).distinct().sorted().toArray();
        double area = 0;
        double hits = 0;
        double alarms = 0;
        for (int i = thresholds.length - 1; i >= 0; i--) {
            double above = rate(scores, targets, thresholds[i], 1);
            double wrong = rate(scores, targets, thresholds[i], 0);
            area += (wrong - alarms) * (above + hits) / 2;
            hits = above;
            alarms = wrong;
        }
        assertEquals(area, auc(scores, targets), 1e-12);
    }

    private static double rate(double[] scores, double[] targets, double threshold, double label) {
        double at = 0;
        double all = 0;
        for (int i = 0; i < scores.length; i++) {
            all += targets[i] == label ? 1 : 0;
            at += targets[i] == label && scores[i] >= threshold ? 1 : 0;
        }
        return at / all;
    }

    private static void random(long seed, double[] scores, double[] targets) {
        Random random = new Random(seed);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(20) - 10;
            targets[i] = i < 2 ? i : random.nextInt(2);
        }
    }

    @Property(tries = 100)
    void onlyTheOrderOfTheScoresMatters(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int count) {
        double[] scores = new double[count + 2];
        double[] targets = new double[count + 2];
        random(seed, scores, targets);
        double[] risen = Arrays.stream(scores).map(s -> s * s * s + 7).toArray();
        double[] fallen = Arrays.stream(scores).map(s -> -s).toArray();
        assertEquals(auc(scores, targets), auc(risen, targets));
        assertEquals(1 - auc(scores, targets), auc(fallen, targets), 1e-15);
    }

    /** The score is the second column less the first: 1, -1, 1, and -1 where there is no label. */
    @Test
    void twoColumns() {
        Judged said = Examples.said(2, new int[][] {{1, 0, 1, 0}}, new int[][] {{1, 0, 0, Ids.IGNORED}}, Spans.of(4));
        Tally tally = new Auc().begin();
        tally.add(said);
        assertEquals(0.75, tally.value());
    }

    @Test
    void badTargets() {
        assertEquals(
                "AUC of 2 positives and 0 negatives: expected at least 1 of each",
                assertThrows(IllegalStateException.class, () -> auc(new double[] {1, 2}, new double[] {1, 1}))
                        .getMessage());
        assertEquals(
                "AUC: a target is 2.0, expected 0 or 1",
                assertThrows(IllegalArgumentException.class, () -> auc(new double[] {1, 2}, new double[] {1, 2}))
                        .getMessage());
        Judged three = Examples.said(3, new int[][] {{1}}, new int[][] {{1}}, Spans.full());
        assertEquals(
                "AUC: the output (1,1,3) has 3 columns, expected 2 for targets that are ids",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Auc().begin().add(three))
                        .getMessage());
        assertTrue(new Auc().better(0.6, 0.5));
    }
}
