package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.core.TypeRegistry;

/** However rows are cut into windows, by rows and over time, every metric has the same bits. */
class SplittingTest {
    private static final int ROWS = 6;
    private static final int STEPS = 9;

    private static final List<Metric> OF_IDS = List.of(
            ComparisonMetric.ACCURACY,
            F1Metric.BINARY,
            F1Metric.MACRO,
            new Auc(),
            SequenceMetric.EXACT_MATCH,
            SequenceMetric.EDIT_DISTANCE,
            SequenceMetric.ERROR_RATE);
    private static final List<Metric> OF_NUMBERS =
            List.of(ComparisonMetric.MSE, ComparisonMetric.MAE, new Smape(0), new Smape(0.3), new Mase(0.7));

    /** All but those that are functions of the windows' losses. */
    @Test
    void allAreTried() {
        assertEquals(
                Metric.named(TypeRegistry.of(new MetricTypes())).size(),
                OF_IDS.size() + OF_NUMBERS.size() - 2 + LikelihoodMetric.values().length);
    }

    @Property(tries = 100)
    void windowsMakeNoDifference(
            @ForAll long seed, @ForAll @IntRange(max = ROWS) int row, @ForAll @IntRange(max = STEPS) int step) {
        Examples examples = Examples.random(seed, ROWS, STEPS, 2);
        OF_IDS.forEach(metric -> check(metric, examples::ofIds, row, step));
        OF_NUMBERS.forEach(metric -> check(metric, examples::ofNumbers, row, step));
    }

    private interface Part {
        Judged of(int fromRow, int toRow, int fromStep, int toStep);
    }

    private static void check(Metric metric, Part part, int row, int step) {
        Tally whole = metric.begin();
        whole.add(part.of(0, ROWS, 0, STEPS));
        Tally cut = metric.begin();
        cut.add(part.of(row, ROWS, 0, step));
        cut.add(part.of(row, ROWS, step, STEPS));
        cut.add(part.of(0, row, 0, STEPS));
        assertEquals(whole.value(), cut.value(), metric::label);
        assertEquals(cut.value(), cut.value(), () -> metric.label() + ": asking changes nothing");
    }

    /** A number may be asked for between two windows of one sequence. */
    @Test
    void askedForInBetween() {
        Examples examples = Examples.random(4, ROWS, STEPS, 2);
        Function<Metric, Tally> asked = metric -> {
            Tally tally = metric.begin();
            tally.add(examples.ofIds(0, ROWS, 0, 4));
            tally.value();
            tally.add(examples.ofIds(0, ROWS, 4, STEPS));
            return tally;
        };
        for (Metric metric : OF_IDS) {
            Tally whole = metric.begin();
            whole.add(examples.ofIds(0, ROWS, 0, STEPS));
            assertEquals(whole.value(), asked.apply(metric).value(), metric::label);
        }
    }
}
