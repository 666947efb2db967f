package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Gradients;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;

/** The losses and their gradients against PyTorch's. */
class GoldenLossTest {
    static Stream<Arguments> cases() {
        List<Golden> cases = Golden.cases("pytorch-losses");
        assertEquals(9, cases.size());
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradient(Golden golden) {
        Tensor logits = golden.variable("logits");
        Value targets =
                golden.text("loss").equals("cross-entropy") ? golden.ids("targets") : golden.constant("targets");
        Tensor loss = loss(golden.text("loss")).of(logits, targets, Lengths.full());
        golden.check("loss", loss);
        golden.check("grad.logits", Gradients.of(loss).get(logits));
    }

    private static Loss loss(String name) {
        // A loss has no parameters, so it asks for none.
        return switch (name) {
            case "cross-entropy" -> new SoftmaxCrossEntropy();
            case "sigmoid-cross-entropy" -> new SigmoidCrossEntropy();
            case "squared-error" -> new SquaredError();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
