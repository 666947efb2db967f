package org.rnn4j.api.op;

import org.rnn4j.api.Tensor;

/**
 * A parameter of a cell other than Wx and b, or some of its columns: the handle by which a {@link StepKernel} gets the parameter's numbers and
 * addresses its gradient. A kernel holds its weights as fields.
 *
 * @param parameter a matrix (H,…), to multiply with, or a vector (…), to add
 * @param from the first of its columns
 * @param to the column after the last
 */
public record Weight(Tensor parameter, int from, int to) {
    /** A whole parameter. */
    public static Weight of(Tensor parameter) {
        return new Weight(parameter, 0, parameter.shape().columns());
    }

    /** Columns {@code first} (inclusive) to {@code end} (exclusive) of this, such as the part of one gate. */
    public Weight columns(int first, int end) {
        return new Weight(parameter, from + first, from + end);
    }

    /** Whether the parameter is a vector, not a matrix. */
    public boolean isVector() {
        return parameter.shape().rank() == 1;
    }
}
