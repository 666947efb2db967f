package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;

class ModelTest {
    private static final Ids IDS = Ids.of(new int[] {1, 2, 3, 4, 5, 6}, new int[] {6, 5, 4, 3, 2, 1});

    private static Ids steps(Ids ids, int from, int to) {
        int[][] rows = new int[ids.shape().dim(0)][];
        for (int n = 0; n < rows.length; n++) {
            int[] row = new int[to - from];
            for (int t = from; t < to; t++) {
                row[t - from] = ids.at(n, t);
            }
            rows[n] = row;
        }
        return Ids.of(rows);
    }

    @Test
    void parametersAreNamedByPathAndDrawnFromTheSeed() {
        Model model = Model.create(Toys.languageModel(true), 1);
        assertEquals(
                List.of("embed.weight(7,4)", "leaky.cell.w(4,5)", "leaky.cell.a(5)", "output.weight(5,7)"),
                model.parameters().stream().map(Parameter::toString).toList());
        assertEquals(28 + 20 + 5 + 35, model.size());
        assertArrayEquals(
                model.parameter("embed.weight").values(),
                Model.create(Toys.languageModel(true), 1)
                        .parameter("embed.weight")
                        .values());
        assertFalse(Arrays.equals(
                model.parameter("embed.weight").values(),
                Model.create(Toys.languageModel(true), 2)
                        .parameter("embed.weight")
                        .values()));
    }

    @Test
    void aStatefulModelGivesInTwoWindowsWhatItGivesInOne() {
        Model model = Model.create(Toys.languageModel(true), 1);
        float[] whole = model.forward(IDS).toFloats();
        Forward first = model.forward(Window.of(steps(IDS, 0, 2)));
        Forward second = model.forward(Window.of(steps(IDS, 2, 6)).with(first.carry()));
        float[] parts = Tensor.stack(List.of(
                        first.output().step(0),
                        first.output().step(1),
                        second.output().step(0),
                        second.output().step(1),
                        second.output().step(2),
                        second.output().step(3)))
                .toFloats();
        assertArrayEquals(whole, parts);
    }

    @Test
    void aModelThatIsNotStatefulBeginsEachWindowWithZeros() {
        Model model = Model.create(Toys.languageModel(false), 1);
        Forward first = model.forward(Window.of(IDS));
        Forward second = model.forward(Window.of(IDS).with(first.carry()));
        assertArrayEquals(first.output().toFloats(), second.output().toFloats());
    }

