package org.rnn4j.layers;

import java.util.Map;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.layers.loss.GaussianLikelihood;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.layers.loss.TimeSigmoidWithLoss;
import org.rnn4j.layers.loss.TimeSoftmaxWithLoss;

/** The type ids of the built-in cells, layers and losses: each is its record's name. Found by ServiceLoader. */
public final class Layers implements TypeProvider {
    /** For ServiceLoader. */
    public Layers() {}

    @Override
    public Types types() {
        return Types.of(Spec.class, Layers::all);
    }

    private static Map<String, Class<? extends Spec<?>>> all() {
        return Map.ofEntries(
                Map.entry("RNN", RNN.class),
                Map.entry("LSTM", LSTM.class),
                Map.entry("GRU", GRU.class),
                Map.entry("ProjectedLSTM", ProjectedLSTM.class),
                Map.entry("PeepholeLSTM", PeepholeLSTM.class),
                Map.entry("LayerNormRNN", LayerNormRNN.class),
                Map.entry("LayerNormLSTM", LayerNormLSTM.class),
                Map.entry("LayerNormGRU", LayerNormGRU.class),
                Map.entry("Time", Time.class),
                Map.entry("TimeRNN", TimeRNN.class),
                Map.entry("TimeLSTM", TimeLSTM.class),
                Map.entry("TimeGRU", TimeGRU.class),
                Map.entry("Bidirectional", Bidirectional.class),
                Map.entry("BidirectionalEncoder", BidirectionalEncoder.class),
                Map.entry("TimeBiLSTM", TimeBiLSTM.class),
                Map.entry("RecurrentDropout", RecurrentDropout.class),
                Map.entry("Zoneout", Zoneout.class),
                Map.entry("WeightDrop", WeightDrop.class),
                Map.entry("ActivationPenalty", ActivationPenalty.class),
                Map.entry("Embedding", Embedding.class),
                Map.entry("TimeEmbedding", TimeEmbedding.class),
                Map.entry("Affine", Affine.class),
                Map.entry("TimeAffine", TimeAffine.class),
                Map.entry("Convolution", Convolution.class),
                Map.entry("Dropout", Dropout.class),
                Map.entry("TimeDropout", TimeDropout.class),
                Map.entry("LayerNorm", LayerNorm.class),
                Map.entry("Residual", Residual.class),
                Map.entry("Sequential", Sequential.class),
                Map.entry("Last", Last.class),
                Map.entry("LastValid", LastValid.class),
                Map.entry("Mean", Mean.class),
                Map.entry("Max", Max.class),
                Map.entry("Encoder", Encoder.class),
                Map.entry("Decoder", Decoder.class),
                Map.entry("PeekyDecoder", PeekyDecoder.class),
                Map.entry("Bridge", Bridge.class),
                Map.entry("Concat", Concat.class),
                Map.entry("AttentionWeight", AttentionWeight.class),
                Map.entry("AdditiveWeight", AdditiveWeight.class),
                Map.entry("WeightSum", WeightSum.class),
                Map.entry("Attention", Attention.class),
                Map.entry("TimeAttention", TimeAttention.class),
                Map.entry("AttentionDecoder", AttentionDecoder.class),
                Map.entry("SoftmaxCrossEntropy", SoftmaxCrossEntropy.class),
                Map.entry("TimeSoftmaxWithLoss", TimeSoftmaxWithLoss.class),
                Map.entry("SigmoidCrossEntropy", SigmoidCrossEntropy.class),
                Map.entry("TimeSigmoidWithLoss", TimeSigmoidWithLoss.class),
                Map.entry("SquaredError", SquaredError.class),
                Map.entry("Huber", Huber.class),
                Map.entry("Quantile", Quantile.class),
                Map.entry("GaussianLikelihood", GaussianLikelihood.class),
                Map.entry("Ctc", Ctc.class));
    }
}
