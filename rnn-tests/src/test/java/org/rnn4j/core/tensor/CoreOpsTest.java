package org.rnn4j.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/** Core's own ops keep the laws of ops. Here, in their package, because nobody else sees them. */
public class CoreOpsTest {
    private static final int ROWS = 3;

    /** Beside the float64 tensor, which has the same operations in other words. */
    private abstract static class OfAnOp extends OpContract {
        private final IntFunction<Op> ofRows;
        private final Function<List<Tensor>, Tensor> composed;
        private final List<Operand> inputs;

        /**
         * An op.
         *
         * @param ofRows makes it for as many rows
         * @param composed what the float64 tensor does
         */
        OfAnOp(IntFunction<Op> ofRows, Function<List<Tensor>, Tensor> composed, Operand... inputs) {
            this.ofRows = ofRows;
            this.composed = composed;
            this.inputs = List.of(inputs);
        }

        @Override
        protected Op op() {
            return ofRows.apply(ROWS);
        }

        @Override
        protected List<Operand> inputs() {
            return inputs;
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(composed.apply(in));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(ofRows.apply(1));
        }
    }

    /** Of two operands, in all ways in which shapes may line up. */
    private abstract static class OfTwo extends OfAnOp {
        OfTwo(Arithmetic.Kind kind, Operand a, Operand b) {
            super(
                    rows -> Arithmetic.of(kind, shape(a, rows), shape(b, rows)),
                    in -> of(kind, in.get(0), in.get(1)),
                    a,
                    b);
        }

        private static Shape shape(Operand operand, int rows) {
            return operand.ofRows() ? operand.shape().under(rows) : operand.shape();
        }

        private static Tensor of(Arithmetic.Kind kind, Tensor a, Tensor b) {
            return switch (kind) {
                case PLUS -> a.plus(b);
                case MINUS -> a.minus(b);
                case TIMES -> a.times(b);
                case DIVIDED_BY -> a.dividedBy(b);
                case MAX -> a.max(b);
            };
        }
    }

    @Nested
    class ArithmeticPlusTest extends OfTwo {
        ArithmeticPlusTest() {
            super(Arithmetic.Kind.PLUS, Operand.rows(5, 4), Operand.rows(5, 4));
        }
    }

    @Nested
    class ArithmeticPlusBiasTest extends OfTwo {
        ArithmeticPlusBiasTest() {
            super(Arithmetic.Kind.PLUS, Operand.rows(5, 4), Operand.shared(4));
        }
    }

    /** What adds scores up: neither operand has the shape of the result. */
    @Nested
    class ArithmeticPlusCrosswiseTest extends OfTwo {
        ArithmeticPlusCrosswiseTest() {
            super(Arithmetic.Kind.PLUS, Operand.rows(2, 1, 4), Operand.rows(1, 5, 4));
        }
    }

    @Nested
    class ArithmeticMinusTest extends OfTwo {
        ArithmeticMinusTest() {
            super(Arithmetic.Kind.MINUS, Operand.rows(5, 4), Operand.rows(5, 4));
        }
    }

    @Nested
    class ArithmeticMinusColumnTest extends OfTwo {
        ArithmeticMinusColumnTest() {
            super(Arithmetic.Kind.MINUS, Operand.rows(5, 4), Operand.rows(5, 1));
        }
    }

    @Nested
    class ArithmeticTimesTest extends OfTwo {
        ArithmeticTimesTest() {
            super(Arithmetic.Kind.TIMES, Operand.rows(5, 4), Operand.rows(5, 4));
        }
    }

    @Nested
    class ArithmeticTimesNumberTest extends OfTwo {
        ArithmeticTimesNumberTest() {
            super(Arithmetic.Kind.TIMES, Operand.shared(), Operand.rows(5, 4));
        }
    }

    @Nested
    class ArithmeticDividedByTest extends OfTwo {
        ArithmeticDividedByTest() {
            super(
                    Arithmetic.Kind.DIVIDED_BY,
                    Operand.rows(5, 4),
                    Operand.rows(5, 4).between(1, 2));
        }
    }

