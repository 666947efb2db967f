package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Types;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.Attention;
import org.rnn4j.layers.attention.AttentionWeight;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.attention.WeightSum;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.LayerNormGRU;
import org.rnn4j.layers.cell.LayerNormLSTM;
import org.rnn4j.layers.cell.LayerNormRNN;
import org.rnn4j.layers.cell.PeepholeLSTM;
import org.rnn4j.layers.cell.ProjectedLSTM;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.LayerNorm;
import org.rnn4j.layers.feedforward.Residual;
import org.rnn4j.layers.feedforward.Sequential;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.layers.loss.GaussianLikelihood;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.layers.pooling.Last;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.pooling.Max;
import org.rnn4j.layers.pooling.Mean;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.WeightDrop;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.PeekyDecoder;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ModelFormat;

/** Every built-in configuration and model is itself again after it was written and read. */
class SavingTest {
    private static final TypeRegistry LAYERS = TypeRegistry.load();

    /** Each built-in spec at least once: what the tests of layers and losses check, and every kind of setting. */
    static List<Spec<?>> specs() {
        List<Spec<?>> specs = new ArrayList<>(settings());
        specs.addAll(BuiltInContractsTest.specs());
        LossGradientTest.losses()
                .forEach(arguments -> specs.add((Spec<?>) arguments.get()[0]));
        return specs;
    }

    /** Every kind of setting; a layer whose settings are of kinds that are here need not be. */
    private static List<Spec<?>> settings() {
        Map<String, LayerSpec<?>> chain = new LinkedHashMap<>();
        chain.put("second", new Affine(3, 2, null, Init.he()));
        chain.put("first", new Affine(2, 5));
        return List.of(
                new RNN(2, 3, Init.uniform(0.25)),
                new LSTM(2, 3, 0.5, Init.gates(Init.zeros(), Init.xavier(), Init.orthogonal(2), Init.normal(0.1))),
                new GRU(2, 3, GRU.Reset.BEFORE, null),
                new ProjectedLSTM(2, 3, 2, 0.5, Init.normal(0.1)),
                new PeepholeLSTM(2, 3, 0.5, Init.xavier()),
                new LayerNormRNN(2, 3, 0.125, Init.he()),
                new LayerNormLSTM(2, 3, 0.5, 0.125, Init.zeros()),
                new LayerNormGRU(2, 3, 0.25, null),
                new Bidirectional(new GRU(2, 3), Bidirectional.Merge.MEAN),
                new RecurrentDropout(new RNN(2, 3), 0.25, true),
                new Zoneout(new LSTM(2, 3), Map.of("h", 0.05, "c", 0.5), true),
                new WeightDrop(new TimeRNN(2, 3), 0.5, List.of("cell.wh", "cell.wx")),
                new ActivationPenalty(2, 1),
                new Last(),
                new LastValid(),
                new Mean(),
                new Max(),
                new Time(new GRU(2, 3, GRU.Reset.AFTER, Init.constant(0.125)), true),
                new TimeRNN(2, 3),
                TimeLSTM.stateful(2, 3),
                new TimeGRU(2, 3, GRU.Reset.BEFORE, Init.lecun(), null),
                new Embedding(7, 4, null, 0.25),
                Affine.sameAs("embed.weight", 4, 7),
                new Convolution(3, 4, 2, 3, Convolution.Padding.CENTRED, Init.he(), null),
                new Dropout(0.25, Dropout.Mask.ELEMENT),
                new LayerNorm(4, 0.125),
                new Residual(new TimeRNN(3, 3)),
                new Sequential(chain),
                new Encoder(new LSTM(2, 3)),
                new Decoder(new GRU(2, 3)),
                new PeekyDecoder(new RNN(5, 3), 2),
                new Concat(),
                AttentionWeight.scaled(4),
                new AdditiveWeight(2, 3, 4),
                new WeightSum(3),
                new Attention(new AdditiveWeight(2, 3, 4), 3),
                new TimeAttention(3),
                new SoftmaxCrossEntropy(),
                new SigmoidCrossEntropy(),
                new SquaredError(),
                new SoftmaxCrossEntropy(0.1),
                new Huber(0.25),
                new Quantile(List.of(0.1, 0.5)),
                new GaussianLikelihood(),
                new Ctc(3, Ctc.Per.LABEL));
    }

    /** A layer that holds a cell or a loss, which are no nodes; only to be written and read. */
    public record Held(CellSpec cell, LossSpec loss) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> x;
        }
    }

    @Test
    void everySpecIsItselfAgain() {
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        for (Spec<?> spec : specs()) {
            LayerSpec<?> layer = spec instanceof LayerSpec<?> ofNode
                    ? ofNode
                    : spec instanceof CellSpec cell ? new Held(cell, null) : new Held(null, (LossSpec) spec);
            nodes.put("node" + nodes.size(), new NodeSpec(layer, List.of("x")));
        }
        ModelSpec all = new ModelSpec(List.of("x"), nodes, List.of("node0"));
        TypeRegistry layers =
                TypeRegistry.of(new Layers(), () -> Types.of(Spec.class, () -> Map.of("test.held", Held.class)));
        assertEquals(all, ModelFormat.parse(ModelFormat.toJson(all, layers), "all.json", layers));
        assertEquals(all, ModelFormat.parse(ModelFormat.toYaml(all, layers), "all.yaml", layers));
    }

    @Test
    void noSpecIsLeftOut() {
        Set<Class<?>> seen = specs().stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(LAYERS.types(Spec.class).values()), seen);
    }

    @Test
    void aModelOfAllLayersIsItselfAgain(@TempDir Path directory) throws IOException {
        Map<String, LayerSpec<?>> inner = new LinkedHashMap<>();
        inner.put("drop", new Dropout(0.5));
        inner.put("affine", new Affine(8, 4));
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(7, 4))
                        .then("rnn", TimeRNN.stateful(4, 5))
                        .then("lstm", new TimeLSTM(5, 6))
                        .then("gru", new TimeGRU(6, 7, GRU.Reset.BEFORE, null, true))
                        .then("time", Time.stateful(new GRU(7, 8)))
                        .then("inner", new Sequential(inner))
                        .then("output", Affine.sameAs("embed.weight", 4, 7))
                        .build(),
                1);
        Path file = directory.resolve("model.safetensors");
        CheckpointFile.save(Checkpoint.of(model), file, LAYERS);
        byte[] bytes = Files.readAllBytes(file);
        Model loaded = CheckpointFile.load(file, LAYERS).model();
        Ids ids = Ids.of(new int[] {0, 1, 2, 3}, new int[] {6, 5, 4, 4});
        assertArrayEquals(
                model.inference().forward(ids).toFloats(),
                loaded.inference().forward(ids).toFloats());
        CheckpointFile.save(Checkpoint.of(loaded), file, LAYERS);
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }
}
