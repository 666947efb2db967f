package org.rnn4j.layers.regularisation;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * Sets a random part of its input to zero in training, and does nothing otherwise; the shape does not change.
 *
 * <pre>
 * y = x * m / (1 - rate),   m = 0 with probability rate, else 1
 * </pre>
 *
 * <p>The rest is scaled up, which preserves the expectation, so inference needs no scaling. With {@link Mask#WINDOW} a unit that is off stays off for
 * the whole window, and noise does not accumulate over time steps; with {@link Mask#ELEMENT} every number is drawn independently, as in the book.
 *
 * <pre>{@code
 * Layer dropout = new Dropout(0.5).create(params);
 * Layer asInTheBook = new Dropout(0.5, Dropout.Mask.ELEMENT).create(params);
 * }</pre>
 *
 * <p>Cost: one multiplication for each number. Source: Srivastava et al., "Dropout", 2014; one mask for all steps: Gal and Ghahramani,
 * "A theoretically grounded application of dropout in recurrent neural networks", 2016.
 *
 * @param rate the probability of a zero, from 0 to below 1
 * @param mask what is drawn together; {@link Mask#WINDOW} by default
 */
public record Dropout(double rate, Mask mask) implements LayerSpec<Layer> {
    /** What is drawn together. */
    public enum Mask {
        /** One mask (D) for each row of a window, the same at all its steps. */
        WINDOW,
        /** Every number of (N,T,D) independently. */
        ELEMENT
    }

    /** Checks the rate; a {@code mask} of null is the default. */
    public Dropout {
        Spec.rate("rate", rate);
        mask = mask == null ? Mask.WINDOW : mask;
    }

    /** With one mask for each row of a window. */
    public Dropout(double rate) {
        this(rate, null);
    }

    @Override
    public Layer create(Params params) {
        if (!params.training() || rate == 0) {
            return (x, pass) -> x;
        }
        return mask == Mask.WINDOW
                ? (x, pass) -> ofWindow(x, rate, pass.draws())
                : (x, pass) -> ofElements(x, rate, pass.draws());
    }

    private static Tensor ofWindow(Tensor x, double rate, Draws draws) {
        int[] dims = x.shape().dims();
        if (dims.length < 3) {
            return ofElements(x, rate, draws);
        }
        DropoutOp inOne = new DropoutOp(rate, draws, dims[0], dims[1]);
        dims[1] = 1;
        return inOne.on(x).map(out -> out.get(0)).orElseGet(() -> x.times(factors(x, Shape.of(dims), rate, draws)));
    }

    /** {@code x * m / (1 - rate)} with every number of m drawn independently. */
    static Tensor ofElements(Tensor x, double rate, Draws draws) {
        DropoutOp inOne = new DropoutOp(rate, draws, x.shape().rows(), 1);
        return inOne.on(x).map(out -> out.get(0)).orElseGet(() -> x.times(factors(x, x.shape(), rate, draws)));
    }

    /** {@code m / (1 - rate)} of this shape, as a constant of x's precision. */
    static Tensor factors(Tensor x, Shape shape, double rate, Draws draws) {
        float[] factors = new float[shape.size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = draws.dropout(rate, i);
        }
        return x.constant(shape, factors);
    }
}
