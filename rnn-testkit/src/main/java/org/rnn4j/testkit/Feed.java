package org.rnn4j.testkit;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/** The kind of an input of a layer, from which a contract generates values. */
public sealed interface Feed {

    /** Numbers of shape {@code (N,T,D)}, or {@code (N,T,…)} for several widths. */
    static Feed numbers(int... widths) {
        return new OfNumbers(Shape.of(widths));
    }

    /** Numbers {@code (N,D)} without a time axis: one vector for each row, such as a state. */
    static Feed row(int width) {
        return new OfRow(width);
    }

    /** Token ids {@code (N,T)}, each below {@code limit}. */
    static Feed ids(int limit) {
        return new OfIds(limit);
    }

    /**
     * See {@link #numbers}.
     *
     * @param step the shape of one step of one row
     */
    record OfNumbers(Shape step) implements Feed {
        /** Checks that a step has columns. */
        public OfNumbers {
            if (step.rank() == 0) {
                throw new IllegalArgumentException("numbers: expected the width of the input");
            }
        }

        Numbers draw(Draws draws, int steps, int... rows) {
            int[] dims = new int[step.rank() + 1];
            dims[0] = steps;
            System.arraycopy(step.dims(), 0, dims, 1, step.rank());
            return Numbers.drawn(draws, Shape.of(dims), rows);
        }
    }

    /**
     * See {@link #row}.
     *
     * @param width D
     */
    record OfRow(int width) implements Feed {
        Numbers draw(Draws draws, int... rows) {
            return Numbers.drawn(draws, Shape.of(width), rows);
        }
    }

    /**
     * See {@link #ids}.
     *
     * @param limit the number of different ids
     */
    record OfIds(int limit) implements Feed {
        Ids draw(Draws draws, int steps, int... rows) {
            int[] ids = new int[rows.length * steps];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = draws.at(rows[i / steps]).below(i % steps, limit);
            }
            return Ids.of(Shape.of(rows.length, steps), ids);
        }
    }
}
