package org.rnn4j.layers.loss;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * How surprised a model is, in nats, by the right class, which is one of V at each position.
 *
 * <pre>
 * loss = mean over valid positions of  -Σ_v w_v * log softmax(y)_v
 * dy   = (softmax(y) - w) / positions
 * w    = (1 - labelSmoothing) * onehot(target) + labelSmoothing / V
 *
 * y (N,T,V) with target ids (N,T), or y (N,V) with target ids (N)
 * </pre>
 *
 * <p>The output is the scores before softmax. A position is valid if it is before its row's end and its target is not negative ({@link Ids#IGNORED}).
 *
 * <pre>{@code
 * Loss loss = new SoftmaxCrossEntropy();
 * Tensor nats = loss.of(scores, targets, Spans.full()); // e^nats is the perplexity
 * }</pre>
 *
 * <p>Without label smoothing, which is the default, the loss is the surprise alone: {@code -log softmax(y)[target]}. With it, a model is penalized
 * for certainty about the right class, and e^loss is not a perplexity.
 *
 * <p>Cost: one exponential for each score. Source: Bridle, "Training stochastic model recognition algorithms as networks", 1989; label smoothing:
 * Szegedy et al., "Rethinking the Inception architecture for computer vision", 2016, section 7.
 *
 * @param labelSmoothing the share of the target that is spread evenly over all classes, from 0 to below 1; 0 by default
 */
public record SoftmaxCrossEntropy(Double labelSmoothing) implements Loss, LossSpec {
    /** Checks the value; null is the default. */
    public SoftmaxCrossEntropy {
        labelSmoothing = labelSmoothing == null ? Double.valueOf(0) : labelSmoothing;
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    "labelSmoothing is " + labelSmoothing + ", expected 0 or more and below 1");
        }
    }

    /** Without label smoothing. */
    public SoftmaxCrossEntropy() {
        this(null);
    }

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Ids ids = ids(target);
        Shape shape = output.shape();
        if (shape.rank() < 2 || !shape.without(-1).equals(ids.shape())) {
            throw new IllegalArgumentException("softmax cross-entropy of " + shape + " with target ids " + ids.shape()
                    + ": expected (N,T,V) with (N,T), or (N,V) with (N)");
        }
        Positions positions = positions(ids, lengths);
        Ids classes = classes(ids, positions, shape.columns());
        MeanSurprise inOne = new MeanSurprise(classes, positions, labelSmoothing);
        Optional<List<Tensor>> done = inOne.on(output);
        if (done.isPresent()) {
            return done.get().get(0);
        }
        Tensor scores = positions.of(output).logSoftmax();
        Tensor surprise = scores.pick(classes).times(labelSmoothing - 1);
        if (labelSmoothing > 0) {
            Tensor all = scores.sumColumns().times(-labelSmoothing / shape.columns());
            surprise = surprise.plus(all.reshape(surprise.shape().dims()));
        }
        // A row that does not count is now the surprise of zeros, which is not 0.
        return positions.mean(positions.of(surprise));
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return positions(ids(target), lengths).count();
    }

    private static Ids ids(Value target) {
        if (!(target instanceof Ids ids)) {
            throw new IllegalArgumentException(
                    "softmax cross-entropy: expected ids as the target, got a tensor of shape " + target.shape());
        }
        if (ids.shape().rank() < 1 || ids.shape().rank() > 2) {
            throw new IllegalArgumentException(
                    "softmax cross-entropy: expected target ids (N,T) or (N), got " + ids.shape());
        }
        return ids;
    }

    private static Positions positions(Ids ids, Spans lengths) {
        boolean[] valid = Positions.of(ids.shape(), lengths).valid();
        int count = 0;
        for (int i = 0; i < valid.length; i++) {
            valid[i] &= ids.at(i) >= 0;
            count += valid[i] ? 1 : 0;
        }
        return new Positions(valid, count);
    }

    /** The targets, checked to be classes, with class 0 where there is none. */
    private static Ids classes(Ids ids, Positions positions, int classes) {
        int[] values = ids.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = positions.valid()[i] ? values[i] : 0;
        }
        // As (N,1) a target without a time axis is named by its row in the message.
        Shape shape = ids.shape();
        Ids.of(shape.rank() == 1 ? shape.over(1) : shape, values).below(classes, "classes");
        return Ids.of(shape, values);
    }
}
