package org.rnn4j.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;

class FloatTensorTest {
    private static Tensor random(long seed, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Draws.of(seed).normal(i);
        }
        return Tensors.variable(shape, values);
    }

    private static final Ids IDS = Ids.of(new int[] {0, 2, 2}, new int[] {1, 0, 2});

    /** Every operation, on leaves a (2,3), b (3,4), v (3), p (2,3) above 0 and s (2,3,4). */
    private static Map<String, Function<Tensor[], Tensor>> operations() {
        Map<String, Function<Tensor[], Tensor>> all = new LinkedHashMap<>();
        all.put("plus", t -> t[0].plus(t[3]));
        all.put("plus broadcast", t -> t[0].plus(t[2]));
        all.put("plus broadcast from the left", t -> t[2].plus(t[0]));
        all.put("plus broadcast over columns", t -> t[0].plus(t[3].sumColumns()));
        all.put("minus", t -> t[0].minus(t[3]));
        all.put("minus broadcast", t -> t[2].minus(t[0]));
        all.put("times", t -> t[0].times(t[3]));
        all.put("times broadcast over steps", t -> t[4].times(t[0].reshape(2, 3, 1)));
        all.put("divided by", t -> t[0].dividedBy(t[3]));
        all.put("divided by broadcast", t -> t[2].dividedBy(t[3]));
        all.put("max", t -> t[0].max(t[3]));
        all.put("max broadcast", t -> t[2].max(t[3]));
        all.put("plus number", t -> t[0].plus(3));
        all.put("times number", t -> t[0].times(-2.5));
        all.put("one minus", t -> t[0].oneMinus());
        all.put("tanh", t -> t[0].tanh());
        all.put("sigmoid", t -> t[0].sigmoid());
        all.put("relu", t -> t[0].relu());
        all.put("exp", t -> t[0].exp());
        all.put("log", t -> t[3].log());
        all.put("softplus", t -> t[0].softplus());
        all.put("sqrt", t -> t[3].sqrt());
        all.put("matmul", t -> t[0].matmul(t[1]));
        all.put("matmul of steps", t -> t[4].matmul(t[1].reshape(4, 3)));
        all.put("matmul transposed", t -> t[4].matmulTransposed(t[1]));
        all.put("matmul of batch rows", t -> t[4].matmul(t[4].reshape(2, 4, 3)));
        all.put("matmul of batch rows transposed", t -> t[4].matmulTransposed(t[4]));
        all.put("sum", t -> t[0].sum().times(t[0].sum()));
        all.put("sum columns", t -> t[4].sumColumns());
        all.put("log softmax", t -> t[4].logSoftmax());
        all.put("columns", t -> t[4].columns(1, 3));
        all.put("step", t -> t[4].step(1));
        all.put("stack", t -> Tensor.stack(List.of(t[0], t[3], t[0])));
        all.put("join", t -> Tensor.join(List.of(t[0], t[3].columns(0, 1), t[3])));
        all.put("lookup", t -> t[1].lookup(IDS));
        all.put("pick", t -> t[4].pick(IDS));
        all.put("where rows", t -> t[0].where(new boolean[] {true, false}, t[3]));
        all.put("where steps", t -> t[4].where(new boolean[] {true, false, true, true, false, false}, t[4].times(2)));
        all.put("reshape", t -> t[4].reshape(4, 6));
        return all;
    }

    private static Tensor[] leaves() {
        Tensor positive = random(4, 2, 3).exp();
        return new Tensor[] {
            random(1, 2, 3),
            random(2, 3, 4),
            random(3, 3),
            Tensors.variable(positive.shape(), positive.toFloats()),
            random(5, 2, 3, 4)
        };
    }

    /** {@code Σ weights * operation}, so that no two numbers of the result have the same gradient. */
    private static Tensor loss(Function<Tensor[], Tensor> operation, Tensor[] leaves) {
        Tensor result = operation.apply(leaves);
        return result.times(Tensors.of(
                        result.shape(), random(9, result.shape().dims()).toFloats()))
                .sum();
    }

    @TestFactory
    Stream<DynamicTest> everyGradientAgreesWithCentralDifferences() {
        return operations().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> checkGradients(entry.getValue())));
    }

    private static void checkGradients(Function<Tensor[], Tensor> operation) {
        Tensor[] leaves = leaves();
        Gradients gradients = Gradients.of(loss(operation, leaves));
        int notZero = 0;
        for (int l = 0; l < leaves.length; l++) {
            float[] analytic = gradients.get(leaves[l]).toFloats();
            for (int i = 0; i < analytic.length; i++) {
                double step = 1e-2;
                double up = loss(operation, nudged(leaves, l, i, step)).item();
                double down = loss(operation, nudged(leaves, l, i, -step)).item();
                double numeric = (up - down) / (2 * step);
                assertEquals(numeric, analytic[i], 5e-3 * Math.max(1, Math.abs(numeric)), "leaf " + l + "[" + i + "]");
                notZero += analytic[i] == 0 ? 0 : 1;
            }
        }
        assertTrue(notZero > 0, "every gradient is 0");
    }

    private static Tensor[] nudged(Tensor[] leaves, int leaf, int index, double by) {
        Tensor[] result = leaves.clone();
        float[] values = leaves[leaf].toFloats();
        values[index] += (float) by;
        result[leaf] = Tensors.variable(leaves[leaf].shape(), values);
        return result;
    }

    @Test
    void aTensorThatIsUsedTwiceGetsBothGradients() {
        Tensor x = Tensors.variable(Shape.of(), 3);
        Tensor y = x.plus(x).times(x);
        assertEquals(18, y.item());
        assertEquals(12, Gradients.of(y).get(x).item());
    }

    @Test
    void fiveThousandStepsDoNotOverflowTheStack() {
        Tensor w = Tensors.variable(Shape.of(1, 1), 0.9995f);
        Tensor h = Tensors.of(Shape.of(1, 1), 1);
        for (int t = 0; t < 5_000; t++) {
            h = h.matmul(w);
        }
        double exact = 5_000 * StrictMath.pow(0.9995, 4_999);
        assertEquals(exact, Gradients.of(h.sum()).get(w).item(), exact * 1e-3);
    }

    @Test
    void nothingIsRecordedWhereNobodyCanAskForAGradient() {
        FloatTensor constant =
                FloatTensor.of(Tensors.of(Shape.of(2), 1, 2).times(3).tanh());
        assertEquals(null, constant.recorded);
    }

    @Test
    void detachedTensorsStopTheGradient() {
        Tensor x = Tensors.variable(Shape.of(), 3);
        assertEquals(3, Gradients.of(x.times(x.detach())).get(x).item());
    }

    @Test
    void aBlockThatIsNotKeptMayHoldNaN() {
        Tensor x = Tensors.variable(Shape.of(2, 1), 1, Float.NaN);
        Tensor zeros = Tensors.zeros(Shape.of(2, 1));
        Tensor kept = x.times(x).where(new boolean[] {true, false}, zeros);
        assertArrayEquals(new float[] {1, 0}, kept.toFloats());
        assertEquals(2, Gradients.of(kept.sum()).get(x).toFloats()[0]);
    }

    @Test
    void logSoftmaxDoesNotOverflow() {
        float[] result =
                Tensors.of(Shape.of(1, 3), 1000, 999, -1000).logSoftmax().toFloats();
        assertArrayEquals(new float[] {-0.3132617f, -1.3132617f, -2000.3132f}, result, 1e-4f);
    }

    @Test
    void softplusDoesNotOverflow() {
        Tensor x = Tensors.of(Shape.of(3), -1000, 0, 1000);
        assertArrayEquals(
                new float[] {0, (float) StrictMath.log(2), 1000}, x.softplus().toFloats());
    }

    /** The gradient is not shared, and never given twice. */
    @Test
    void ofEqualNumbersTheFirstIsTheGreatest() {
        Tensor a = Tensors.variable(Shape.of(3), 1, 2, 3);
        Tensor b = Tensors.variable(Shape.of(3), 1, 3, 2);
        Gradients gradients = Gradients.of(a.max(b).sum());
        assertArrayEquals(new float[] {1, 0, 1}, gradients.get(a).toFloats());
        assertArrayEquals(new float[] {0, 1, 0}, gradients.get(b).toFloats());
    }

    @Test
    void messagesNameTheOperationAndTheShapes() {
        Tensor a = random(1, 20, 100);
        List<String> messages = new ArrayList<>();
        for (Runnable wrong : List.<Runnable>of(
                () -> a.matmul(random(2, 200, 400)),
                () -> a.matmulTransposed(random(2, 400, 200)),
                () -> a.matmul(random(2, 100)),
                () -> a.plus(random(2, 20, 99)),
                () -> a.columns(90, 110),
                () -> a.step(100),
                () -> Tensor.stack(List.of(a, random(2, 20, 99))),
                () -> Tensor.join(List.of(a, random(2, 19, 100))),
                () -> a.lookup(Ids.of(new int[] {3, 20})),
                () -> a.pick(Ids.of(new int[] {3, 20})),
                () -> a.where(new boolean[3], a),
                () -> a.reshape(3, 3),
                () -> a.item(),
                () -> Gradients.of(a))) {
            messages.add(
                    assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
        }
        assertEquals(
                List.of(
                        "matmul (20,100)·(200,400): inner dimensions differ",
                        "matmul (20,100)·(400,200)ᵀ: inner dimensions differ",
                        "matmul (20,100)·(100): expected (…,K) times a matrix",
                        "plus of (20,100) and (20,99): shapes do not broadcast",
                        "columns 90 to 110 of (20,100): outside",
                        "step 100 of (20,100): outside",
                        "stack of (20,100) and (20,99): shapes differ",
                        "join of (20,100) and (19,100): rows differ",
                        "id 20 at row 0, step 1 is outside the vocabulary of 20 (0 to 19)",
                        "pick of (20,100) by ids (1,2): expected one id for each row",
                        "where of (20,100) by 3 flags: no equal blocks",
                        "reshape of (20,100) to (3,3): sizes differ",
                        "item of (20,100): expected a tensor of one number",
                        "gradients of (20,100): expected a loss, a tensor of one number"),
                messages);
    }
}
