package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.attention.AttentionWeight;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.BidirectionalEncoder;
import org.rnn4j.layers.sequence.Bridge;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;

/** Attentions over rows of different lengths and a whole sequence-to-sequence model, against PyTorch's numbers and gradients. */
class GoldenSeq2seqTest {
    private static Golden golden(String name) {
        List<Golden> cases = Golden.cases("pytorch-seq2seq");
        assertEquals(7, cases.size());
        return cases.stream()
                .filter(one -> one.name().endsWith(" " + name))
                .findFirst()
                .orElseThrow();
    }

    private static Spans lengths(Golden golden, String key) {
        return Golden.lengths(golden.config().get(key));
    }

    @Test
    void attentionByTheDotProduct() {
        attention(golden("attention-dot"), new AttentionWeight(6), List.of());
    }

    @Test
    void attentionByTheScaledDotProduct() {
        attention(golden("attention-scaled"), AttentionWeight.scaled(6), List.of());
    }

    @Test
    void additiveAttention() {
        attention(golden("attention-additive"), new AdditiveWeight(6, 6, 3), List.of("wq", "wv", "v"));
    }

    private static void attention(Golden golden, LayerSpec<Node> weight, List<String> parameters) {
        ModelSpec spec = ModelSpec.graph("queries", "values")
                .node("attention", new TimeAttention(weight, 6), "queries", "values")
                .build("attention", "attention.weights");
        Map<String, Tensor> start = new LinkedHashMap<>();
        parameters.forEach(name -> start.put("attention.weight." + name, golden.constant(name)));
        Model model = Model.restore(spec, 1, start);
        Tensor queries = golden.variable("queries");
        float[] numbers = golden.floats("values");
        // What stands in the padding reaches nothing: row 2 has one step.
        numbers[numbers.length - 1] = Float.NaN;
        Tensor values = Tensors.variable(Shape.of(3, 5, 6), numbers);
        Forward forward = model.forward(Window.of(Map.of("queries", queries, "values", values))
                .with(lengths(golden, "asked"))
                .with("values", lengths(golden, "there")));
        golden.check("output", forward.output());
        golden.check("weights", (Tensor) forward.outputs().get(1));
        Gradients gradients = Gradients.of(
                forward.output().times(golden.constant("output_weight")).sum());
        golden.check("grad.queries", gradients.get(queries));
        golden.check("grad.values", gradients.get(values));
        parameters.forEach(
                name -> golden.check("grad." + name, gradients.get(model.parameter("attention.weight." + name))));
    }

    @Test
    void aWholeModel() {
        whole(golden("seq2seq"), behind(new Decoder(new LSTM(6, 6)), "write", "encoder.h", "encoder.c"), Map.of());
    }

    /** The book's AttentionSeq2seq hands on h alone. */
    @Test
    void theBooksModelBeginsItsDecodersCellWithZeros() {
        whole(golden("book"), behind(new Decoder(new LSTM(6, 6), List.of("h")), "write", "encoder.h"), Map.of());
    }

    /** With attention behind a decoder. */
    private static ModelSpec behind(Decoder decoder, String... inputs) {
        return ModelSpec.graph("source", "target")
                .node("read", new Embedding(7, 6), "source")
                .node("encoder", new Encoder(new LSTM(6, 6)), "read")
                .node("write", new Embedding(7, 6), "target")
                .node("decoder", decoder, inputs)
                .node("attention", new TimeAttention(6), "decoder", "encoder")
                .node("both", new Concat(), "attention", "decoder")
                .node("output", new Affine(12, 7), "both")
                .build("output");
    }

