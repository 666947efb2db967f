package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private interface FloatFunction {
        float of(float x);
    }

    /** The largest error in units of the last place over a million floats of all sizes between two bounds. */
    private static double worstUlps(FloatFunction function, DoubleUnaryOperator exact, float from, float to) {
        double worst = 0;
        int checked = 0;
        for (long bits = 0; bits < 1L << 32; bits += 4099) {
            float x = Float.intBitsToFloat((int) bits);
            if (x >= from && x <= to) {
                float want = (float) exact.applyAsDouble(x);
                double error = Math.abs(function.of(x) - exact.applyAsDouble(x)) / Math.ulp(want);
                worst = Math.max(worst, error);
                checked++;
            }
        }
        assertTrue(checked > 300_000, "checked only " + checked);
        return worst;
    }

    @Test
    void expIsWithinTwoUlps() {
        assertTrue(worstUlps(Functions::exp, StrictMath::exp, -87f, 88.7f) <= 2);
    }

    @Test
    void tanhIsWithinThreeUlpsAlsoNearZero() {
        assertTrue(worstUlps(Functions::tanh, StrictMath::tanh, -Float.MAX_VALUE, Float.MAX_VALUE) <= 3);
    }

    @Test
    void sigmoidIsWithinThreeUlps() {
        DoubleUnaryOperator exact = x -> 1 / (1 + StrictMath.exp(-x));
        assertTrue(worstUlps(Functions::sigmoid, exact, -87f, Float.MAX_VALUE) <= 3);
    }

    @Test
    void theEndsOfTheRange() {
        assertEquals(0f, Functions.exp(Float.NEGATIVE_INFINITY));
        assertEquals(Float.POSITIVE_INFINITY, Functions.exp(89f));
        assertEquals(1f, Functions.exp(0f));
        assertTrue(Float.isNaN(Functions.exp(Float.NaN)));
        assertEquals(1f, Functions.tanh(Float.POSITIVE_INFINITY));
        assertEquals(-1f, Functions.tanh(-20f));
        assertTrue(Float.isNaN(Functions.tanh(Float.NaN)));
        assertEquals(0f, Functions.sigmoid(Float.NEGATIVE_INFINITY));
        assertEquals(0.5f, Functions.sigmoid(0f));
        assertTrue(Float.isNaN(Functions.sigmoid(Float.NaN)));
    }

    /** Bits that every machine must give; a change here changes every trained model. */
    @Test
    void bitsDoNotChange() {
        int hash = 1;
        for (float x = -20; x < 20; x += 0.00917f) {
            hash = 31 * hash + Float.floatToIntBits(Functions.exp(x));
            hash = 31 * hash + Float.floatToIntBits(Functions.tanh(x));
            hash = 31 * hash + Float.floatToIntBits(Functions.sigmoid(x));
        }
        assertEquals(-436532534, hash);
    }
}
