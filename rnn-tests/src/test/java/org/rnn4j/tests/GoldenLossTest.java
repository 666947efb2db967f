package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Gradients;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.layers.loss.GaussianLikelihood;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;

/** The losses and their gradients against PyTorch's. */
class GoldenLossTest {
    static List<Golden> goldens() {
        List<Golden> cases = Golden.cases("pytorch-losses");
        assertEquals(24, cases.size());
        List<Golden> ofCtc = Golden.cases("pytorch-ctc");
        assertEquals(10, ofCtc.size());
        return Stream.concat(cases.stream(), ofCtc.stream()).toList();
    }

    static Stream<Arguments> cases() {
        return goldens().stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradient(Golden golden) {
        Tensor logits = golden.variable("logits");
        boolean ofIds = Set.of("cross-entropy", "time-cross-entropy", "ctc").contains(golden.text("loss"));
        Value targets = ofIds ? golden.ids("targets") : golden.constant("targets");
        // A loss has no parameters, so it asks for none.
        Tensor loss = spec(golden).create(null).of(logits, targets, golden.lengths());
        golden.check("loss", loss);
        golden.check("grad.logits", Gradients.of(loss).get(logits));
    }

    static LossSpec spec(Golden golden) {
        return switch (golden.text("loss")) {
            case "cross-entropy" ->
                new SoftmaxCrossEntropy(
                        golden.setting("smoothing").map(Double::valueOf).orElse(null));
            case "time-cross-entropy" -> new SoftmaxCrossEntropy();
            case "sigmoid-cross-entropy", "time-sigmoid-cross-entropy" -> new SigmoidCrossEntropy();
            case "squared-error" -> new SquaredError();
            case "huber" -> new Huber(Double.valueOf(golden.text("delta")));
            case "quantile" ->
                new Quantile(Arrays.stream(golden.text("quantiles").split(" "))
                        .map(Double::valueOf)
                        .toList());
            case "gaussian" -> new GaussianLikelihood();
            case "ctc" -> new Ctc(golden.number("blank"), Ctc.Per.valueOf(golden.text("per")));
            default -> throw new IllegalArgumentException(golden.text("loss"));
        };
    }
}
