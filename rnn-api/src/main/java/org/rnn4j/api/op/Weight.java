package org.rnn4j.api.op;

import org.rnn4j.api.Tensor;

/**
 * A parameter of a cell beside Wx and b, or some of its columns: the handle by which a {@link StepKernel} is given the parameter's numbers, and
 * says where its gradient goes. A kernel holds its weights as fields.
 *
 * @param parameter a matrix (H,…), to multiply with, or a vector (…), to add
 * @param from the first of its columns
 * @param to the column behind the last
 */
public record Weight(Tensor parameter, int from, int to) {
    /** A whole parameter. */
    public static Weight of(Tensor parameter) {
        return new Weight(parameter, 0, parameter.shape().columns());
    }

    /** Columns {@code first} (inclusive) to {@code end} (exclusive) of this: one gate's part. */
    public Weight columns(int first, int end) {
        return new Weight(parameter, from + first, from + end);
    }

    /** Whether it is a vector, and no matrix. */
    public boolean isVector() {
        return parameter.shape().rank() == 1;
    }
}
