package org.rnn4j.layers;

import java.util.Map;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.Attention;
import org.rnn4j.layers.attention.AttentionDecoder;
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
import org.rnn4j.layers.sequence.BidirectionalEncoder;
import org.rnn4j.layers.sequence.Bridge;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.PeekyDecoder;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

/** The type ids of the built-in cells, layers and losses: each is its record's name. Found by ServiceLoader. */
public final class Layers implements TypeProvider {
    /** For ServiceLoader. */
    public Layers() {}

    @Override
    public Types types() {
        return Types.of(Spec.class, Layers::all).alias(Spec.class, BookNames.ALL);
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
                Map.entry("RecurrentDropout", RecurrentDropout.class),
                Map.entry("Zoneout", Zoneout.class),
                Map.entry("WeightDrop", WeightDrop.class),
                Map.entry("ActivationPenalty", ActivationPenalty.class),
                Map.entry("Embedding", Embedding.class),
                Map.entry("Affine", Affine.class),
                Map.entry("Convolution", Convolution.class),
                Map.entry("Dropout", Dropout.class),
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
                Map.entry("SigmoidCrossEntropy", SigmoidCrossEntropy.class),
                Map.entry("SquaredError", SquaredError.class),
                Map.entry("Huber", Huber.class),
                Map.entry("Quantile", Quantile.class),
                Map.entry("GaussianLikelihood", GaussianLikelihood.class),
                Map.entry("Ctc", Ctc.class));
    }
}