    @Test
    void anEncoderOfTwoDirectionsBeginsADecoder() {
        ModelSpec spec = ModelSpec.graph("source", "target")
                .node("read", new Embedding(7, 6), "source")
                .node("encoder", new BidirectionalEncoder(new LSTM(6, 6)), "read")
                .node("h", new Bridge(12, 6), "encoder.forward.h", "encoder.backward.h")
                .node("c", new Bridge(12, 6), "encoder.forward.c", "encoder.backward.c")
                .node("write", new Embedding(7, 6), "target")
                .node("decoder", new Decoder(new LSTM(6, 6)), "write", "h", "c")
                .node("output", new Affine(6, 7), "decoder")
                .build("output");
        Map<String, String> paths = new LinkedHashMap<>();
        for (String part : List.of("h", "c")) {
            paths.put("bridge." + part + ".weight", part + ".weight");
            paths.put("bridge." + part + ".bias", part + ".bias");
        }
        for (String part : List.of("wx", "wh", "b")) {
            paths.put("forward." + part, "encoder.forward." + part);
            paths.put("backward." + part, "encoder.backward." + part);
            paths.put("decoder." + part, "decoder.cell." + part);
        }
        check(golden("bridge"), spec, paths);
    }

    @Test
    void aWholeModelWithAttentionInsideTheStep() {
        Golden golden = golden("attention-inside");
        ModelSpec spec = ModelSpec.graph("source", "target")
                .node("read", new Embedding(7, 6), "source")
                .node("encoder", new Encoder(new LSTM(6, 6)), "read")
                .node("write", new Embedding(7, 6), "target")
                .node(
                        "decoder",
                        new AttentionDecoder(new LSTM(12, 6), new AdditiveWeight(6, 6, 3), 6, 6),
                        "write",
                        "encoder",
                        "encoder.h",
                        "encoder.c")
                .node("output", new Affine(12, 7), "decoder")
                .build("output", "decoder.weights");
        Forward forward = whole(
                golden, spec, Map.of("wq", "decoder.weight.wq", "wv", "decoder.weight.wv", "v", "decoder.weight.v"));
        golden.check("weights", (Tensor) forward.outputs().get(1));
    }

    private static Model loaded(Model model) {
        try {
            Path file = Files.createTempFile("model", ".safetensors");
            try {
                CheckpointFile.save(Checkpoint.of(model), file, TypeRegistry.load());
                return CheckpointFile.load(file, TypeRegistry.load()).model();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks the loss and the gradient of every parameter of a model with an encoder and a decoder.
     *
     * @param more the paths of parameters of the attention, by PyTorch's names
     */
    private static Forward whole(Golden golden, ModelSpec spec, Map<String, String> more) {
        Map<String, String> paths = new LinkedHashMap<>(more);
        for (String lstm : List.of("encoder", "decoder")) {
            for (String part : List.of("wx", "wh", "b")) {
                paths.put(lstm + "." + part, lstm + ".cell." + part);
            }
        }
        return check(golden, spec, paths);
    }

    /** Of the model that was saved and loaded. */
    private static Forward check(Golden golden, ModelSpec spec, Map<String, String> parameters) {
        Map<String, String> paths = new LinkedHashMap<>(parameters);
        List.of("read.weight", "write.weight", "output.weight", "output.bias").forEach(name -> paths.put(name, name));
        Map<String, Tensor> start = new LinkedHashMap<>();
        paths.forEach((theirs, path) -> start.put(path, golden.constant(theirs)));
        Model model = loaded(Model.restore(spec, 1, start));
        assertEquals(paths.size(), model.parameters().size());
        Spans asked = lengths(golden, "asked");
        Forward forward = model.forward(Window.of(Map.of("source", golden.ids("read"), "target", golden.ids("write")))
                .with(asked)
                .with("source", lengths(golden, "there")));
        Tensor loss = new SoftmaxCrossEntropy().of(forward.output(), golden.ids("wanted"), asked);
        golden.check("loss", loss);
        Gradients gradients = Gradients.of(loss);
        paths.forEach((theirs, path) -> golden.check("grad." + theirs, gradients.get(model.parameter(path))));
        return forward;
    }
}
