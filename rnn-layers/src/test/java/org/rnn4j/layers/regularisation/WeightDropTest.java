package org.rnn4j.layers.regularisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.Residual;
import org.rnn4j.layers.sequence.TimeRNN;

class WeightDropTest {
    private static final Ids IDS = Ids.of(new int[] {0, 1, 2, 3}, new int[] {6, 5, 4, 4});

    private static Model model(LayerSpec<?> output) {
        return Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(7, 4))
                        .then("output", output)
                        .build(),
                1);
    }

    /** What a layer shares is not its own, so it is not dropped; it is the other layer's parameter, with one gradient. */
    @Test
    void aSharedWeightIsHandedOnAsItIs() {
        Model dropped = model(new WeightDrop(Affine.sameAs("embed.weight", 4, 7), 0.5, List.of("bias")));
        Model plain = model(Affine.sameAs("embed.weight", 4, 7));
        assertEquals(
                List.of("embed.weight", "output.layer.bias"),
                dropped.parameters().stream().map(p -> p.name()).toList());
        dropped.parameter("output.layer.bias").set(new float[] {0, 0, 0, 0, 0, 0, 0});
        plain.parameter("output.bias").set(new float[] {0, 0, 0, 0, 0, 0, 0});
        Tensor ours = dropped.forward(IDS);
        Tensor theirs = plain.forward(IDS);
        assertArrayEquals(theirs.toFloats(), ours.toFloats());
        assertArrayEquals(
                Gradients.of(theirs.sum()).get(plain.parameter("embed.weight")).toFloats(),
                Gradients.of(ours.sum()).get(dropped.parameter("embed.weight")).toFloats());
    }

    /** The paths below the layer are whole: of two layers within one another, the weight that is named is dropped, and no other. */
    @Test
    void aWeightDeepInsideIsNamedByItsPath() {
        Model model = model(
                new WeightDrop(new Residual(new Residual(new TimeRNN(4, 4))), 0.5, List.of("layer.layer.cell.wh")));
        assertEquals(
                List.of(
                        "embed.weight",
                        "output.layer.layer.layer.cell.wx",
                        "output.layer.layer.layer.cell.wh",
                        "output.layer.layer.layer.cell.b"),
                model.parameters().stream().map(p -> p.name()).toList());
        model.parameter("output.layer.layer.layer.cell.wh").set(new float[16]);
        // Without recurrent weights there is nothing that dropping them could change.
        assertArrayEquals(
                model.inference().forward(IDS).toFloats(), model.forward(IDS).toFloats());
        assertThrows(
                LayerException.class,
                () -> model(new WeightDrop(new Residual(new TimeRNN(4, 4)), 0.5, List.of("cell.wh"))));
    }

    /** The layer inside is created for training where this is, and for inference where this is; also where nothing is dropped. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void theLayerInsideIsTrainedToo(double rate) {
        Model model = model(new WeightDrop(new Residual(new Dropout(0.5, Dropout.Mask.ELEMENT)), rate, List.of()));
        float[] twice =
                model(new Residual(new ActivationPenalty(0, 0))).forward(IDS).toFloats();
        assertArrayEquals(twice, model.inference().forward(IDS).toFloats());
        assertFalse(Arrays.equals(twice, model.forward(IDS).toFloats()));
    }
}
