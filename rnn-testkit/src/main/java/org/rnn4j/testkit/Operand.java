package org.rnn4j.testkit;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;

/**
 * The kind of an input of an op, from which {@link OpContract} generates values.
 *
 * @param shape of one row if there is one for each row of the batch, else of all
 * @param ofRows whether there is one for each row of the batch
 * @param least numbers are drawn from here
 * @param most to below here
 */
public record Operand(Shape shape, boolean ofRows, double least, double most) {
    /** Checks the range. */
    public Operand {
        if (!(least < most)) {
            throw new IllegalArgumentException("least is " + least + ", expected less than most, which is " + most);
        }
    }

    /** Numbers of shape {@code (3,…)}: some for each of three batch rows. */
    static Operand drawn(Shape shape, boolean ofRows) {
        return new Operand(shape, ofRows, -0.5, 0.5);
    }

    /** Numbers of shape {@code (3,…)}, between -0.5 and 0.5: some for each of three batch rows. */
    public static Operand rows(int... dims) {
        return drawn(Shape.of(dims), true);
    }

    /** Numbers of a shape, between -0.5 and 0.5, that all rows share, such as a weight. */
    public static Operand shared(int... dims) {
        return drawn(Shape.of(dims), false);
    }

    /** The same with other numbers: a logarithm needs them above 0. */
    public Operand between(double newLeast, double newMost) {
        return new Operand(shape, ofRows, newLeast, newMost);
    }

    /** Numbers that float32 holds exactly. */
    Numbers draw(Draws draws, int... rows) {
        Numbers drawn = ofRows
                ? Numbers.drawn(draws, shape, rows)
                : Numbers.drawn(draws, shape, 0).whole();
        double[] values = drawn.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (least + (values[i] + 0.5) * (most - least));
        }
        return new Numbers(drawn.shape(), values);
    }
}
