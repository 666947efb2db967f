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
     * Runs {@code part} and puts a name in front of the messages of its errors: {@code dickens.txt: training part: …}.
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
