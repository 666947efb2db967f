package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.Sequential;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.pooling.Max;
import org.rnn4j.layers.pooling.Mean;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

/** How layers are put together: paths of parameters, states and errors, carried state, and shared weights. */
class StackTest {
    private static final Ids IDS = Ids.of(new int[] {1, 4, 0, 2}, new int[] {3, 3, 2, 1});

    private static Model model(String name, LayerSpec<?> layer) {
        return Model.create(ModelSpec.chain().then(name, layer).build(), 1);
    }

    private static List<String> paths(Model model) {
        List<String> paths = new ArrayList<>();
        model.parameters().forEach(parameter -> paths.add(parameter.toString()));
        return paths;
    }

    private static Tensor random(int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Draws.of(5).normal(i);
        }
        return Tensors.variable(shape, values);
    }

    private static Sequential languageModel() {
        Map<String, LayerSpec<?>> layers = new LinkedHashMap<>();
        layers.put("embed", new Embedding(5, 3));
        layers.put("lstm", TimeLSTM.stateful(3, 4));
        layers.put("output", new Affine(4, 5));
        return new Sequential(layers);
    }

    @Test
    void aTimeLayerIsTimeOverItsCell() {
        Map<LayerSpec<Layer>, LayerSpec<Layer>> pairs = Map.of(
                new TimeRNN(3, 4), new Time(new RNN(3, 4)),
                new TimeLSTM(3, 4), new Time(new LSTM(3, 4)),
                new TimeGRU(3, 4), new Time(new GRU(3, 4)));
        Tensor x = random(2, 5, 3);
        pairs.forEach((layer, time) -> {
            Model a = model("node", layer);
            Model b = model("node", time);
            assertEquals(paths(b), paths(a));
            assertArrayEquals(b.forward(x).toFloats(), a.forward(x).toFloats());
        });
    }

    @Test
    void parametersHavePaths() {
        assertEquals(
                List.of("node.cell.wx(3,4)", "node.cell.wh(4,4)", "node.cell.b(4)"),
                paths(model("node", new TimeRNN(3, 4))));
        assertEquals(
                List.of("node.cell.wx(3,16)", "node.cell.wh(4,16)", "node.cell.b(16)"),
                paths(model("node", new TimeLSTM(3, 4))));
        assertEquals(
                List.of("node.cell.wx(3,12)", "node.cell.wh(4,12)", "node.cell.b(12)", "node.cell.bn(4)"),
                paths(model("node", new TimeGRU(3, 4))));
        assertEquals(
                List.of("node.cell.wx(3,12)", "node.cell.wh(4,12)", "node.cell.b(12)"),
                paths(model("node", new TimeGRU(3, 4, GRU.Reset.BEFORE, null, null))));
        assertEquals(List.of("node.weight(5,3)"), paths(model("node", new Embedding(5, 3))));
        assertEquals(List.of("node.weight(4,5)", "node.bias(5)"), paths(model("node", new Affine(4, 5))));
        assertEquals(
                List.of(
                        "net.embed.weight(5,3)",
                        "net.lstm.cell.wx(3,16)",
                        "net.lstm.cell.wh(4,16)",
                        "net.lstm.cell.b(16)",
                        "net.output.weight(4,5)",
                        "net.output.bias(5)"),
                paths(model("net", languageModel())));
    }

    @Test
    void theForgetGateBeginsAsOpenAsItIsTold() {
        Model open = model("node", new TimeLSTM(3, 2, 1.0, null, null));
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 0, 0, 0, 0},
                open.parameter("node.cell.b").values());
        assertArrayEquals(
                new float[8],
                model("node", new TimeLSTM(3, 2)).parameter("node.cell.b").values());
    }

    @Test
    void eachGateHasAMatrixOfItsOwn() {
        Model model = model("node", new TimeLSTM(3, 4, null, Init.orthogonal(1), null));
        Tensor wh = model.parameter("node.cell.wh").snapshot();
        for (int gate = 0; gate < 4; gate++) {
            Tensor block = wh.columns(4 * gate, 4 * gate + 4);
            assertArrayEquals(
                    new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1},
                    block.matmulTransposed(block).toFloats(),
                    1e-5f);
        }
    }

    @Test
    void aStatefulLayerGoesOnAndAnotherBeginsAnew() {
        Tensor x = random(2, 6, 3);
        Tensor left = Tensor.stack(List.of(x.step(0), x.step(1)));
        Tensor right = Tensor.stack(List.of(x.step(2), x.step(3), x.step(4), x.step(5)));

        Model stateful = model("rnn", TimeGRU.stateful(3, 4));
        Forward whole = stateful.forward(Window.of(x));
        Carry carry = stateful.forward(Window.of(left)).carry();
        Forward rest = stateful.forward(Window.of(right).with(carry));
        for (int t = 0; t < 4; t++) {
            assertArrayEquals(
                    whole.output().step(t + 2).toFloats(), rest.output().step(t).toFloats());
        }
        assertArrayEquals(
                whole.carry().state("rnn").get("h").toFloats(),
                rest.carry().state("rnn").get("h").toFloats());

        Model anew = model("rnn", new TimeGRU(3, 4));
        assertArrayEquals(
                anew.forward(Window.of(right)).output().toFloats(),
                anew.forward(Window.of(right).with(carry)).output().toFloats());
    }

    /** They hand on a state all the same, to a session that streams. */
    @Test
    void whatIsNotStatefulBeginsAnewInEachWindow() {
        List<LayerSpec<?>> layers = List.of(
                new Encoder(new GRU(3, 4)),
                new Convolution(3, 4, 2),
                new LastValid(),
                new Max(),
                new Mean(),
                new RecurrentDropout(new GRU(3, 4), 0.5),
                new Zoneout(new GRU(3, 4), Map.of("h", 0.5)));
        Window window = Window.of(random(2, 3, 3));
        for (LayerSpec<?> layer : layers) {
            Model model = model("layer", layer);
            Forward first = model.forward(window);
            assertEquals(Set.of("layer"), first.carry().states().keySet(), layer.toString());
            assertArrayEquals(
                    first.output().toFloats(),
                    model.forward(window.with(first.carry())).output().toFloats(),
                    layer.toString());
        }
    }

    @Test
    void gradientsStopBetweenWindows() {
        Tensor x = random(2, 3, 3);
        Model model = model("rnn", TimeRNN.stateful(3, 4));
        Carry carry = model.forward(Window.of(x)).carry();
        Tensor next = random(2, 3, 3);
        Gradients gradients =
                Gradients.of(model.forward(Window.of(next).with(carry)).output().sum());
        assertArrayEquals(new float[18], gradients.get(x).toFloats());
    }

    @Test
    void aRowPastItsEndKeepsItsStateAndOutputsZeros() {
        Tensor x = random(2, 3, 3);
        Model model = model("rnn", TimeLSTM.stateful(3, 4));
        Forward forward = model.forward(Window.of(x).with(Spans.of(3, 1)));
        float[] outputs = forward.output().toFloats();
        float[] last = forward.carry().state("rnn").get("h").toFloats();
        for (int i = 0; i < 4; i++) {
            assertEquals(outputs[2 * 4 + i], last[i]);
            assertEquals(outputs[3 * 4 + i], last[4 + i]);
            assertEquals(0, outputs[4 * 4 + i]);
            assertEquals(0, outputs[5 * 4 + i]);
        }
    }

    @Test
    void aSequenceIsItsLayersInARow() {
        Model net = model("net", languageModel());
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Parameter parameter : net.parameters()) {
            values.put(parameter.name().substring("net.".length()), parameter.snapshot());
        }
        ModelSpec.Chain chain = ModelSpec.chain();
        languageModel().layers().forEach(chain::then);
        Forward expected = Model.restore(chain.build(), 1, values).forward(Window.of(IDS));
        Forward found = net.forward(Window.of(IDS));
        assertArrayEquals(expected.output().toFloats(), found.output().toFloats());
        assertEquals(Set.of("net.lstm"), found.carry().states().keySet());
        assertArrayEquals(
                expected.carry().state("lstm").get("c").toFloats(),
                found.carry().state("net.lstm").get("c").toFloats());
    }

    @Test
    void aSequenceTakesWhatItsFirstLayerTakes() {
        Sequential ofIds = languageModel();
        Sequential ofNumbers = new Sequential(Map.of("affine", new Affine(3, 4)));
        // A sequence in a sequence: only one that takes ids can stand where ids come in.
        assertEquals(
                2,
                model("outer", new Sequential(Map.of("inner", ofIds)))
                        .forward(IDS)
                        .shape()
                        .dim(0));
        assertEquals(
                Shape.of(2, 5, 4),
                model("outer", new Sequential(Map.of("inner", ofNumbers)))
                        .forward(random(2, 5, 3))
                        .shape());
        Node[] created = new Node[2];
        model("node", (LayerSpec<Node>) params -> created[0] = ofIds.create(params));
        model("node", (LayerSpec<Node>) params -> created[1] = ofNumbers.create(params));
        assertEquals(true, created[0] instanceof IdsLayer);
        assertEquals(true, created[1] instanceof Layer);
    }

    @Test
    void sharedWeightsAddToOneGradient() {
        LayerSpec<IdsLayer> embed = new Embedding(5, 3, Init.normal(1));
        Model tied = Model.create(
                ModelSpec.chain()
                        .then("embed", embed)
                        .then("output", Affine.sameAs("embed.weight", 3, 5))
                        .build(),
                1);
        assertEquals(List.of("embed.weight(5,3)", "output.bias(5)"), paths(tied));

        Parameter table = tied.parameter("embed.weight");
        Tensor transposed =
                Tensors.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1).matmulTransposed(table.snapshot());
        Model apart = Model.restore(
                ModelSpec.chain()
                        .then("embed", embed)
                        .then("output", new Affine(3, 5))
                        .build(),
                1,
                Map.of(
                        "embed.weight", table.snapshot(),
                        "output.weight", transposed,
                        "output.bias", Tensors.zeros(Shape.of(5))));
        Tensor weights = random(2, 4, 5);
        Tensor ofTied = tied.forward(IDS);
        Tensor ofApart = apart.forward(IDS);
        assertArrayEquals(ofApart.toFloats(), ofTied.toFloats(), 1e-6f);

        float[] found = Gradients.of(ofTied.times(weights).sum()).array(table);
        Gradients two = Gradients.of(ofApart.times(weights).sum());
        float[] asTable = two.array(apart.parameter("embed.weight"));
        float[] asMatrix = two.array(apart.parameter("output.weight"));
        for (int id = 0; id < 5; id++) {
            for (int d = 0; d < 3; d++) {
                assertEquals(asTable[id * 3 + d] + asMatrix[d * 5 + id], found[id * 3 + d], 1e-5f);
            }
        }
    }

    @Test
    void errorsNameTheirPlace() {
        fails("net.output: matmul (2,4,4)·(9,5): inner dimensions differ", () -> {
            Map<String, LayerSpec<?>> layers =
                    new LinkedHashMap<>(languageModel().layers());
            layers.put("output", new Affine(9, 5));
            model("net", new Sequential(layers)).forward(IDS);
        });
        fails(
                "rnn.cell: matmul (2,7)·(3,16): inner dimensions differ",
                () -> model("rnn", new TimeLSTM(3, 4)).forward(random(2, 5, 7)));
        fails(
                "rnn: expects (N,T,D) with T at least 1, got (2,3)",
                () -> model("rnn", new TimeLSTM(3, 4)).forward(random(2, 3)));
        fails(
                "net.embed: id 5 at row 0, step 1 is outside the vocabulary of 5 (0 to 4)",
                () -> model("net", languageModel()).forward(Ids.of(new int[] {0, 5})));
        fails(
                "net.output: sameAs embed.weight: no parameter of an earlier layer has this path;"
                        + " did you mean net.embed.weight?",
                () -> {
                    Map<String, LayerSpec<?>> layers =
                            new LinkedHashMap<>(languageModel().layers());
                    layers.put("output", Affine.sameAs("embed.weight", 4, 5));
                    model("net", new Sequential(layers));
                });
    }

    private static void fails(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
