package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.optim.AdaGrad;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.AdamW;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Nesterov;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.RmsProp;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;

class GradientsTest {
    private static final int V = 40;
    private static final int D = 3;

    /** How often the table is looked up in, and whether as the parameter itself or as a tensor computed from it. */
    record Table(int times, double factor) implements LayerSpec<IdsLayer> {
        @Override
        public IdsLayer create(Params params) {
            Tensor table = params.get("weight", Init.normal(1), V, D);
            return (ids, pass) -> {
                Tensor from = factor == 0 ? table : table.times(factor);
                Tensor sum = from.lookup(ids);
                for (int i = 1; i < times; i++) {
                    sum = sum.plus(from.lookup(shifted(ids, i)));
                }
                return sum;
            };
        }
    }

    /** The scores of a tied output: the table is used as a matrix too. */
    record Tied() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Tensor table = params.shared("table.weight", V, D);
            return (x, pass) -> x.matmulTransposed(table);
        }
    }

    private static Ids shifted(Ids ids, int by) {
        int[] values = ids.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + by * 3) % V;
        }
        return Ids.of(ids.shape(), values);
    }

    private static Model model(LayerSpec<?> table) {
        return Model.create(ModelSpec.chain().then("table", table).build(), 1);
    }

    /** Eight ids of the first twenty; some occur twice. */
    private static Ids ids(int step) {
        int[] values = new int[8];
        for (int i = 0; i < values.length; i++) {
            values[i] = Draws.of(step).below(i / 2 * 2 + i % 3 / 2, V / 2);
        }
        return Ids.of(Shape.of(2, 4), values);
    }

    /** A loss whose gradient is another number at every position. */
    private static Tensor loss(Model model, Ids ids) {
        Tensor y = model.forward(ids);
        float[] weights = new float[y.shape().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Draws.of(7).normal(i);
        }
        return y.times(y).times(Tensors.of(y.shape(), weights)).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void lookupsLeaveTheRowsThatWereUsedWithTheBitsOfADenseGradient(int times) {
        Model rows = model(new Table(times, 0));
        Model dense = model(new Table(times, 1));
        Gradients found = Gradients.of(loss(rows, ids(1)));
        Gradients expected = Gradients.of(loss(dense, ids(1)));
        Parameter table = rows.parameter("table.weight");
        float[] all = expected.array(dense.parameter("table.weight"));

        Rows some = found.rows(table).orElseThrow();
        int[] sorted = some.ids().clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, some.ids());
        for (int i = 0; i < sorted.length; i++) {
            for (int c = 0; c < D; c++) {
                assertEquals(all[sorted[i] * D + c], some.values()[i * D + c]);
            }
        }
        assertArrayEquals(all, found.get(table).toFloats());
        assertTrue(found.rows(table).isPresent(), "reading changes the form");
        assertArrayEquals(all, found.array(table));
        assertFalse(found.rows(table).isPresent());
        assertFalse(expected.rows(dense.parameter("table.weight")).isPresent());
    }

    @Test
    void whereMostRowsAreUsedTheGradientIsDense() {
        Model model = model(new Table(1, 0));
        int[] half = new int[V / 2 + 1];
        for (int i = 0; i < half.length; i++) {
            half[i] = V - 1 - i;
        }
        Gradients gradients = Gradients.of(loss(model, Ids.of(half)));
        assertFalse(gradients.rows(model.parameter("table.weight")).isPresent());
        Model other = model(new Table(1, 1));
        Gradients expected = Gradients.of(loss(other, Ids.of(half)));
        assertArrayEquals(
                expected.array(other.parameter("table.weight")), gradients.array(model.parameter("table.weight")));
    }

    @Test
    void rowsAndADenseGradientAddUp() {
        ModelSpec spec = ModelSpec.chain()
                .then("table", new Table(2, 0))
                .then("tied", new Tied())
                .build();
        Model model = Model.create(spec, 1);
        Gradients gradients = Gradients.of(loss(model, ids(1)));
        Parameter table = model.parameter("table.weight");
        assertFalse(gradients.rows(table).isPresent());
        float[] analytic = gradients.array(table).clone();
        float[] values = table.values();
        for (int i = 0; i < values.length; i += 7) {
            float[] nudged = values.clone();
            nudged[i] += 1e-2f;
            table.set(nudged);
            double up = loss(model, ids(1)).item();
            nudged[i] = values[i] - 1e-2f;
            table.set(nudged);
            double down = loss(model, ids(1)).item();
            double numeric = (up - down) / 2e-2;
            assertEquals(numeric, analytic[i], 2e-2 * Math.max(1, Math.abs(numeric)), "number " + i);
        }
    }

    @Test
    void refilledGradientsAreNewOnes() {
        Model model = model(new Table(2, 0));
        Parameter table = model.parameter("table.weight");
        Gradients gradients = new Gradients();
        assertArrayEquals(new float[V * D], gradients.array(table));
        for (int step = 0; step < 4; step++) {
            Tensor variable = Tensors.variable(Shape.of(), step);
            gradients.refill(loss(model, ids(step)).times(variable));
            assertArrayEquals(
                    Gradients.of(loss(model, ids(step)).times(variable))
                            .get(table)
                            .toFloats(),
                    gradients.get(table).toFloats());
            if (step == 1) {
                // Dense for once: what stands in the array is not to be seen again.
                gradients.array(table)[V * D - 1] = 9;
            }
            gradients.norm(List.of(table));
        }
        Tensor other = Tensors.variable(Shape.of(), 2);
        gradients.refill(other.times(other));
        assertEquals(4, gradients.get(other).item());
        assertArrayEquals(new float[V * D], gradients.get(table).toFloats());
        assertEquals(0, gradients.norm(List.of(table)));
    }

    /** Zeros would look like an answer. */
    @Test
    void onlyVariablesHaveGradients() {
        Tensor variable = Tensors.variable(Shape.of(2), 3, 4);
        Tensor constant = Tensors.of(Shape.of(2), 1, 2);
        Tensor computed = variable.times(constant);
        Gradients gradients = Gradients.of(computed.sum());
        assertArrayEquals(new float[] {1, 2}, gradients.get(variable).toFloats());
        assertArrayEquals(
                new float[] {0}, gradients.get(Tensors.variable(Shape.of(1), 1)).toFloats());
        for (Tensor none : List.of(constant, computed, variable.detach())) {
            assertEquals(
                    "this tensor of shape (2) is no variable: expected one of Tensors.variable, or a Parameter",
                    assertThrows(IllegalArgumentException.class, () -> gradients.get(none))
                            .getMessage());
        }
    }

    /** So a rule that moves all of a table asks for them, step after step. */
    @Test
    void aDenseGradientForgetsTheRowsOfTheStepBefore() {
        Model model = model(new Table(1, 0));
        Parameter table = model.parameter("table.weight");
        Gradients gradients = new Gradients();
        for (int step = 0; step < 3; step++) {
            gradients.refill(loss(model, ids(step)));
            assertTrue(gradients.rows(table).isPresent());
            assertArrayEquals(
                    Gradients.of(loss(model, ids(step))).get(table).toFloats(), gradients.array(table), "step " + step);
        }
    }

    static List<UpdateRule> rules() {
        return List.of(
                new Sgd(),
                new AdaGrad(null),
                new Momentum(null),
                new Nesterov(null),
                new RmsProp(null, null),
                new Adam(),
                new AdamW());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleMovesATableByRowsAsItMovesAllOfIt(UpdateRule rule) {
        for (double decay : new double[] {0, 0.1}) {
            Model byRows = model(new Table(1, 0));
            Model whole = model(new Table(1, 0));
            Optimizer ofRows = new Optimizer(rule, byRows, decay, List.of());
            Optimizer ofWhole = new Optimizer(rule, whole, decay, List.of());
            for (int step = 0; step < 5; step++) {
                Gradients rows = Gradients.of(loss(byRows, ids(step)));
                Gradients dense = Gradients.of(loss(whole, ids(step)));
                dense.array(whole.parameter("table.weight"));
                ofRows.step(rows, 0.1);
                ofWhole.step(dense, 0.1);
                assertArrayEquals(
                        whole.parameter("table.weight").values(),
                        byRows.parameter("table.weight").values());
            }
            ofWhole.memory()
                    .forEach((name, memory) -> assertArrayEquals(
                            memory.toFloats(), ofRows.memory().get(name).toFloats()));
        }
    }

    @Test
    void theNormIsTheSameOfRowsAndOfAll() {
        Model model = model(new Table(1, 0));
        List<Parameter> table = model.parameters();
        Gradients rows = Gradients.of(loss(model, ids(1)));
        Gradients dense = Gradients.of(loss(model, ids(1)));
        dense.array(table.get(0));
        double norm = rows.norm(table);
        assertEquals(norm, dense.norm(table), norm * 1e-6);
        rows.clip(norm / 3, table);
        dense.clip(norm / 3, table);
        assertEquals(norm / 3, rows.norm(table), norm * 1e-6);
        float[] all = dense.array(table.get(0));
        float[] found = rows.array(table.get(0));
        assertArrayEquals(all, found, 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 1e-20, 1, 1e20, 1e30})
    void theNormNeitherOverflowsNorUnderflows(double size) {
        Model model = model(new Table(1, 0));
        float[] numbers = new float[V * D];
        double squares = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (size * Draws.of(1).normal(i));
            squares += (double) numbers[i] * numbers[i];
        }
        Gradients gradients = Gradients.of(loss(model, ids(1)));
        System.arraycopy(numbers, 0, gradients.array(model.parameters().get(0)), 0, numbers.length);
        // Below the smallest square there is nothing.
        double expected = size < 1e-25 ? 0 : Math.sqrt(squares);
        assertEquals(expected, gradients.norm(model.parameters()), expected * 1e-6);
    }

    @Test
    void aNaNInARowIsNamedByItsPosition() {
        Model model = model(new Table(1, 0));
        Tensor y = model.forward(Ids.of(new int[] {11, 5}));
        Gradients gradients =
                Gradients.of(y.times(Tensors.of(Shape.of(3), 1, Float.NaN, 1)).sum());
        assertTrue(gradients.rows(model.parameters().get(0)).isPresent());
        assertEquals(
                "the gradient of table.weight is NaN at position " + (5 * D + 1),
                assertThrows(ArithmeticException.class, () -> gradients.requireFinite(model.parameters()))
                        .getMessage());
    }

    @Test
    void aNaNThatIsPutIntoAnArrayLaterIsFoundToo() {
        Model model = model(new Table(1, 0));
        Gradients gradients = Gradients.of(loss(model, ids(1)));
        float[] array = gradients.array(model.parameters().get(0));
        gradients.norm(model.parameters());
        array[4] = Float.POSITIVE_INFINITY;
        assertEquals(
                "the gradient of table.weight is Infinity at position 4",
                assertThrows(ArithmeticException.class, () -> gradients.requireFinite(model.parameters()))
                        .getMessage());
    }

    @Test
    void aFailedPassLeavesNothingToUse() {
        Model model = model(new Table(1, 0));
        Parameter table = model.parameter("table.weight");
        Gradients gradients = Gradients.of(loss(model, ids(1)));
        assertThrows(IllegalArgumentException.class, () -> gradients.refill(model.forward(ids(1))));
        for (Executable use : List.<Executable>of(
                () -> gradients.get(table),
                () -> gradients.get(Tensors.variable(Shape.of(1), 1)),
                () -> gradients.array(table),
                () -> gradients.rows(table),
                () -> gradients.reaches(table),
                () -> gradients.norm(List.of(table)),
                () -> gradients.clip(1, List.of(table)),
                () -> gradients.requireFinite(List.of(table)))) {
            assertEquals(
                    "the last backward pass of these gradients failed, so they are none of any loss;"
                            + " refill them from a new forward pass",
                    assertThrows(IllegalStateException.class, use).getMessage());
        }
        gradients.refill(loss(model, ids(1)));
        assertArrayEquals(
                Gradients.of(loss(model, ids(1))).get(table).toFloats(),
                gradients.get(table).toFloats());
    }

    @Test
    void aLimitIsAboveZero() {
        Model model = model(new Table(1, 0));
        Parameter table = model.parameter("table.weight");
        Gradients gradients = Gradients.of(loss(model, ids(1)));
        float[] before = gradients.get(table).toFloats();
        for (double limit : new double[] {-5, 0, -0.0, Double.NaN}) {
            assertEquals(
                    "limit is " + limit + ", expected a number above 0",
                    assertThrows(IllegalArgumentException.class, () -> gradients.clip(limit, List.of(table)))
                            .getMessage());
        }
        gradients.clip(Double.POSITIVE_INFINITY, List.of(table));
        assertArrayEquals(before, gradients.get(table).toFloats());
    }

    /** Doubles; its backward pass waits for somebody. */
    private record Waiting(CountDownLatch in, CountDownLatch out, boolean keeps) implements Op {
        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public void forward(Kernels k, Block[] in0, Block[] out0, Memory memory) {
            if (keeps) {
                memory.keep(1)[0] = 2;
            }
            for (int i = 0; i < in0[0].size(); i++) {
                out0[0].data()[i] = 2 * in0[0].data()[i];
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in0, Block[] out0, Memory memory, Block[] dIn) {
            in.countDown();
            try {
                assertTrue(out.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < dIn[0].size(); i++) {
                dIn[0].data()[i] += (keeps ? memory.kept(0)[0] : 2) * dOut[0].data()[i];
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondPassIsRefusedWhileTheFirstGoesThroughTheSameGraph(boolean keeps) throws Exception {
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        Tensor x = Tensors.variable(Shape.of(2), 3, 4);
        Tensor doubled = new Waiting(in, out, keeps).on(x.tanh()).orElseThrow().get(0);
        Tensor loss = doubled.sum();
        Tensor another = doubled.times(3).sum();
        AtomicReference<Gradients> first = new AtomicReference<>();
        Thread thread = new Thread(() -> first.set(Gradients.of(loss)));
        thread.start();
        assertTrue(in.await(60, TimeUnit.SECONDS));
        for (Tensor second : List.of(loss, another)) {
            assertEquals(
                    "backward: another backward pass goes through this forward pass at the same time;"
                            + " run a forward pass for each",
                    assertThrows(IllegalStateException.class, () -> Gradients.of(second))
                            .getMessage());
        }
        out.countDown();
        thread.join();
        float[] expected = Gradients.of(x.tanh().times(2).sum()).get(x).toFloats();
        assertArrayEquals(expected, first.get().get(x).toFloats());
        if (keeps) {
            assertEquals(
                    "backward: what this forward pass kept was used up by its first backward pass; run the forward pass again",
                    assertThrows(IllegalStateException.class, () -> Gradients.of(loss))
                            .getMessage());
        } else {
            assertArrayEquals(expected, Gradients.of(loss).get(x).toFloats());
        }
    }
}
