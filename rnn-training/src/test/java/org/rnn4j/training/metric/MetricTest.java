package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.api.Value;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;

class MetricTest {

    private static Mean mean(double value) {
        Mean mean = new Mean();
        mean.add(value, 1);
        return mean;
    }

    @Test
    void windowsWeighByPositions() {
        Mean mean = new Mean();
        mean.add(1, 3);
        mean.add(5, 1);
        mean.add(Double.NaN, 0); // a window of which everything is masked
        assertEquals(2, mean.value());
        assertEquals(4, mean.count());
        assertEquals("2.0 over 4 positions", mean.toString());
    }

    @Test
    void meanOfNothing() {
        assertEquals(
                "mean over no positions: expected at least 1",
                assertThrows(IllegalStateException.class, () -> new Mean().value())
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Mean().add(1, -1));
    }

    /** By label: an equal number is not better, and NaN never is. */
    @Test
    void moreIsBetterOrLess() {
        Map<String, Boolean> moreIsBetter = new TreeMap<>();
        List<Metric> metrics = new ArrayList<>(List.of(new Auc(), new Mase(1), new Smape(0)));
        metrics.addAll(List.of(LikelihoodMetric.values()));
        metrics.addAll(List.of(ComparisonMetric.values()));
        metrics.addAll(List.of(F1Metric.values()));
        metrics.addAll(List.of(SequenceMetric.values()));
        for (Metric metric : metrics) {
            boolean more = metric.better(2, 1);
            assertEquals(!more, metric.better(1, 2), metric.label());
            assertFalse(metric.better(1, 1), metric.label());
            assertFalse(metric.better(Double.NaN, 1), metric.label());
            moreIsBetter.put(metric.label(), more);
        }
        assertEquals(
                Map.ofEntries(
                        Map.entry("AUC", true),
                        Map.entry("F1", true),
                        Map.entry("MASE", false),
                        Map.entry("accuracy", true),
                        Map.entry("bits per character", false),
                        Map.entry("edit distance", false),
                        Map.entry("error rate", false),
                        Map.entry("exact match", true),
                        Map.entry("macro F1", true),
                        Map.entry("mean absolute error", false),
                        Map.entry("mean squared error", false),
                        Map.entry("nats", false),
                        Map.entry("perplexity", false),
                        Map.entry("sMAPE", false)),
                moreIsBetter);
    }

    /** Added up in this order in plain doubles it is 0, and in reverse 2. */
    @Test
    void sumsAreExact() {
        double[] numbers = {1, 1e100, 1, -1e100};
        Mean mean = new Mean();
        Mean reversed = new Mean();
        for (int i = 0; i < 4; i++) {
            mean.add(numbers[i], 1);
            reversed.add(numbers[3 - i], 1);
        }
        assertEquals(0.5, mean.value());
        assertEquals(0.5, reversed.value());
        mean.add(Double.POSITIVE_INFINITY, 1);
        assertEquals(Double.POSITIVE_INFINITY, mean.value());
        mean.add(Double.NEGATIVE_INFINITY, 1);
        assertEquals(Double.NaN, mean.value());
    }

    @Property
    void sumsAreThoseOfBigDecimal(@ForAll @Size(min = 1, max = 40) List<Double> numbers) {
        ExactSum sum = new ExactSum();
        BigDecimal exact = BigDecimal.ZERO;
        for (double number : numbers) {
            double small = number * 0x1p-40; // so that the sum does not overflow
            sum.add(small);
            exact = exact.add(new BigDecimal(small));
        }
        assertEquals(exact.doubleValue(), sum.value());
    }

    @Test
    void uniformOverEightTokens() {
        Mean nats = mean(StrictMath.log(8));
        assertEquals(3, LikelihoodMetric.BITS_PER_CHARACTER.of(nats), 1e-15);
        assertEquals(8, LikelihoodMetric.PERPLEXITY.of(nats), 1e-14);
        assertEquals(2.0794415416798357, LikelihoodMetric.NATS.of(nats), 1e-15);
    }

    @Property
    void perplexityIsTwoToTheBits(@ForAll @DoubleRange(max = 12) double nats) {
        double bits = LikelihoodMetric.BITS_PER_CHARACTER.of(mean(nats));
        double perplexity = LikelihoodMetric.PERPLEXITY.of(mean(nats));
        assertEquals(perplexity, StrictMath.pow(2, bits), 1e-12 * perplexity);
    }

    @Test
    void comparisons() {
        float[] predictions = {1, 2, 3, 99};
        float[] targets = {1, 4, 0, 7};
        assertEquals(13.0 / 3, row(ComparisonMetric.MSE, predictions, targets), 1e-15);
        assertEquals(5.0 / 3, row(ComparisonMetric.MAE, predictions, targets), 1e-15);
        assertEquals(1.0 / 3, row(ComparisonMetric.ACCURACY, predictions, targets), 1e-15);
    }

    /** Only the first three positions are valid. */
    private static double row(TermMetric metric, float[] predictions, float[] targets) {
        Shape shape = Shape.of(1, predictions.length, 1);
        Tensor output = Tensors.of(shape, predictions);
        return value(metric, output, Tensors.of(shape, targets), Spans.of(3));
    }

