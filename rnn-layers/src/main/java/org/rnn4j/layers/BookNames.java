package org.rnn4j.layers;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The book's names of layers and losses that have other names here, as aliases for configurations. Its {@code TimeRNN}, {@code TimeLSTM} and
 * {@code TimeGRU} are layers with these names. Source: Saito, "Deep Learning from Scratch 2", common/time_layers.
 */
final class BookNames {
    static final Map<String, UnaryOperator<Map<String, Object>>> ALL = Map.of(
            "TimeAffine", affine -> with(affine, "type", "Affine"),
            "TimeEmbedding", embedding -> with(embedding, "type", "Embedding"),
            "TimeDropout", dropout -> with(with(dropout, "type", "Dropout"), "mask", "element"),
            "TimeBiLSTM", lstm -> Map.of("type", "Bidirectional", "cell", with(lstm, "type", "LSTM")),
            "TimeSoftmaxWithLoss", loss -> with(loss, "type", "SoftmaxCrossEntropy"),
            "TimeSigmoidWithLoss", loss -> with(loss, "type", "SigmoidCrossEntropy"));

    private BookNames() {}

    private static Map<String, Object> with(Map<String, Object> configuration, String key, Object value) {
        Map<String, Object> result = new HashMap<>(configuration);
        result.put(key, value);
        return result;
    }
}