    @Nested
    class ArithmeticDividedByColumnTest extends OfTwo {
        ArithmeticDividedByColumnTest() {
            super(
                    Arithmetic.Kind.DIVIDED_BY,
                    Operand.rows(5, 4),
                    Operand.rows(5, 1).between(1, 2));
        }
    }

    @Nested
    class ArithmeticMaxTest extends OfTwo {
        ArithmeticMaxTest() {
            super(Arithmetic.Kind.MAX, Operand.rows(5, 4), Operand.rows(5, 4));
        }
    }

    @Nested
    class ArithmeticMaxBiasTest extends OfTwo {
        ArithmeticMaxBiasTest() {
            super(Arithmetic.Kind.MAX, Operand.rows(5, 4), Operand.shared(4));
        }
    }

    @Nested
    class LinearTest extends OfAnOp {
        LinearTest() {
            super(rows -> new Linear(1.5f, -0.25f), in -> in.get(0).times(1.5).plus(-0.25), Operand.rows(5, 4));
        }
    }

    /** Of one operand. */
    private abstract static class OfOne extends OfAnOp {
        OfOne(Op op, Function<Tensor, Tensor> composed, Operand operand) {
            super(rows -> op, in -> composed.apply(in.get(0)), operand);
        }
    }

    @Nested
    class PointwiseTanhTest extends OfOne {
        PointwiseTanhTest() {
            super(Pointwise.TANH, Tensor::tanh, Operand.rows(5, 4).between(-3, 3));
        }
    }

    @Nested
    class PointwiseSigmoidTest extends OfOne {
        PointwiseSigmoidTest() {
            super(Pointwise.SIGMOID, Tensor::sigmoid, Operand.rows(5, 4).between(-3, 3));
        }
    }

    @Nested
    class PointwiseReluTest extends OfOne {
        PointwiseReluTest() {
            super(Pointwise.RELU, Tensor::relu, Operand.rows(5, 4));
        }
    }

    @Nested
    class PointwiseExpTest extends OfOne {
        PointwiseExpTest() {
            super(Pointwise.EXP, Tensor::exp, Operand.rows(5, 4));
        }
    }

    @Nested
    class PointwiseLogTest extends OfOne {
        PointwiseLogTest() {
            super(Pointwise.LOG, Tensor::log, Operand.rows(5, 4).between(0.5, 4));
        }
    }

    @Nested
    class PointwiseSqrtTest extends OfOne {
        PointwiseSqrtTest() {
            super(Pointwise.SQRT, Tensor::sqrt, Operand.rows(5, 4).between(0.5, 4));
        }
    }

    @Nested
    class PointwiseSoftplusTest extends OfOne {
        PointwiseSoftplusTest() {
            super(Pointwise.SOFTPLUS, Tensor::softplus, Operand.rows(5, 4).between(-3, 3));
        }
    }

    @Nested
    class MatmulTest extends OfAnOp {
        MatmulTest() {
            super(rows -> Matmul.MATMUL, in -> in.get(0).matmul(in.get(1)), Operand.rows(5, 4), Operand.shared(4, 6));
        }
    }

    @Nested
    class MatmulTransposedTest extends OfAnOp {
        MatmulTransposedTest() {
            super(
                    rows -> Matmul.MATMUL_TRANSPOSED,
                    in -> in.get(0).matmulTransposed(in.get(1)),
                    Operand.rows(5, 4),
                    Operand.shared(6, 4));
        }
    }

    @Nested
    class BatchMatmulTest extends OfAnOp {
        BatchMatmulTest() {
            super(
                    rows -> new BatchMatmul(Matmul.MATMUL, rows),
                    in -> in.get(0).matmul(in.get(1)),
                    Operand.rows(5, 4),
                    Operand.rows(4, 6));
        }
    }

    @Nested
    class BatchMatmulTransposedTest extends OfAnOp {
        BatchMatmulTransposedTest() {
            super(
                    rows -> new BatchMatmul(Matmul.MATMUL_TRANSPOSED, rows),
                    in -> in.get(0).matmulTransposed(in.get(1)),
                    Operand.rows(5, 4),
                    Operand.rows(6, 4));
        }
    }

