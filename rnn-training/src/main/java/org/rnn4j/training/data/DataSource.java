package org.rnn4j.training.data;

import java.io.IOException;
import java.util.function.Supplier;
import org.rnn4j.training.DataSet;

/**
 * Where a run's data comes from and how it is cut: the section {@code data} of a run's configuration.
 *
 * <p>A source is a public record, and the section holds its components. One of a primitive type must be given; one of an object type may be
 * left out and is then null, and the compact constructor says its default. The compact constructor also checks the values, and its message
 * begins with the component's name.
 */
@FunctionalInterface
public interface DataSource {
    /**
     * Reads and cuts the data.
     *
     * @throws IOException where it cannot be read, naming what was looked for
     * @throws IllegalArgumentException where there is too little of it, naming how much was expected
     */
    DataSet load() throws IOException;

    /**
     * The same data with its test part in the place of the validation part: to judge by, once, what was chosen by the other.
     *
     * @throws IOException where it cannot be read, naming what was looked for
     * @throws IllegalArgumentException where there is too little of it, naming how much was expected
     * @throws UnsupportedOperationException where the source has no test part
     */
    default DataSet test() throws IOException {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no test part");
    }

    /**
     * What {@code part} gives, where an error's message gets a name in front: {@code dickens.txt: training part: …}.
     *
     * @throws IllegalArgumentException where {@code part} throws one
     */
    static <D> D named(String name, Supplier<D> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
