package org.rnn4j.api;

import java.util.List;

/**
 * How the numbers of a new parameter are chosen. A description only: {@code rnn-core} carries it out, from random numbers that
 * belong to the seed and the parameter's name.
 *
 * <p>For a matrix {@code (D,H)} that is used as {@code x·W}, the fan-in is D and the fan-out H.
 */
public sealed interface Init {
    /** All zeros. */
    static Init zeros() {
        return new Constant(0);
    }

    /** Every number the same. */
    static Init constant(double value) {
        return new Constant(value);
    }

    /** Uniform over {@code [-bound, bound)}; PyTorch's recurrent layers use {@code bound = 1/sqrt(H)}. */
    static Init uniform(double bound) {
        return new Uniform(bound);
    }

    /** Normal with mean 0. */
    static Init normal(double deviation) {
        return new Normal(deviation);
    }

    /** Normal with variance {@code 2/(fan-in + fan-out)} (Glorot and Bengio, 2010, equation 12). */
    static Init xavier() {
        return new Xavier();
    }

    /** Normal with variance {@code 1/fan-in} (LeCun et al., 1998); the book calls it Xavier's initial value. */
    static Init lecun() {
        return new LeCun();
    }

    /** Normal with variance {@code 2/fan-in}, for rectified units (He et al., 2015, equation 10). */
    static Init he() {
        return new He();
    }

    /** A matrix with orthonormal rows or columns, times a gain (Saxe et al., 2014). */
    static Init orthogonal(double gain) {
        return new Orthogonal(gain);
    }

    /** The columns cut into equal blocks, each with its own initial values: one for each gate. */
    static Init gates(Init... blocks) {
        return new Gates(List.of(blocks));
    }

    /** See {@link Init#constant}. */
    record Constant(double value) implements Init {}

    /** See {@link Init#uniform}. */
    record Uniform(double bound) implements Init {}

    /** See {@link Init#normal}. */
    record Normal(double deviation) implements Init {}

    /** See {@link Init#xavier}. */
    record Xavier() implements Init {}

    /** See {@link Init#lecun}. */
    record LeCun() implements Init {}

    /** See {@link Init#he}. */
    record He() implements Init {}

    /** See {@link Init#orthogonal}. */
    record Orthogonal(double gain) implements Init {}

    /** See {@link Init#gates}. */
    record Gates(List<Init> blocks) implements Init {
        /** Copies the list. */
        public Gates {
            blocks = List.copyOf(blocks);
            if (blocks.isEmpty()) {
                throw new IllegalArgumentException("gates: expected at least one block");
            }
        }
    }

    /** Initial values of one's own. */
    non-sealed interface Custom extends Init {
        /**
         * Writes the numbers of a new parameter.
         *
         * @param values row-major, {@code shape.size()} long, zeros; modified
         */
        void fill(float[] values, Shape shape, Draws draws);
    }
}