    /** One number for all rows. */
    @Nested
    class ReductionSumTest extends OfOne {
        ReductionSumTest() {
            super(Reduction.SUM, Tensor::sum, Operand.rows(5, 4));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.empty();
        }
    }

    @Nested
    class ReductionSumColumnsTest extends OfOne {
        ReductionSumColumnsTest() {
            super(Reduction.SUM_COLUMNS, Tensor::sumColumns, Operand.rows(5, 4));
        }
    }

    @Nested
    class ReductionLogSoftmaxTest extends OfOne {
        ReductionLogSoftmaxTest() {
            super(Reduction.LOG_SOFTMAX, Tensor::logSoftmax, Operand.rows(5, 4).between(-3, 3));
        }
    }

    @Nested
    class ColumnsTest extends OfOne {
        ColumnsTest() {
            super(new Columns(1, 3), x -> x.columns(1, 3), Operand.rows(5, 4));
        }
    }

    @Nested
    class StepOfTest extends OfAnOp {
        StepOfTest() {
            super(rows -> StepOf.of(Shape.of(rows, 5, 4), 2), in -> in.get(0).step(2), Operand.rows(5, 4));
        }
    }

    @Nested
    class StackTest extends OfAnOp {
        StackTest() {
            super(rows -> Stack.of(Shape.of(rows, 4), 3), Tensor::stack, row(), row(), row());
        }

        private static Operand row() {
            return Operand.rows(4);
        }
    }

    @Nested
    class JoinTest extends OfAnOp {
        JoinTest() {
            super(rows -> new Join(), Tensor::join, Operand.rows(5, 4), Operand.rows(5, 2), Operand.rows(5, 4));
        }
    }

    @Nested
    class ReshapeTest extends OfAnOp {
        ReshapeTest() {
            super(rows -> new Reshape(Shape.of(rows, 2, 10)), in -> in.get(0).reshape(ROWS, 2, 10), Operand.rows(5, 4));
        }
    }

    /** Some ids are there twice, and some rows of the table not at all. */
    @Nested
    class LookupTest extends OfAnOp {
        private static final Ids IDS = Ids.of(new int[] {0, 6, 2}, new int[] {6, 6, 1}, new int[] {2, 0, 5});

        LookupTest() {
            super(rows -> new Lookup(IDS), in -> in.get(0).lookup(IDS), Operand.shared(7, 4));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(new Lookup(Ids.of(new int[] {IDS.at(n, 0), IDS.at(n, 1), IDS.at(n, 2)})));
        }
    }

    @Nested
    class PickTest extends OfAnOp {
        private static final Ids IDS = Ids.of(new int[] {0, 3, 2}, new int[] {3, 3, 1}, new int[] {2, 0, 1});

        PickTest() {
            super(rows -> new Pick(IDS), in -> in.get(0).pick(IDS), Operand.rows(3, 4));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(new Pick(Ids.of(new int[] {IDS.at(n, 0), IDS.at(n, 1), IDS.at(n, 2)})));
        }
    }

    @Nested
    class WhereTest extends OfAnOp {
        private static final boolean[] KEEP = {true, false, true, false, false, true};

        WhereTest() {
            super(
                    rows -> new Where(KEEP),
                    in -> in.get(0).where(KEEP, in.get(1)),
                    Operand.rows(2, 4),
                    Operand.rows(2, 4));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(new Where(Arrays.copyOfRange(KEEP, 2 * n, 2 * n + 2)));
        }
    }

    /** Every kind of the ops that have several. */
    @Test
    void everyKindIsChecked() {
        Set<Object> checked = new HashSet<>();
        for (Class<?> nested : CoreOpsTest.class.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(Nested.class)) {
                Op op = ((OfAnOp) ReflectionSupport.newInstance(nested, this)).op();
                checked.add(op instanceof Arithmetic arithmetic ? arithmetic.kind() : op);
            }
        }
        Set<Object> kinds = new HashSet<>();
        kinds.addAll(List.of(Arithmetic.Kind.values()));
        kinds.addAll(List.of(Pointwise.values()));
        kinds.addAll(List.of(Matmul.values()));
        kinds.addAll(List.of(Reduction.values()));
        kinds.removeAll(checked);
        assertEquals(Set.of(), kinds);
    }
}