    @Test
    void gradientsDoNotCrossWindows() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Carry carry = model.forward(Window.of(IDS)).carry();
        Tensor loss =
                model.forward(Window.of(steps(IDS, 0, 1)).with(carry)).output().sum();
        float[] embedding =
                Gradients.of(loss).get(model.parameter("embed.weight")).toFloats();
        // Only ids 1 and 6 are in this window: the others' gradients would have to come through the carry.
        for (int id = 0; id < 7; id++) {
            boolean used = id == 1 || id == 6;
            assertEquals(used, embedding[id * 4] != 0, "id " + id);
        }
    }

    @Test
    void aResetInsideTheWindowBeginsAnew() {
        Model model = Model.create(Toys.languageModel(true), 1);
        boolean[][] begins = {{false, false, false, true, false, false}, new boolean[6]};
        Tensor output = model.forward(Window.of(IDS).with(Spans.full().beginning(begins)))
                .output();
        Tensor without = model.forward(IDS);
        Tensor anew = model.forward(steps(IDS, 3, 6));
        for (int t = 0; t < 6; t++) {
            float[] row0 = Arrays.copyOfRange(output.step(t).toFloats(), 0, 7);
            float[] row1 = Arrays.copyOfRange(output.step(t).toFloats(), 7, 14);
            float[] expected =
                    t < 3 ? without.step(t).toFloats() : anew.step(t - 3).toFloats();
            assertArrayEquals(Arrays.copyOfRange(expected, 0, 7), row0, "step " + t);
            assertArrayEquals(Arrays.copyOfRange(without.step(t).toFloats(), 7, 14), row1, "step " + t);
        }
    }

    @Test
    void rowsEndWhereTheirLengthSays() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Forward forward = model.forward(Window.of(IDS).with(Spans.of(6, 2)));
        Carry shorter = model.forward(Window.of(steps(IDS, 0, 2))).carry();
        float[] h = forward.carry().state("leaky").get("h").toFloats();
        float[] expected = shorter.state("leaky").get("h").toFloats();
        assertArrayEquals(Arrays.copyOfRange(expected, 5, 10), Arrays.copyOfRange(h, 5, 10));
        assertArrayEquals(
                new float[7], Arrays.copyOfRange(forward.output().step(2).toFloats(), 7, 14));
    }

    @Test
    void aSharedParameterIsOneParameterWithOneGradient() {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Toys.Table(7, 4))
                .then("output", new Toys.Product(4, 7, new SameAs("embed.weight")))
                .build();
        Model model = Model.create(spec, 1);
        assertEquals(1, model.parameters().size());
        Tensor table =
                Tensors.variable(Shape.of(7, 4), model.parameter("embed.weight").values());
        Tensor byHand = table.lookup(IDS).matmulTransposed(table).tanh().sum();
        assertArrayEquals(
                Gradients.of(byHand).get(table).toFloats(),
                Gradients.of(model.forward(IDS).tanh().sum())
                        .get(model.parameter("embed.weight"))
                        .toFloats());
    }

    @Test
    void aGraphMayHaveSeveralInputsAndOutputs() {
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        nodes.put("both", new NodeSpec(new Toys.SumAndDifference(), List.of("a", "b")));
        nodes.put("again", new NodeSpec(new Toys.SumAndDifference(), List.of("both", "both.difference")));
        ModelSpec spec = new ModelSpec(List.of("a", "b"), nodes, List.of("again.sum", "both.difference"));
        Forward forward = Model.create(spec, 1)
                .forward(Window.of(Map.of(
                        "a", Tensors.of(Shape.of(1, 1), 5),
                        "b", Tensors.of(Shape.of(1, 1), 3))));
        assertEquals(10, ((Tensor) forward.outputs().get(0)).item());
        assertEquals(2, ((Tensor) forward.outputs().get(1)).item());
    }

    @Test
    void inferenceSharesTheParametersAndACopyDoesNot() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Model inference = model.inference();
        Model copy = model.copy();
        float[] before = model.forward(IDS).toFloats();
        new Optimizer(new Sgd(), model).step(Gradients.of(model.forward(IDS).sum()), 0.1);
        assertArrayEquals(model.forward(IDS).toFloats(), inference.forward(IDS).toFloats());
        assertArrayEquals(before, copy.forward(IDS).toFloats());
        assertNotEquals(before[0], model.forward(IDS).toFloats()[0]);
        assertFalse(inference.isTraining());
    }

    @Test
    void noiseDependsOnSeedStepAndPlaceAndIsLeftOutOfInference() {
        ModelSpec spec = ModelSpec.chain()
                .then("one", new Toys.Noise())
                .then("two", new Toys.Noise())
                .build();
        Tensor x = Toys.ramp(4, 5, 6).exp();
        Model model = Model.create(spec, 1);
        float[] atStep3 = model.forward(Window.of(x).atStep(3)).output().toFloats();
        assertArrayEquals(
                atStep3,
                Model.create(spec, 1).forward(Window.of(x).atStep(3)).output().toFloats());
        assertFalse(Arrays.equals(
                atStep3, model.forward(Window.of(x).atStep(4)).output().toFloats()));
        assertArrayEquals(x.toFloats(), model.inference().forward(x).toFloats());
        // Both layers drop half: a quarter is left, and not the half that equal masks would leave.
        int left = 0;
        for (float number : atStep3) {
            left += number == 0 ? 0 : 1;
        }
        assertTrue(left > 15 && left < 45, left + " of 120 left");
    }

    @Test
    void backwardRefusesParametersThatWereChanged() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Tensor loss = model.forward(IDS).sum();
        model.parameter("leaky.cell.a").set(1, 2, 3, 4, 5);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Gradients.of(loss));
        assertEquals(
                "backward: parameter leaky.cell.a was changed after the forward pass (version 0, now 1);"
                        + " run the forward pass again",
                e.getMessage());
    }

    @Test
    void restoredModelsGiveTheSameBits() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Map<String, Tensor> values = new HashMap<>();
        model.parameters().forEach(p -> values.put(p.name(), p.snapshot()));
        Model restored = Model.restore(model.spec(), 9, values);
        assertArrayEquals(model.forward(IDS).toFloats(), restored.forward(IDS).toFloats());

        values.put("leaky.cell.a", Toys.ramp(6));
        assertEquals(
                "leaky: parameter leaky.cell.a was given as (6), but the model has (5)",
                assertThrows(LayerException.class, () -> Model.restore(model.spec(), 9, values))
                        .getMessage());
        values.remove("leaky.cell.a");
        assertEquals(
                "leaky: parameter leaky.cell.a(5) is missing among the 3 that were given",
                assertThrows(LayerException.class, () -> Model.restore(model.spec(), 9, values))
                        .getMessage());
        values.put("leaky.cell.a", Toys.ramp(5));
        values.put("leaky.cell.c", Toys.ramp(5));
        assertEquals(
                "parameters [leaky.cell.c] were given, but the model has none of them",
                assertThrows(IllegalArgumentException.class, () -> Model.restore(model.spec(), 9, values))
                        .getMessage());
    }

    @Test
    void findsTheFirstLayerWithNaN() {
        Model model = Model.create(Toys.languageModel(true), 1);
        assertEquals(Optional.empty(), model.firstNonFinite(Window.of(IDS)));
        model.parameter("leaky.cell.a").set(Float.NaN, 0, 0, 0, 0);
        assertEquals(Optional.of("leaky"), model.firstNonFinite(Window.of(IDS)));
    }

    @Test
    void messagesNameThePathAndWhatWasExpected() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Model wide = Model.create(
                ModelSpec.chain()
                        .then("embed", new Toys.Table(7, 4))
                        .then("leaky", new Toys.Leaky(3, 5, true))
                        .build(),
                1);
        Carry wrong = Carry.ofTensors(Map.of("leaky/h", Toys.ramp(3, 5)));
        ModelSpec.Chain twice = ModelSpec.chain().then("embed", new Toys.Table(7, 4));
        List<String> messages = List.of(
                        (Runnable) () -> wide.forward(IDS),
                        () -> model.forward(Ids.of(new int[] {1, 7})),
                        () -> model.forward(Toys.ramp(2, 3, 4)),
                        () -> model.forward(Window.of(IDS).with(Spans.of(3, 7))),
                        () -> model.forward(Window.of(IDS).with(Spans.of(3))),
                        () -> model.forward(Window.of(IDS).with(wrong)),
                        () -> model.forward(Window.of(Map.of("y", IDS))),
                        () -> model.parameter("leaky.cel.a"),
                        () -> twice.then("embed", new Toys.Table(7, 4)),
                        () -> Model.create(
                                ModelSpec.chain()
                                        .then("output", new Toys.Product(4, 7, new SameAs("embed.weight")))
                                        .build(),
                                1),
                        () -> new ModelSpec(
                                List.of("x"),
                                Map.of("a", new NodeSpec(new Toys.Noise(), List.of("embed"))),
                                List.of("a")),
                        () -> ModelSpec.chain().then("a.b", new Toys.Noise()).build())
                .stream()
                .map(wrongUse -> assertThrows(IllegalArgumentException.class, wrongUse::run)
                        .getMessage())
                .toList();
        assertEquals(
                List.of(
                        "leaky.cell: matmul (2,4)·(3,5): inner dimensions differ",
                        "embed: id 7 at row 0, step 1 is outside the vocabulary of 7 (0 to 6)",
                        "embed: expects ids, got a tensor of shape (2,3,4)",
                        "input x: length of row 1 is 7, but the window has 6 steps",
                        "input x: lengths of 1 rows for a window of 2 rows",
                        "leaky: state part h has the shape (3,5), expected (2,5)",
                        "input x is missing; given are [y]",
                        "no parameter leaky.cel.a; did you mean leaky.cell.a?",
                        "name embed is used twice",
                        "output: sameAs embed.weight: no parameter of an earlier layer has this path",
                        "node a takes the input embed, which is neither an input of the model nor an earlier node",
                        "name \"a.b\": expected a letter, then letters, digits, - and _"),
                messages);
    }

    @Test
    void referencesToOutputsThatNoNodeHasAreRefusedWhenTheModelIsBuilt() {
        NodeSpec both = new NodeSpec(new Toys.SumAndDifference(), List.of("x", "x"));
        assertEquals(
                "the model gives the output both.zz, but there are only both.sum, both.difference",
                refusal(new ModelSpec(List.of("x"), Map.of("both", both), List.of("both.zz"))));
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        nodes.put("both", both);
        nodes.put("again", new NodeSpec(new Toys.SumAndDifference(), List.of("both.product", "x.y")));
        assertEquals(
                "node again takes the input both.product, but there are only both.sum, both.difference",
                refusal(new ModelSpec(List.of("x"), nodes, List.of("again"))));
        nodes.put("again", new NodeSpec(new Toys.SumAndDifference(), List.of("both.sum", "x.y")));
        assertEquals(
                "node again takes the input x.y, but x is an input of the model, which has no parts",
                refusal(new ModelSpec(List.of("x"), nodes, List.of("again"))));
    }

    private static String refusal(ModelSpec spec) {
        return assertThrows(IllegalArgumentException.class, () -> Model.create(spec, 1))
                .getMessage();
    }

    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }

    private static Model modelOf(LayerSpec<?> layer) {
        return Model.create(ModelSpec.chain().then("layer", layer).build(), 1);
    }

    @Test
    void lengthsOfWhatIsNoInputAreRefused() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Window window = Window.of(IDS);
        assertEquals(
                "lengths were given for X, which is none of the inputs [x]; did you mean x?",
                message(() -> model.forward(window.with("X", Spans.of(3, 2)))));
        ModelSpec two = ModelSpec.graph("source", "target")
                .node("both", new Toys.SumAndDifference(), "source", "target")
                .build("both");
        Model graph = Model.create(two, 1);
        Window given = Window.of(Map.of("source", Toys.ramp(1, 1, 2)));
        assertEquals(
                "lengths were given for sorce, which is none of the inputs [source]; did you mean source?",
                message(() -> graph.session(given.with("sorce", Spans.of(1)))));
        assertEquals(
                "lengths were given for target, which is none of the inputs [source]",
                message(() -> graph.session(given.with("target", Spans.of(1)))));
    }

    @Test
    void aWindowOfNullIsRefused() {
        Window window = Window.of(IDS);
        assertEquals("carry: expected a value, got null", message(() -> window.with((Carry) null)));
        assertEquals("spans: expected a value, got null", message(() -> window.with((Spans) null)));
        assertEquals("spans of the input x: expected a value, got null", message(() -> window.with("x", (Spans) null)));
        Map<String, Ids> inputs = new HashMap<>();
        inputs.put("x", null);
        assertEquals("input x: expected a value, got null", message(() -> Window.of(inputs)));
    }

    @Test
    void statesOfPlacesThatCarryNoneAreRefused() {
        Model model = Model.create(Toys.languageModel(true), 1);
        Carry own = model.forward(Window.of(IDS)).carry();
        State h = own.state("leaky");
        assertEquals(
                "the carry has states of [nonsense], but the layers that carry one are [leaky]",
                message(() -> model.forward(Window.of(IDS).with(Carry.of(Map.of("nonsense", h))))));
        // A place in a node that there is.
        assertEquals(
                "the carry has states of [leaky.cell], but the layers that carry one are [leaky]",
                message(() -> model.forward(Window.of(IDS).with(Carry.of(Map.of("leaky", h, "leaky.cell", h))))));
        Model without = modelOf(new Toys.Table(7, 4));
        assertEquals(
                "the carry has states of [leaky], but no layer here carries any",
                message(() -> without.forward(Window.of(IDS).with(own))));
        model.forward(Window.of(IDS).with(Carry.none()));
    }

    @Test
    void aCarryHasAFlagForEachRowAndNoOtherRows() {
        Carry carry = Model.create(Toys.languageModel(true), 1)
                .forward(Window.of(IDS))
                .carry();
        String flags = " flags, but the carried leaky/h has 2 rows";
        assertEquals("reset has 1" + flags, message(() -> carry.reset(true)));
        assertEquals("reset has 3" + flags, message(() -> carry.reset(true, false, true)));
        // As many as there are numbers.
        assertEquals("reset has 10" + flags, message(() -> carry.reset(new boolean[10])));
        float[] h = carry.tensors().get("leaky/h").toFloats();
        float[] reset = carry.reset(true, false).tensors().get("leaky/h").toFloats();
        Arrays.fill(h, 0, 5, 0f);
        assertArrayEquals(h, reset);
        assertEquals("there is no row 2: the carried leaky/h has 2 rows, from 0", message(() -> carry.rows(0, 2)));
        assertEquals("there is no row -1: the carried leaky/h has 2 rows, from 0", message(() -> carry.rows(-1)));
        assertEquals(0, Carry.none().reset(true).states().size());
        assertEquals("Carry{}", Carry.none().toString());
        assertEquals(
                "Carry{lstm=State{h=(2,3)}}",
                Carry.of(Map.of("lstm", State.of("h", Tensors.zeros(Shape.of(2, 3)))))
                        .toString());
    }

    @Test
    void initialValuesAreFinite() {
        for (Init wrong : List.of(
                Init.constant(Double.NaN),
                Init.constant(1e39),
                Init.uniform(Double.POSITIVE_INFINITY),
                Init.normal(1e300),
                Init.gates(Init.zeros(), Init.constant(Double.NaN)))) {
            String refused = message(() -> modelOf(params -> {
                params.get("w", wrong, 4);
                return (Layer) (x, pass) -> x;
            }));
            assertTrue(
                    refused.matches("layer: parameter layer[.]w\\(4\\): .* gives (NaN|-?Infinity) at position \\d,"
                            + " expected finite numbers"),
                    refused);
            assertTrue(refused.contains(wrong.toString()), refused);
        }
        assertEquals(
                "layer: parameter layer.w(4): expected initial values, got null",
                message(() -> modelOf(params -> {
                    params.get("w", null, 4);
                    return (Layer) (x, pass) -> x;
                })));
    }

    /** Gives what it is told to, by these names. */
    private record Giving(List<Value> values, List<String> outputs) implements LayerSpec<Node>, Node {
        @Override
        public Node create(Params params) {
            return this;
        }

        @Override
        public List<Value> forward(List<Value> inputs, Pass pass) {
            return values;
        }
    }

    @Test
    void whatALayerGivesIsChecked() {
        Value value = IDS;
        assertEquals("layer: create gave null, expected a layer", message(() -> modelOf(params -> null)));
        assertEquals(
                "layer: names no outputs, expected at least one",
                message(() -> modelOf(new Giving(List.of(), List.of()))));
        assertEquals(
                "layer: names the output h twice",
                message(() -> modelOf(new Giving(List.of(value, value), List.of("h", "h")))));
        assertEquals(
                "layer: gave null, but names [h]",
                message(() -> modelOf(new Giving(null, List.of("h"))).forward(IDS)));
        assertEquals(
                "layer: gave 2 outputs, but names [h]",
                message(() ->
                        modelOf(new Giving(List.of(value, value), List.of("h"))).forward(IDS)));
        assertEquals(
                "layer: gave null as h, expected a tensor or ids",
                message(() -> modelOf(new Giving(Arrays.asList((Value) null), List.of("h")))
                        .forward(IDS)));
        assertEquals(
                "layer: gave null as output, expected a tensor or ids",
                message(() ->
                        modelOf((LayerSpec<Layer>) params -> (x, pass) -> null).forward(Toys.ramp(1, 2, 3))));
        Model ids = modelOf(new Giving(List.of(value), List.of("h")));
        assertEquals(
                "the model's first output is ids of shape (2,6), expected a tensor; outputs() has them",
                message(() -> ids.forward(IDS)));
        assertEquals(List.of(value), ids.forward(Window.of(IDS)).outputs());
    }

    @Test
    void aLayerThatLosesRowsWhoseLengthsAreGivenIsRefused() {
        Model model = modelOf((LayerSpec<Layer>) params -> (x, pass) -> x.reshape(1, 6, 2));
        Window window = Window.of(Toys.ramp(2, 3, 2));
        assertEquals(Shape.of(1, 6, 2), model.forward(window).output().shape());
        assertEquals(
                "layer: gave output of shape (1,6,2) for an input of shape (2,3,2) whose rows have lengths: expected 2 rows",
                message(() -> model.forward(window.with(Spans.of(1, 3)))));
    }

    /** A layer in a layer in a layer. */
    private record Nested(int deep) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return deep == 1 ? (x, pass) -> x : new Nested(deep - 1).create(params.scope("layer"));
        }
    }

    @Test
    void layersAreNestedAHundredDeepAtMost() {
        modelOf(new Nested(100));
        assertEquals("layer: its layers are nested more than 100 deep", message(() -> modelOf(new Nested(101))));
        assertEquals("layer: its layers are nested more than 100 deep", message(() -> modelOf(new Nested(100_000))));
    }

    @Test
    void everyExceptionOfALayerGetsItsPath() {
        Model model = Model.create(
                ModelSpec.chain()
                        .then("layer", (LayerSpec<Layer>) params -> (x, pass) -> {
                            throw new NoSuchElementException("nothing here");
                        })
                        .build(),
                1);
        assertEquals(
                "layer: nothing here",
                assertThrows(LayerException.class, () -> model.forward(Toys.ramp(1, 1, 2)))
                        .getMessage());
    }

    /** Adds one to every number: after k steps all parameters are k. */
    private record Count() implements UpdateRule {
        @Override
        public List<String> memory() {
            return List.of();
        }

        @Override
        public void update(Move move, float[] w, float[] dw, float[][] memory) {
            for (int i = 0; i < w.length; i++) {
                w[i]++;
            }
        }
    }

    @Test
    @Timeout(120)
    void copiesDuringTrainingAreOfOneStep() throws Exception {
        assertEquals(0, CopiesDuringTraining.torn(500));
    }

    @Test
    @Tag("stress")
    @Timeout(300)
    void tenThousandCopiesDuringTrainingAreOfOneStep() throws Exception {
        assertEquals(0, CopiesDuringTraining.torn(10_000));
    }

    /** A model that one thread trains while another copies it. */
    private static final class CopiesDuringTraining {
        private CopiesDuringTraining() {}

        /** How many of so many copies and snapshots were the state of no step. */
        static int torn(int copies) throws InterruptedException {
            ModelSpec.Chain chain = ModelSpec.chain();
            for (int i = 0; i < 8; i++) {
                chain.then("product" + i, new Toys.Product(40, 40));
            }
            Model model = Model.create(chain.build(), 1);
            model.parameters().forEach(parameter -> parameter.set(new float[1600]));
            Optimizer optimizer = new Optimizer(new Count(), model);
            Gradients gradients =
                    Gradients.of(model.forward(Toys.ramp(1, 1, 40)).sum());
            AtomicBoolean over = new AtomicBoolean();
            Thread trainer = new Thread(() -> {
                while (!over.get()) {
                    optimizer.step(gradients, 1);
                }
            });
            trainer.start();
            int torn = 0;
            try {
                for (int i = 0; i < copies; i++) {
                    Map<String, Tensor> numbers = i % 2 == 0 ? model.copy().snapshot() : model.snapshot();
                    float first = numbers.get("product0.weight").toFloats()[0];
                    for (Tensor parameter : numbers.values()) {
                        for (float number : parameter.toFloats()) {
                            if (number != first) {
                                torn++;
                                break;
                            }
                        }
                    }
                }
            } finally {
                over.set(true);
                trainer.join();
            }
            assertTrue(optimizer.steps() > copies / 10, "the trainer took " + optimizer.steps() + " steps meanwhile");
            return torn;
        }
    }
}
