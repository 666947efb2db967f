package org.rnn4j.layers.loss;

import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;

/**
 * The positions of a window that a loss is a mean over.
 *
 * @param valid whether each of the N·T positions counts; N without a time axis
 * @param count how many do
 */
record Positions(boolean[] valid, int count) {
    /** The positions {@code (N,T)}, or {@code (N)}, that are before their rows' ends. */
    static Positions of(Shape shape, Spans lengths) {
        int rows = shape.dim(0);
        int steps = shape.rank() == 1 ? 1 : shape.dim(1);
        // Without a time axis the lengths are those of the input's rows.
        lengths.within(rows, shape.rank() == 1 ? Integer.MAX_VALUE : steps);
        boolean[] valid = lengths.mask(rows, steps);
        int count = 0;
        for (boolean one : valid) {
            count += one ? 1 : 0;
        }
        return new Positions(valid, count);
    }

    /** The positions of values {@code (N,T,…)}, or {@code (N,D)}, that are before their rows' ends. */
    static Positions ofValues(Shape shape, Spans lengths) {
        return of(shape.rank() == 2 ? Shape.of(shape.dim(0)) : Shape.of(shape.dim(0), shape.dim(1)), lengths);
    }

    /** The numbers of valid positions, and zeros elsewhere. */
    Tensor of(Tensor x) {
        return count == valid.length
                ? x
                : x.where(valid, x.constant(x.shape(), new float[x.shape().size()]));
    }

    /** The mean over all numbers of valid positions, with zeros at the others; 0 if no position is valid. */
    Tensor mean(Tensor x) {
        double numbers = count == 0 ? 1 : count * ((double) x.shape().size() / valid.length);
        return x.sum().times(1 / numbers);
    }
}
