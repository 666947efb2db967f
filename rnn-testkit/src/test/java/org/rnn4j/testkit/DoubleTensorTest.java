package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.OpTensor;
import org.rnn4j.core.Tensors;

class DoubleTensorTest {
    private static final Map<String, Shape> SHAPES = Map.of(
            "x", Shape.of(3, 4),
            "y", Shape.of(3, 4),
            "row", Shape.of(4),
            "column", Shape.of(3, 1),
            "number", Shape.of(),
            "w", Shape.of(4, 2),
            "sequence", Shape.of(2, 3, 4),
            "middle", Shape.of(3, 1),
            "table", Shape.of(5, 4));

    private static DoubleTensor leaf(String name, double from) {
        Shape shape = SHAPES.get(name);
        double[] values = DoubleParams.uniform(Draws.of(11).at(name), shape.size());
        for (int i = 0; i < values.length; i++) {
            values[i] += from;
        }
        return DoubleTensor.variable(shape, values);
    }

    /** An operation on leaves by name, from values around 0 or around 1. */
    private record Case(String method, String leaves, double from, Function<Map<String, ? extends Tensor>, Tensor> of) {
        @Override
        public String toString() {
            return method + " of " + leaves;
        }
    }

    private static Case binary(String method, String a, String b, BinaryOperator<Tensor> of) {
        return new Case(method, a + " " + b, 1, named -> of.apply(named.get(a), named.get(b)));
    }

    private static Case unary(String method, String x, double from, UnaryOperator<Tensor> of) {
        return new Case(method, x, from, named -> of.apply(named.get(x)));
    }

