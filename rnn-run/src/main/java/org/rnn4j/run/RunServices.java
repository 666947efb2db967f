package org.rnn4j.run;

import java.io.IOException;
import java.time.Clock;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.run.listener.Displays;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;

/**
 * The services that a run takes from the surrounding program. {@code org.rnn4j.run.inject} binds each of these, so that an application can replace
 * one and keep the others.
 *
 * @param data loads the data that a configuration names
 * @param models creates the model that a configuration describes
 * @param displays shows progress
 * @param clock for recorded times
 */
public record RunServices(DataLoader data, ModelFactory models, Displays displays, Clock clock) {

    /** Loads data: {@link DataSource#load}, or data that the program has already loaded. */
    @FunctionalInterface
    public interface DataLoader {
        /**
         * The data of a source.
         *
         * @throws IOException if it cannot be read, naming what was expected
         */
        DataSet load(DataSource source) throws IOException;
    }

    /** Creates a model to train: {@link Model#create}, or a pretrained one. */
    @FunctionalInterface
    public interface ModelFactory {
        /**
         * A model of this form.
         *
         * @param seed of the run
         */
        Model create(ModelSpec spec, long seed);
    }

    /** The sources' own loading, new models, the terminal, and the system's clock. */
    public static RunServices usual() {
        return new RunServices(DataSource::load, Model::create, Displays.terminal(), Clock.systemUTC());
    }

    /** These with data that is loaded in another way. */
    public RunServices with(DataLoader other) {
        return new RunServices(other, models, displays, clock);
    }

    /** These with models that are created in another way. */
    public RunServices with(ModelFactory other) {
        return new RunServices(data, other, displays, clock);
    }
}
