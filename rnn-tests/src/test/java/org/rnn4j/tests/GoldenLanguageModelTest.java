package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeLSTM;

/** Ten steps of a whole language model with carried state, against PyTorch's losses, gradients, norms and final weights. */
class GoldenLanguageModelTest {
    /** Their names to our paths. */
    private static final Map<String, String> PATHS = Map.of(
            "embedding.weight", "embed.weight",
            "lstm.wx", "lstm.cell.wx",
            "lstm.wh", "lstm.cell.wh",
            "lstm.b", "lstm.cell.b",
            "affine.weight", "output.weight",
            "affine.bias", "output.bias");

    static Stream<Arguments> cases() {
        List<Golden> cases = Golden.cases("pytorch-language-model");
        assertEquals(2, cases.size());
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenSteps(Golden golden) {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(golden.number("V"), golden.number("D")))
                .then("lstm", TimeLSTM.stateful(golden.number("D"), golden.number("H")))
                .then("output", new Affine(golden.number("H"), golden.number("V")))
                .build();
        Map<String, Tensor> start = new LinkedHashMap<>();
        PATHS.forEach((theirs, path) -> start.put(path, golden.constant(theirs)));
        Model model = Model.restore(spec, 1, start);
        Optimizer optimizer = new Optimizer(new Sgd(), model);
        Loss loss = new SoftmaxCrossEntropy();

        double[] losses = new double[10];
        double[] norms = new double[losses.length];
        Carry carry = Carry.none();
        for (int k = 0; k < losses.length; k++) {
            Forward forward = model.forward(Window.of(step(golden, "ids", k)).with(carry));
            carry = forward.carry();
            Tensor value = loss.of(forward.output(), step(golden, "targets", k), Spans.full());
            Gradients gradients = Gradients.of(value);
            if (k == 0 && golden.has("grad.lstm.wx")) {
                PATHS.forEach((theirs, path) -> golden.check("grad." + theirs, gradients.get(model.parameter(path))));
            }
            double limit = golden.config().path("max_norm").asDouble(Double.POSITIVE_INFINITY);
            losses[k] = value.item();
            norms[k] = gradients.clip(limit, model.parameters());
            optimizer.step(gradients, golden.config().get("learning_rate").asDouble());
        }
        golden.check("losses", losses);
        golden.check("norms", norms);
        PATHS.forEach((theirs, path) ->
                golden.check("final." + theirs, model.parameter(path).snapshot()));
        golden.check("final.h", carry.state("lstm").get("h"));
        golden.check("final.c", carry.state("lstm").get("c"));
    }

    private static Ids step(Golden golden, String name, int k) {
        Shape shape = golden.shape(name).without(0);
        int[] all = golden.ids(name).toArray();
        return Ids.of(shape, Arrays.copyOfRange(all, k * shape.size(), (k + 1) * shape.size()));
    }
}
