package org.rnn4j.layers.feedforward;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/** The op of {@link Affine} keeps the laws of ops. Here, in its package, because nobody else sees it. */
public class AffineOpsTest {
    /** For JUnit. */
    public AffineOpsTest() {}

    @Nested
    class AffineOpTest extends OpContract {
        @Override
        protected Op op() {
            return AffineOp.AFFINE;
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(5, 4), Operand.shared(4, 6), Operand.shared(6));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(in.get(0).matmul(in.get(1)).plus(in.get(2)));
        }
    }

    @Nested
    class AffineOpTransposedTest extends OpContract {
        @Override
        protected Op op() {
            return AffineOp.AFFINE_TRANSPOSED;
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(5, 4), Operand.shared(6, 4), Operand.shared(6));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(in.get(0).matmulTransposed(in.get(1)).plus(in.get(2)));
        }
    }
}