    static Stream<Case> operations() {
        Ids ids = Ids.of(new int[][] {{4, 0, 4}, {2, 2, 1}});
        boolean[] rows = {true, false, true};
        return Stream.of(
                binary("plus", "x", "y", Tensor::plus),
                binary("plus", "x", "row", Tensor::plus),
                binary("plus", "column", "x", Tensor::plus),
                binary("plus", "number", "sequence", Tensor::plus),
                binary("minus", "x", "y", Tensor::minus),
                binary("minus", "row", "x", Tensor::minus),
                binary("plus", "x", "x", Tensor::plus),
                binary("times", "x", "y", Tensor::times),
                binary("times", "sequence", "row", Tensor::times),
                binary("times", "sequence", "middle", Tensor::times),
                binary("times", "row", "column", Tensor::times),
                binary("times", "x", "x", Tensor::times),
                binary("dividedBy", "x", "y", Tensor::dividedBy),
                binary("dividedBy", "column", "row", Tensor::dividedBy),
                binary("max", "x", "y", Tensor::max),
                binary("max", "column", "row", Tensor::max),
                unary("plus", "x", 0, x -> x.plus(2.5)),
                unary("times", "x", 0, x -> x.times(-3)),
                unary("oneMinus", "x", 0, Tensor::oneMinus),
                unary("tanh", "x", 0, Tensor::tanh),
                unary("sigmoid", "x", 0, Tensor::sigmoid),
                unary("relu", "x", 0, Tensor::relu),
                unary("exp", "x", 0, Tensor::exp),
                unary("log", "x", 1, Tensor::log),
                unary("softplus", "x", 0, Tensor::softplus),
                unary("sqrt", "x", 1, Tensor::sqrt),
                binary("matmul", "x", "w", Tensor::matmul),
                binary("matmul", "sequence", "w", Tensor::matmul),
                binary("matmulTransposed", "x", "y", Tensor::matmulTransposed),
                binary("matmulTransposed", "sequence", "table", Tensor::matmulTransposed),
                unary("sum", "x", 0, Tensor::sum),
                unary("sumColumns", "sequence", 0, Tensor::sumColumns),
                unary("logSoftmax", "sequence", 0, Tensor::logSoftmax),
                unary("columns", "sequence", 0, x -> x.columns(1, 3)),
                unary("step", "sequence", 0, x -> x.step(1)),
                binary("stackWith", "x", "y", (x, y) -> Tensor.stack(List.of(x, y, x))),
                binary("joinWith", "x", "column", (x, y) -> Tensor.join(List.of(y, x, y))),
                unary("lookup", "table", 0, table -> table.lookup(ids)),
                unary("pick", "sequence", 0, x -> x.pick(Ids.of(new int[][] {{3, 0, 1}, {2, 2, 1}}))),
                binary("where", "x", "y", (x, y) -> x.where(rows, y)),
                unary("reshape", "sequence", 0, x -> x.reshape(4, 6)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void gradientsAreThoseOfDifferenceQuotients(Case operation) {
        Map<String, DoubleTensor> leaves = new LinkedHashMap<>();
        int numbers = 0;
        for (String name : new TreeSet<>(List.of(operation.leaves.split(" ", -1)))) {
            leaves.put(name, leaf(name, operation.from));
            numbers += SHAPES.get(name).size();
        }
        // Squared, so that the gradient with respect to the result is not the same everywhere.
        GradientCheck check = GradientCheck.of(leaves, named -> {
            Tensor result = operation.of.apply(named);
            return result.times(result).plus(result).sum();
        });
        assertEquals(numbers, check.numbers());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void valuesAreThoseOfTheFloat32Tensor(Case operation) {
        Map<String, Tensor> doubles = new LinkedHashMap<>();
        Map<String, Tensor> floats = new LinkedHashMap<>();
        for (String name : operation.leaves.split(" ", -1)) {
            doubles.put(name, leaf(name, operation.from));
            floats.put(name, Tensors.of(SHAPES.get(name), doubles.get(name).toFloats()));
        }
        Tensor expected = operation.of.apply(doubles);
        Tensor found = operation.of.apply(floats);
        assertEquals(expected.shape(), found.shape());
        assertArrayEquals(expected.toDoubles(), found.toDoubles(), 1e-5);
    }

    @Test
    void everyOperationOfTheInterfaceIsChecked() {
        Set<String> checked = new TreeSet<>();
        operations().forEach(operation -> checked.add(operation.method));
        Set<String> operations = new TreeSet<>();
        for (Method method : Tensor.class.getDeclaredMethods()) {
            if (method.getReturnType() == Tensor.class && !Modifier.isStatic(method.getModifiers())) {
                operations.add(method.getName());
            }
        }
        // Those without a gradient.
        operations.removeAll(Set.of("constant", "detach"));
        assertEquals(operations, checked);
    }

    @Test
    void aTensorUsedTwiceGetsBothGradients() {
        DoubleTensor x = DoubleTensor.variable(Shape.of(), 3);
        Tensor y = x.plus(x).times(x);
        assertEquals(18, y.item());
        assertArrayEquals(new double[] {12}, DoubleTensor.of(y).gradients().get(x));
    }

    @Test
    void fiveThousandStepsDoNotOverflowTheStack() {
        DoubleTensor a = DoubleTensor.variable(Shape.of(), 0.999);
        Tensor x = DoubleTensor.of(Shape.of(), 2);
        for (int t = 0; t < 5000; t++) {
            x = x.times(a);
        }
        double expected = 2 * 5000 * StrictMath.pow(0.999, 4999);
        assertEquals(expected, DoubleTensor.of(x).gradients().get(a)[0], 1e-10 * expected);
        assertEquals(5003, DoubleTensor.operations(x).size());
    }

    @Test
    void fiveThousandStepsOfACellDoNotOverflowTheStack() {
        DoubleParams params = DoubleParams.drawn(1);
        DoubleTensor xs = DoubleTensor.variable(Shape.of(1, 5000, 1), new double[5000]);
        Tensor h = DoubleTensor.of(Shape.of(1, 2), 0.1, -0.1);
        Tensor last = DoublePass.first()
                .unroll(new Mgu(1, 2).create(params), xs, State.of("h", h))
                .output()
                .step(4999);
        Map<DoubleTensor, double[]> gradients = DoubleTensor.of(last.sum()).gradients();
        assertEquals(params.parameters().size() + 1, gradients.size());
        assertNotEquals(0, gradients.get(xs)[4999]);
    }

    @Test
    void gradientsStopAtDetachAndConstants() {
        DoubleTensor x = DoubleTensor.variable(Shape.of(), 3);
        DoubleTensor c = DoubleTensor.of(Shape.of(), 2);
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(x.detach().times(x).times(c)).gradients();
        assertEquals(Set.of(x), gradients.keySet());
        assertArrayEquals(new double[] {6}, gradients.get(x));
    }

    @Test
    void notANumberInABlockThatIsNotKeptStaysOut() {
        DoubleTensor x = DoubleTensor.variable(Shape.of(2), 1, Double.NaN);
        DoubleTensor y = DoubleTensor.variable(Shape.of(2), Double.NaN, 4);
        Tensor chosen = x.where(new boolean[] {true, false}, y);
        assertArrayEquals(new double[] {1, 4}, chosen.toDoubles());
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(chosen.times(chosen).sum()).gradients();
        assertArrayEquals(new double[] {2, 0}, gradients.get(x));
        assertArrayEquals(new double[] {0, 8}, gradients.get(y));
    }

    @Test
    void extremeValuesDoNotOverflow() {
        DoubleTensor x = DoubleTensor.of(Shape.of(3), -1000, 0, 1000);
        assertArrayEquals(new double[] {0, 0.5, 1}, x.sigmoid().toDoubles());
        assertArrayEquals(
                new double[] {0, StrictMath.log(2), 1000}, x.softplus().toDoubles());
        assertArrayEquals(new double[] {-2000, -1000, 0}, x.logSoftmax().toDoubles());
    }

    /** The same mistake on both tensors. */
    static Stream<Function<Function<Shape, Tensor>, Object>> mistakes() {
        Ids ids = Ids.of(new int[][] {{1, 7}});
        return Stream.of(
                make -> make.apply(Shape.of(2, 3)).plus(make.apply(Shape.of(2))),
                make -> make.apply(Shape.of(2, 3)).dividedBy(make.apply(Shape.of(4, 3))),
                make -> make.apply(Shape.of(2, 3)).matmul(make.apply(Shape.of(4, 3))),
                make -> make.apply(Shape.of(3)).matmul(make.apply(Shape.of(3, 3))),
                make -> make.apply(Shape.of(2, 3)).matmulTransposed(make.apply(Shape.of(3, 4))),
                make -> make.apply(Shape.of(2, 3)).columns(1, 4),
                make -> make.apply(Shape.of(2, 3)).columns(-1, 2),
                make -> make.apply(Shape.of()).sumColumns(),
                make -> make.apply(Shape.of(2, 3)).step(3),
                make -> make.apply(Shape.of(2)).step(0),
                make -> Tensor.stack(List.of(make.apply(Shape.of(2, 3)), make.apply(Shape.of(2, 4)))),
                make -> Tensor.stack(List.of(make.apply(Shape.of()))),
                make -> Tensor.join(List.of(make.apply(Shape.of(2, 3)), make.apply(Shape.of(3, 3)))),
                make -> make.apply(Shape.of(5, 3)).lookup(ids),
                make -> make.apply(Shape.of(5)).lookup(ids),
                make -> make.apply(Shape.of(1, 2, 7)).pick(ids),
                make -> make.apply(Shape.of(2, 7)).pick(ids),
                make -> make.apply(Shape.of(2, 3)).where(new boolean[4], make.apply(Shape.of(2, 3))),
                make -> make.apply(Shape.of(2, 3)).where(new boolean[2], make.apply(Shape.of(3, 2))),
                make -> make.apply(Shape.of(2, 3)).reshape(4, 2),
                make -> make.apply(Shape.of(2, 3)).item(),
                make -> make.apply(Shape.of()).constant(Shape.of(2), 1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void messagesAreThoseOfTheFloat32Tensor(Function<Function<Shape, Tensor>, Object> mistake) {
        String expected = assertThrows(IllegalArgumentException.class, () -> mistake.apply(Tensors::zeros))
                .getMessage();
        String found = assertThrows(
                        IllegalArgumentException.class,
                        () -> mistake.apply(shape -> DoubleTensor.of(shape, new double[shape.size()])))
                .getMessage();
        assertEquals(expected, found);
    }

    @Test
    void tensorsOfTwoPrecisionsAreNotMixed() {
        DoubleTensor x = DoubleTensor.of(Shape.of(2), 1, 2);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> x.plus(Tensors.zeros(Shape.of(2))));
        assertTrue(e.getMessage().startsWith("a float64 tensor cannot be used together with a "), e.getMessage());
    }

    @Test
    void kernelsDoNotRun() {
        Op op = Mockito.mock(Op.class, Mockito.CALLS_REAL_METHODS);
        Tensor x = DoubleTensor.of(Shape.of(2), 1, 2);
        assertFalse(x instanceof OpTensor);
        assertEquals(Optional.empty(), op.on(x, x));
        Mockito.verify(op, Mockito.never()).shapes(Mockito.any());
    }

    @Test
    void gradientsAreOfALoss() {
        DoubleTensor x = DoubleTensor.variable(Shape.of(2, 3), new double[6]);
        assertEquals(
                "gradients of (2,3): expected a loss, a tensor of one number",
                assertThrows(IllegalArgumentException.class, x::gradients).getMessage());
    }

    @Test
    void operationsAreListedInputsFirst() {
        DoubleTensor x = DoubleTensor.variable(Shape.of(1, 2), 1, 2);
        Tensor product = x.times(DoubleTensor.of(Shape.of(2), 3, 4));
        Tensor y = product.tanh().plus(0.5).columns(0, 1);
        assertEquals(
                List.of(
                        "variable -> (1,2)",
                        "constant -> (2) [3.0, 4.0]",
                        "times of 0, 1 -> (1,2)",
                        "tanh of 2 -> (1,2)",
                        "plus 0.5 of 3 -> (1,2)",
                        "columns 0 to 1 of 4 -> (1,1)",
                        "results 5 2"),
                DoubleTensor.operations(y, product));
    }

    @Test
    void arraysAreCopied() {
        double[] values = {1, 2};
        DoubleTensor x = DoubleTensor.variable(Shape.of(2), values);
        values[0] = 9;
        x.toDoubles()[1] = 9;
        assertArrayEquals(new double[] {1, 2}, x.toDoubles());
        assertArrayEquals(new float[] {1, 2}, x.toFloats());
        assertEquals("Tensor(2)[1.0, 2.0]", x.toString());
    }
}
