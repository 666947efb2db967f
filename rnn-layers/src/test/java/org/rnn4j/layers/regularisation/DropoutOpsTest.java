package org.rnn4j.layers.regularisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/** The op of {@link Dropout} keeps the laws of ops. Here, in its package, because nobody else sees it. */
public class DropoutOpsTest {
    /** For JUnit. */
    public DropoutOpsTest() {}

    /** One mask for each row of a window. */
    @Nested
    class DropoutOpTest extends OpContract {
        private static final double RATE = 0.4;
        private static final int STEPS = 5;
        private static final int WIDTH = 4;

        private final Draws draws = Draws.of(11);

        @Override
        protected Op op() {
            return new DropoutOp(RATE, draws, 3, STEPS);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(STEPS, WIDTH));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            Tensor x = in.get(0);
            float[] factors = new float[3 * STEPS * WIDTH];
            for (int i = 0; i < factors.length; i++) {
                int ofMask = i / (STEPS * WIDTH) * WIDTH + i % WIDTH;
                factors[i] = draws.uniform(ofMask) < RATE ? 0 : (float) (1 / (1 - RATE));
            }
            return List.of(x.times(x.constant(x.shape(), factors)));
        }

        /** A row alone has the mask of the first row. */
        @Override
        protected Optional<Op> row(int n) {
            return Optional.empty();
        }
    }

    /** Every number alone. */
    @Nested
    class DropoutOpElementTest extends OpContract {
        private final Draws draws = Draws.of(12);

        @Override
        protected Op op() {
            return new DropoutOp(0.5, draws, 15, 1);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(5, 4));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.empty();
        }
    }

    /** So many numbers that threads share them: each part draws its own rows of the mask, and no others. */
    @Nested
    class InPartsTest {
        private static final int ROWS = 48;
        private static final int WIDTH = 96;

        private final Draws draws = Draws.of(13);

        @Test
        void ofWindows() {
            check(new DropoutOp(0.4, draws, ROWS, 16), 16);
        }

        @Test
        void ofElements() {
            check(new DropoutOp(0.4, draws, ROWS * 16, 1), 1);
        }

        private void check(DropoutOp op, int repeats) {
            float[] values = new float[ROWS * 16 * WIDTH];
            float[] back = new float[values.length];
            float[] expected = new float[values.length];
            float[] expectedBack = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draws.at("x").uniform(i);
                back[i] = (float) draws.at("dy").uniform(i);
                int ofMask = i / (repeats * WIDTH) * WIDTH + i % WIDTH;
                float factor = draws.dropout(0.4, ofMask);
                expected[i] = values[i] * factor;
                expectedBack[i] = back[i] * factor;
            }
            Shape shape = Shape.of(ROWS, 16, WIDTH);
            Tensor x = Tensors.variable(shape, values);
            Tensor y = op.on(x).orElseThrow().get(0);
            assertArrayEquals(expected, y.toFloats());
            assertArrayEquals(
                    expectedBack,
                    Gradients.of(y.times(Tensors.of(shape, back)).sum()).get(x).toFloats());
        }
    }
}
