package org.rnn4j.layers;

import java.util.Map;
import org.rnn4j.api.Alias;

/**
 * The book's names of layers and losses that have other names here, for configurations. Its {@code TimeRNN}, {@code TimeLSTM} and {@code TimeGRU} are
 * layers of these names. Source: Saito, "Deep Learning from Scratch 2", common/time_layers.
 */
final class BookNames {
    static final Map<String, Alias> ALL = Map.of(
            "TimeAffine", Alias.of("Affine"),
            "TimeEmbedding", Alias.of("Embedding"),
            "TimeDropout", Alias.of("Dropout").with("mask", "element"),
            "TimeBiLSTM", Alias.of("LSTM").in("Bidirectional", "cell"),
            "TimeSoftmaxWithLoss", Alias.of("SoftmaxCrossEntropy"),
            "TimeSigmoidWithLoss", Alias.of("SigmoidCrossEntropy"));

    private BookNames() {}
}
