package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Spec;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.layers.Layers;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ModelFormat;

/** In a configuration, the book's names stand for layers and losses that have other names here. */
class BookNamesTest {
    private static final TypeRegistry TYPES = TypeRegistry.load();

    private final Set<String> tried = new HashSet<>();

    @Test
    void eachStandsForALayerOrALoss() {
        reads("TimeAffine", "inputs: 4, outputs: 5", new Affine(4, 5));
        reads(
                "TimeAffine",
                "inputs: 4, outputs: 5, weight: {sameAs: embed.weight}",
                new Affine(4, 5, new SameAs("embed.weight"), null));
        reads("TimeEmbedding", "ids: 7, width: 4", new Embedding(7, 4));
        reads(
                "TimeEmbedding",
                "ids: 7, width: 4, init: {type: Normal, deviation: 0.01}",
                new Embedding(7, 4, Init.normal(0.01)));
        reads("TimeDropout", "rate: 0.25", new Dropout(0.25, Dropout.Mask.ELEMENT));
        reads("TimeBiLSTM", "inputs: 4, hidden: 5", new Bidirectional(new LSTM(4, 5)));
        reads("TimeBiLSTM", "inputs: 4, hidden: 5, forgetBias: 0.5", new Bidirectional(new LSTM(4, 5, 0.5, null)));
        losses();
        assertEquals(new Layers().types().aliases(Spec.class).keySet(), tried, "every name of the table");
    }

    private void losses() {
        loss("TimeSoftmaxWithLoss", new SoftmaxCrossEntropy());
        loss("TimeSigmoidWithLoss", new SigmoidCrossEntropy());
    }

    private void reads(String name, String components, LayerSpec<?> meant) {
        tried.add(name);
        ModelSpec model = ModelFormat.parse(
                "format: 1\nchain:\n  layer: {type: " + name + ", " + components + "}\n", "model.yaml", TYPES);
        assertEquals(ModelSpec.chain().then("layer", meant).build(), model);
    }

    private void loss(String name, LossSpec meant) {
        tried.add(name);
        Config config =
                Config.parse("format: 1\nloss: " + name + "\n", "run.yaml").with(TYPES);
        assertEquals(meant, config.spec("loss", LossSpec.class));
    }
}
