package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.attention.AttentionWeight;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.serialization.checkpoint.CheckpointFile;

/** An attention inside the decoder's step: 2 rows of 4 steps look at 5 others, of which rows have 5 and 2. */
class AttentionDecoderTest {
    private static final int WIDTH = 6;
    private static final int STEPS = 4;
    private static final Spans THERE = Spans.of(5, 2);

    private static Model model(LayerSpec<Node> weight) {
        return Model.create(
                ModelSpec.graph("x", "values", "h", "c")
                        .node(
                                "decoder",
                                new AttentionDecoder(new LSTM(2 + WIDTH, WIDTH), weight, 2, WIDTH),
                                "x",
                                "values",
                                "h",
                                "c")
                        .build("decoder", "decoder.weights"),
                5);
    }

    /** A weight of which nothing is known but that it is a node. */
    private record Foreign(Node own) implements Node {
        @Override
        public List<Value> forward(List<Value> inputs, Pass pass) {
            return own.forward(inputs, pass);
        }
    }

    static List<LayerSpec<Node>> weights() {
        return List.of(new AdditiveWeight(WIDTH, WIDTH, 4), AttentionWeight.scaled(WIDTH));
    }

    private static Tensor drawn(String name, int... dims) {
        Shape shape = Shape.of(dims);
        float[] numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Draws.of(3).at(name).normal(i);
        }
        return Tensors.variable(shape, numbers);
    }

    /** All inputs but x. */
    private static Map<String, Value> given() {
        Map<String, Value> given = new LinkedHashMap<>();
        given.put("values", drawn("values", 2, 5, WIDTH));
        given.put("h", drawn("h", 2, WIDTH));
        given.put("c", drawn("c", 2, WIDTH));
        return given;
    }

    private static Window window(Map<String, Value> given, Tensor x) {
        Map<String, Value> inputs = new LinkedHashMap<>(given);
        inputs.put("x", x);
        return Window.of(inputs).with("values", THERE);
    }

    private static Tensor steps(Tensor x, int from, int to) {
        return Tensor.stack(IntStream.range(from, to).mapToObj(x::step).toList());
    }

    @ParameterizedTest
    @MethodSource("weights")
    void aSessionGivesTheBitsOfAWindow(LayerSpec<Node> weight) {
        Model model = model(weight);
        Tensor x = drawn("x", 2, STEPS, 2);
        Tensor expected = model.inference().forward(window(given(), x)).output();
        Session session = model.session(Window.of(given()).with("values", THERE));
        float[] y = new float[2 * 2 * WIDTH];
        for (int round = 0; round < 2; round++) {
            for (int t = 0; t < STEPS; t++) {
                session.step(x.step(t).toFloats(), y);
                assertArrayEquals(expected.step(t).toFloats(), y, "step " + t);
            }
            assertTrue(session.replays());
            session.reset();
        }
    }

    /** A weight that is somebody else's is asked with query and values in every step. */
    @ParameterizedTest
    @MethodSource("weights")
    void whatIsMadeOfTheValuesOnceIsWhatEveryStepWouldMake(LayerSpec<Node> weight) {
        LayerSpec<Node> foreign = params -> new Foreign(weight.create(params));
        Tensor x = drawn("x", 2, STEPS, 2);
        Map<String, Value> given = given();
        Model once = model(weight);
        Model everyStep = model(foreign);
        Window window = window(given, x).with(Spans.of(2, 4));
        Forward expected = everyStep.forward(window);
        Forward found = once.forward(window);
        Gradients expectedGradients = gradients(expected);
        Gradients foundGradients = gradients(found);
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    ((Tensor) expected.outputs().get(i)).toFloats(),
                    ((Tensor) found.outputs().get(i)).toFloats());
        }
        given.put("x", x);
        given.forEach((name, input) ->
                close(name, expectedGradients.get((Tensor) input), foundGradients.get((Tensor) input)));
        assertTrue(once.parameters().size() >= 3);
        once.parameters()
                .forEach(parameter -> close(
                        parameter.name(),
                        expectedGradients.get(everyStep.parameter(parameter.name())),
                        foundGradients.get(parameter)));
    }

    private static Gradients gradients(Forward forward) {
        Tensor output = forward.output();
        return Gradients.of(
                output.times(drawn("projection", output.shape().dims())).sum());
    }

    private static void close(String name, Tensor expected, Tensor found) {
        float[] numbers = expected.toFloats();
        assertArrayEquals(numbers, found.toFloats(), 1e-5f, name);
        assertTrue(numbers.length > 0 && !Arrays.equals(numbers, new float[numbers.length]), name + " has no gradient");
    }

    /** Where a new sequence begins, the decoder's state is zeros; what it looks at stays. */
    @Test
    void aSequenceThatBeginsInsideTheWindowBeginsWithZeros() {
        Model model = model(weights().get(0)).inference();
        Tensor x = drawn("x", 2, STEPS, 2);
        Map<String, Value> zeros = given();
        List.of("h", "c").forEach(part -> zeros.put(part, Tensors.zeros(Shape.of(2, WIDTH))));
        boolean[] begins = {false, false, true, false};
        Tensor whole = model.forward(window(given(), x).with(Spans.full().beginning(begins, begins)))
                .output();
        Tensor first = model.forward(window(given(), steps(x, 0, 2))).output();
        Tensor second = model.forward(window(zeros, steps(x, 2, 4))).output();
        assertArrayEquals(first.toFloats(), steps(whole, 0, 2).toFloats());
        assertArrayEquals(second.toFloats(), steps(whole, 2, 4).toFloats());
    }

    @Test
    void aCheckpointHoldsIt(@TempDir Path directory) throws IOException {
        Model model = model(weights().get(0));
        Path file = directory.resolve("model.safetensors");
        CheckpointFile.save(Checkpoint.of(model), file, TypeRegistry.load());
        Model loaded = CheckpointFile.load(file, TypeRegistry.load()).model();
        Window window = window(given(), drawn("x", 2, STEPS, 2));
        assertEquals(
                List.of(
                        "decoder.cell.wx",
                        "decoder.cell.wh",
                        "decoder.cell.b",
                        "decoder.weight.wq",
                        "decoder.weight.wv",
                        "decoder.weight.v"),
                loaded.parameters().stream().map(Parameter::name).toList());
        assertArrayEquals(
                model.forward(window).output().toFloats(),
                loaded.forward(window).output().toFloats());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Model model = model(weights().get(0));
        assertEquals(
                "decoder: expects (N,T,2), values (N,S,6) and the parts [h, c] of the first state,"
                        + " got [(2,4,5), (2,5,6), (2,6), (2,6)]",
                message(model, window(given(), drawn("x", 2, STEPS, 5))));
        assertEquals(
                "decoder.weight: matmul (2,1,6)·(7,4): inner dimensions differ",
                message(model(new AdditiveWeight(7, WIDTH, 4)), window(given(), drawn("x", 2, STEPS, 2))));
    }

    private static String message(Model model, Window window) {
        return assertThrows(IllegalArgumentException.class, () -> model.forward(window))
                .getMessage();
    }
}
