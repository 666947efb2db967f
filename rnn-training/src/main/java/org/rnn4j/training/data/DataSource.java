package org.rnn4j.training.data;

import java.io.IOException;
import java.util.function.Supplier;
import org.rnn4j.training.DataSet;

/**
 * The source of a run's data and how it is split: the section {@code data} of a run's configuration.
 *
 * <p>A source is a public record, and the section contains its components. A component of a primitive type is required; a component of an object type
 * is optional and is null if it is missing, and the compact constructor sets its default. The compact constructor also checks the values, with
 * messages that begin with the component's name.
 */
@FunctionalInterface
public interface DataSource {
    /**
     * Reads and splits the data.
     *
     * @throws IOException if it cannot be read, naming what was looked for
     * @throws IllegalArgumentException if there is too little of it, naming how much was expected
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
     * @throws IllegalArgumentException if {@code part} throws one
     */
    static <D> D named(String name, Supplier<D> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
