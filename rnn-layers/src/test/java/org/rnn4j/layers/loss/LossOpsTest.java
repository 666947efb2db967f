package org.rnn4j.layers.loss;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/** The losses' ops keep the laws of ops. Here, in their package, because nobody else sees them. */
public class LossOpsTest {
    /** For JUnit. */
    public LossOpsTest() {}

    @Nested
    class MeanSurpriseTest extends OpContract {
        private final Ids classes = Ids.of(new int[] {0, 6, 2}, new int[] {3, 3, 0}, new int[] {5, 1, 4});
        private final Positions positions =
                new Positions(new boolean[] {true, true, false, true, false, false, true, true, true}, 6);

        double smoothing() {
            return 0;
        }

        @Override
        protected Op op() {
            return new MeanSurprise(classes, positions, smoothing());
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(3, 7).between(-3, 3));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            Tensor scores = positions.of(in.get(0)).logSoftmax();
            Tensor all = scores.sumColumns().times(smoothing() / 7).reshape(3, 3);
            Tensor surprise = scores.pick(classes).times(smoothing() - 1).minus(all);
            return List.of(positions.mean(positions.of(surprise)));
        }

        /** The loss is one number for all rows. */
        @Override
        protected Optional<Op> row(int n) {
            return Optional.empty();
        }
    }

    @Nested
    class MeanSurpriseSmoothedTest extends MeanSurpriseTest {
        @Override
        double smoothing() {
            return 0.1;
        }
    }

    /** Rows of several lengths, and one that does not count. */
    @Nested
    class AlignmentSurpriseTest extends OpContract {
        private static final int STEPS = 5;
        private static final int CLASSES = 4;

        private final List<Alignment> alignments = List.of(
                Alignment.of(new int[] {3, 3}, 0, STEPS, 0.5),
                Alignment.of(new int[] {1, 2}, 0, STEPS - 1, 0.5),
                Alignment.of(new int[] {}, 0, 0, 0.5));

        @Override
        protected Op op() {
            return AlignmentSurprise.of(alignments, STEPS);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(STEPS, CLASSES).between(-3, 3));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            Tensor scores = in.get(0).logSoftmax().reshape(3 * STEPS, CLASSES);
            Tensor first = alignments.get(0).surprise(scores, 0);
            return List.of(first.plus(alignments.get(1).surprise(scores, STEPS)).sum());
        }

        /** The loss is one number for all rows. */
        @Override
        protected Optional<Op> row(int n) {
            return Optional.empty();
        }
    }
}
