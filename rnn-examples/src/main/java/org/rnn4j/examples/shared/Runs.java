package org.rnn4j.examples.shared;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.RunServices;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.listener.Interruption;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.data.DataSource;

/**
 * The runs of an example with one seed: each is what a file of the example's configuration folder says, in a folder of its own, trained, interrupted and
 * resumed as {@code ./rnn quickstart} is.
 *
 * <pre>{@code
 * Trained plain = runs.train("plain", runs.read("plain"));
 * double right = plain.judge(plain.best(), plain.test().validation());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Runs {
    private final Path configurations;
    private final Path folder;
    private final long seed;
    private final String howToGoOn;
    private final boolean resuming;
    private final TypeRegistry types;

    /**
     * New runs.
     *
     * @param configurations where the example's configuration files are
     * @param folder where the folders of its runs go
     * @param seed in the place of that of the files
     */
    public Runs(Path configurations, Path folder, long seed) {
        this(configurations, folder, seed, "Saved in " + folder, false, TypeRegistry.load());
    }

    private Runs(Path configurations, Path folder, long seed, String howToGoOn, boolean resuming, TypeRegistry types) {
        this.configurations = configurations;
        this.folder = folder;
        this.seed = seed;
        this.howToGoOn = howToGoOn;
        this.resuming = resuming;
        this.types = types;
    }

    /** With what is said to a user who has interrupted one. */
    Runs saying(String words) {
        return new Runs(configurations, folder, seed, words, resuming, types);
    }

    /** The same that go on where they were interrupted; those that ended are done, and those that never began, begin. */
    public Runs resuming() {
        return new Runs(configurations, folder, seed, howToGoOn, true, types);
    }

    /** What the runs' numbers are drawn from. */
    public long seed() {
        return seed;
    }

    /**
     * What a file says, with the seed of these runs.
     *
     * @param name of the file, without {@code .yaml}
     */
    public RunConfiguration read(String name) {
        RunConfiguration read = RunConfiguration.read(configurations.resolve(name + ".yaml"), types);
        return read.seed() == seed ? read : read.with("seed", seed);
    }

    /**
     * The data source of a configuration.
     *
     * @throws IllegalArgumentException where it is of another type
     */
    public static <S extends DataSource> S source(RunConfiguration configuration, Class<S> type) {
        DataSource source = configuration.data();
        if (!type.isInstance(source)) {
            throw new IllegalArgumentException(
                    "data is " + source + ", expected " + type.getSimpleName() + ", which this example is about");
        }
        return type.cast(source);
    }

    /**
     * Trains to the end.
     *
     * @param name of the run's folder
     * @throws IllegalStateException where the folder holds a run already and these do not resume, or where it was interrupted
     */
    public Trained train(String name, RunConfiguration configuration) {
        return train(name, configuration, RunServices.usual());
    }

    /**
     * Trains to the end with other services, such as a model that has learnt something already.
     *
     * @param name of the run's folder
     * @throws IllegalStateException where the folder holds a run already and these do not resume, or where it was interrupted
     */
    public Trained train(String name, RunConfiguration configuration, RunServices services) {
        RunFolder own = new RunFolder(folder.resolve(name));
        TrainingRun run = TrainingRun.of(configuration, own, types, services);
        boolean begun = resuming && Files.exists(own.checkpoint());
        TrainingRun.Result result = Interruption.during(
                run.trainer(), howToGoOn, System.out::println, () -> begun ? run.resume() : run.start());
        if (!result.ending().finished()) {
            throw new IllegalStateException(own.path() + ": " + result.ending().reason());
        }
        return new Trained(configuration, run, types);
    }
}
