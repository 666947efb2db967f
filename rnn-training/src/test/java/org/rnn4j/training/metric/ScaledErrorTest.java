package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ScaledErrorTest {
    private static double value(TermMetric metric, double[] predictions, double[] targets) {
        Tally tally = metric.begin();
        tally.add(Examples.pairs(predictions, targets));
        return tally.value();
    }

    /** Differences of a step are 1 2 3 6, and of two 3 5 3; the errors are 1 and 2. */
    @Test
    void mase() {
        double[] training = {1, 2, 4, 7, 1};
        assertEquals(3, Mase.of(training, 1).scale());
        assertEquals(11 / 3.0, Mase.of(training, 2).scale());
        // Of the series above the errors of one step add up to 11 too.
        assertEquals(4, Mase.of(new double[] {1, 2, 4, 8, 1}, 2).scale());
        assertEquals(0.5, value(Mase.of(training, 1), new double[] {3, 5}, new double[] {4, 3}));
    }

    /** A forecast that repeats the last value of the series itself is as wrong as its unit. */
    @Property(tries = 50)
    void repeatingIsTheUnit(@ForAll @Size(min = 2, max = 30) short[] raw) {
        double[] series = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            series[i] = i % 2 == 0 ? raw[i] : raw[i] + 0.5; // never equal to the one before
        }
        double[] before = Arrays.copyOf(series, series.length - 1);
        double[] after = Arrays.copyOfRange(series, 1, series.length);
        assertEquals(1, value(Mase.of(series, 1), before, after), 1e-12);
    }

    /** 200 * 1/3 and 200 * 2/2, and 0 where both are 0. */
    @Test
    void smape() {
        double[] predictions = {1, -2, 0};
        double[] targets = {2, 0, 0};
        assertEquals((200 / 3.0 + 200) / 3, value(new Smape(0), predictions, targets), 1e-13);
    }

    @Property(tries = 100)
    void aShiftAndAFactorMakeNoDifference(
            @ForAll @DoubleRange(min = 1, max = 9) double prediction,
            @ForAll @DoubleRange(min = 1, max = 9) double target,
            @ForAll @DoubleRange(min = -9, max = 9) double shift) {
        double percent = new Smape(0).term(prediction, target);
        assertTrue(percent >= 0 && percent <= 200);
        assertEquals(percent, new Smape(shift).term(prediction + shift, target + shift), 1e-10);
        assertEquals(percent, new Smape(0).term(3 * prediction, 3 * target), 1e-10);
        assertEquals(percent, new Smape(0).term(target, prediction));
    }

    @Test
    void settings() {
        assertEquals(
                "period is 3, expected 1 or more and below the 3 values of the training part",
                message(() -> Mase.of(new double[3], 3)));
        assertEquals("scale is 0.0, expected a finite number above 0", message(() -> Mase.of(new double[3], 1)));
        assertEquals("zero is NaN, expected a finite number", message(() -> new Smape(Double.NaN)));
        assertTrue(new Mase(1).better(0, 1) && new Smape(0).better(0, 1));
    }

    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }
}
