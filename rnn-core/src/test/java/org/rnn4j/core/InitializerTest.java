package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Shape;

class InitializerTest {
    private static float[] values(Init init, int... dims) {
        return Initializer.values("layer.w", init, Shape.of(dims), Draws.of(7));
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    @Test
    void deviationsAreThoseOfThePapers() {
        assertEquals(Math.sqrt(2.0 / 500), deviation(values(Init.xavier(), 200, 300)), 1e-3);
        assertEquals(Math.sqrt(1.0 / 200), deviation(values(Init.lecun(), 200, 300)), 1e-3);
        assertEquals(Math.sqrt(2.0 / 200), deviation(values(Init.he(), 200, 300)), 1e-3);
        assertEquals(0.3, deviation(values(Init.normal(0.3), 200, 300)), 3e-3);
        assertEquals(0.1 / Math.sqrt(3), deviation(values(Init.uniform(0.1), 200, 300)), 1e-3);
        for (float value : values(Init.uniform(0.1), 200, 300)) {
            assertTrue(value >= -0.1f && value < 0.1f);
        }
    }

    @Test
    void orthogonalMatricesAreOrthogonal() {
        for (int[] dims : new int[][] {{6, 6}, {4, 9}, {9, 4}}) {
            float[] q = values(Init.orthogonal(2), dims);
            boolean wide = dims[0] <= dims[1];
            for (int i = 0; i < Math.min(dims[0], dims[1]); i++) {
                for (int j = 0; j < Math.min(dims[0], dims[1]); j++) {
                    double dot = 0;
                    for (int k = 0; k < Math.max(dims[0], dims[1]); k++) {
                        dot += wide ? q[i * dims[1] + k] * q[j * dims[1] + k] : q[k * dims[1] + i] * q[k * dims[1] + j];
                    }
                    assertEquals(i == j ? 4 : 0, dot, 1e-5);
                }
            }
        }
    }

    /** A decomposition in float64, rounded once, is off by 2e-8 here; one in float32 by 5e-7. */
    @Test
    void largeOnesAreAsOrthogonalAsFloat32Holds() {
        int n = 128;
        float[] q = values(Init.orthogonal(1), n, n);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double dot = 0;
                for (int k = 0; k < n; k++) {
                    dot += (double) q[k * n + i] * q[k * n + j];
                }
                worst = Math.max(worst, Math.abs(dot - (i == j ? 1 : 0)));
            }
        }
        assertTrue(worst < 6e-8, "off by " + worst);
    }

    @Test
    void gatesAreBlocksOfColumns() {
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 0, 0}, values(Init.gates(Init.zeros(), Init.constant(1), Init.zeros()), 6));
        float[] square = values(Init.gates(Init.orthogonal(1), Init.orthogonal(1)), 3, 6);
        double sameColumn = 0;
        for (int r = 0; r < 3; r++) {
            sameColumn += (double) square[r * 6] * square[r * 6 + 3];
        }
        assertTrue(Math.abs(sameColumn) < 0.999, "both gates drew the same numbers");
    }

    @Test
    void aThirdPartyInitIsCalled() {
        Init.Custom ramp = (values, shape, draws) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
        };
        assertArrayEquals(new float[] {0, 1, 2, 3}, values(ramp, 2, 2));
    }
}