    @Property
    void splittingIntoWindowsChangesNothing(
            @ForAll @IntRange(min = 1, max = 50) int left, @ForAll @IntRange(min = 1, max = 50) int right) {
        Mean whole = new Mean();
        Mean first = new Mean();
        Mean second = new Mean();
        for (int i = 0; i < left + right; i++) {
            whole.add(i, 1);
            (i < left ? first : second).add(i, 1);
        }
        Mean joined = new Mean();
        joined.add(first.value(), first.count());
        joined.add(second.value(), second.count());
        assertEquals(whole.count(), joined.count());
        assertEquals(whole.value(), joined.value(), 1e-12);
    }

    @Test
    void whichIsBetter() {
        int seen = 0;
        for (LikelihoodMetric metric : LikelihoodMetric.values()) {
            assertTrue(metric.better(1, 2) && !metric.better(2, 1) && !metric.better(1, 1));
            seen++;
        }
        for (ComparisonMetric metric : ComparisonMetric.values()) {
            boolean more = metric == ComparisonMetric.ACCURACY;
            assertEquals(!more, metric.better(0.1, 0.2));
            assertEquals(more, metric.better(0.2, 0.1));
            assertFalse(metric.better(Double.NaN, 1));
            seen++;
        }
        assertEquals(6, seen);
    }

    private static double value(Metric metric, Tensor output, Value target, Spans spans) {
        Tally tally = metric.begin();
        tally.add(new Judged(output, target, spans, new Judged.Loss(0, 0)));
        return tally.value();
    }

    @Test
    void windowsOfIds() {
        Tensor output = Tensors.of(Shape.of(2, 2, 3), 0, 9, 0, 5, 5, 0, 0, 0, 1, 7, 0, 0);
        // The largest are 1, 0 (the first of equal ones), 2 and, behind the end of its row, 0.
        Ids target = Ids.of(new int[][] {{1, 1}, {2, 0}});
        assertEquals(2 / 3.0, value(ComparisonMetric.ACCURACY, output, target, Spans.of(2, 1)));
        Ids labelled = Ids.of(new int[][] {{-1, 0}, {-1, 1}});
        assertEquals(0.5, value(ComparisonMetric.ACCURACY, output, labelled, Spans.full()));
    }

    @Test
    void windowsOfNumbers() {
        Tensor output = Tensors.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        Tensor target = Tensors.of(Shape.of(2, 2, 2), 1, 0, 3, 4, 6, 6, 99, 99);
        assertEquals(3 / 6.0, value(ComparisonMetric.MAE, output, target, Spans.of(2, 1)));
        assertEquals(5 / 6.0, value(ComparisonMetric.MSE, output, target, Spans.of(2, 1)));
    }

    @Test
    void outputsWithoutATargetEach() {
        Tensor output = Tensors.of(Shape.of(1, 3, 2), 0, 9, 5, 0, 0, 1);
        assertEquals(
                "metric: the output (1,3,2) is of 3 positions, and the target (1,2) of 2: expected as many",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> value(ComparisonMetric.ACCURACY, output, Ids.of(new int[] {1, 0}), Spans.full()))
                        .getMessage());
    }

    /** As many labels as steps, and yet the one has nothing to do with the other. */
    @Test
    void outputsThatAreReadAsAWhole() {
        Judged window = new Judged(
                Tensors.zeros(Shape.of(1, 3, 2)),
                Ids.of(new int[] {1, -1, -1}),
                Spans.full(),
                new Judged.Loss(0, 1, Optional.of(List.of(new int[] {1}))));
        for (Metric metric : List.of(ComparisonMetric.ACCURACY, F1Metric.MACRO, new Auc())) {
            assertEquals(
                    "metric: the loss reads whole rows, so that the output (1,3,2) is not aligned with the target (1,3):"
                            + " expected a metric of sequences, such as error rate",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> metric.begin().add(window))
                            .getMessage());
        }
    }

    /** One target a row, while the lengths are those of the rows that were read. */
    @Test
    void targetsWithoutTime() {
        Tensor output = Tensors.of(Shape.of(2, 3), 0, 9, 0, 0, 0, 1);
        assertEquals(0.5, value(ComparisonMetric.ACCURACY, output, Ids.of(Shape.of(2), 1, 0), Spans.of(7, 4)));
        Tensor numbers = Tensors.of(Shape.of(2, 3), 0, 9, 0, 0, 0, 4);
        assertEquals(1.5, value(ComparisonMetric.MSE, output, numbers, Spans.of(7, 1)));
    }

    /** It is logged, and hurts nobody who does not name it. */
    @Test
    void aTypeThatCannotBeMadeIsLeftOut() {
        record OfAThreshold(double threshold) implements Metric {
            @Override
            public String label() {
                return "of a threshold";
            }

            @Override
            public Tally begin() {
                return ComparisonMetric.MSE.begin();
            }

            @Override
            public boolean better(double value, double than) {
                return value < than;
            }
        }
        TypeProvider provider = () -> Types.of(
                Metric.class,
                () -> Map.of("acme.threshold", OfAThreshold.class, "acme.compared", ComparisonMetric.class));
        Map<String, Metric> named = Metric.named(TypeRegistry.of(provider));
        assertEquals(ComparisonMetric.values().length, named.size());
        assertFalse(named.containsKey("of a threshold"));
    }
}
