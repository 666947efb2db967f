package org.rnn4j.layers.regularisation;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/** The op of {@link Dropout} keeps the laws of ops. Here, in its package, because nobody else sees it. */
public class DropoutOpsTest {

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
                factors[i] = draws.uniform(ofMask) < RATE ? 0 : DropoutOp.kept(RATE);
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
}
