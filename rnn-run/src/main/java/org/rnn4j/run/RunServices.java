package org.rnn4j.run;

import java.io.IOException;
import java.time.Clock;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.run.listener.Displays;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;

/**
 * What a run takes from the program around it. {@code org.rnn4j.run.inject} binds each of these, so that an application replaces one and keeps
 * the others.
 *
 * @param data who loads the data that a configuration names
 * @param models who makes the model that a configuration describes
 * @param displays where progress is shown
 * @param clock for the times that are written down
 */
public record RunServices(DataLoader data, ModelFactory models, Displays displays, Clock clock) {

    /** Loads data: {@link DataSource#load}, or a copy that the program has already. */
    @FunctionalInterface
    public interface DataLoader {
        /**
         * The data of a source.
         *
         * @throws IOException where it cannot be read, naming what was looked for
         */
        DataSet load(DataSource source) throws IOException;
    }

    /** Makes a model to train: {@link Model#create}, or one that has learnt something already. */
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
}
