package org.rnn4j.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.input.Reason;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.serialization.file.LockFile;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.Training;
import org.rnn4j.training.TrainingException;

/**
 * A run in a folder: a trainer, its data, and the files that it writes. It is started once, as a new run or as a resumed one.
 *
 * <pre>{@code
 * TrainingRun run = RunModule.run(Path.of("run.yaml"), Path.of("runs/1"));
 * TrainingRun.Result result = run.start();
 * }</pre>
 *
 * <p>In addition to the output of the trainer's listeners, the folder contains the configuration and {@code run.json}, which says when and where the
 * run took place and how it ended.
 */
public final class TrainingRun {
    private static final System.Logger LOG = System.getLogger(TrainingRun.class.getName());

    private final Trainer trainer;
    private final RunContext context;
    private final String configuration;
    private final Bookkeeping bookkeeping = new Bookkeeping();
    private boolean begun;

    /**
     * The run that a configuration file describes, ready to start: reads the file, loads the data, and creates model, trainer and listeners.
     *
     * @param folder where the run's files go
     * @param types the types that the names in the file refer to
     * @throws UncheckedIOException if the file or the data cannot be read
     * @throws ConfigException if the file is malformed, or names something that does not exist
     */
    public static TrainingRun of(Path configuration, RunFolder folder, TypeRegistry types, RunServices services) {
        return of(RunConfiguration.read(configuration, types), folder, types, services);
    }

    /**
     * The run that a configuration describes, ready to start.
     *
     * @param folder where the run's files go
     * @param types what the names in the configuration mean
     * @throws UncheckedIOException where the data cannot be read
     * @throws ConfigException where the configuration names what there is not
     */
    public static TrainingRun of(RunConfiguration read, RunFolder folder, TypeRegistry types, RunServices services) {
        DataSet data = load(read, services.data());
        Model model = services.models().create(read.model(data.sizes()), read.seed());
        TrainerSettings settings = read.training(read.schedule(), data.metrics());
        Trainer trainer = new Trainer(model, read.optimizer(model), read.loss(), settings);
        RunContext context = new RunContext(folder, data, types, services.clock(), services.displays());
        read.listeners(context).forEach(trainer::listen);
        return new TrainingRun(trainer, context, read.text());
    }

    private static DataSet load(RunConfiguration configuration, RunServices.DataLoader loader) {
        try {
            return loader.load(configuration.data());
        } catch (IOException e) {
            throw new UncheckedIOException("the data cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A run of a trainer that was constructed in code.
     *
     * @param trainer with its listeners
     * @param context its data, and where its files go
     * @param configuration the text that the folder keeps as {@code config.yaml}; empty for none
     */
    public TrainingRun(Trainer trainer, RunContext context, String configuration) {
        this.trainer = trainer;
        this.context = context;
        this.configuration = configuration;
        trainer.listen(new RunRecord(context.folder(), context.clock()));
        trainer.listen(bookkeeping);
    }

    /** The trainer. */
    public Trainer trainer() {
        return trainer;
    }

    /** The data of the run. */
    public DataSet data() {
        return context.data();
    }

    /** Where the run's files go. */
    public RunFolder folder() {
        return context.folder();
    }

    /**
     * Trains from the beginning.
     *
     * @throws IllegalStateException if the folder already contains a run, or another run uses it
     * @throws UncheckedIOException if the folder cannot be written to; nothing has been trained then
     * @throws TrainingException if a loss or a gradient is NaN or infinite
     */
    public Result start() {
        once();
        try (LockFile lock = folder().begin()) {
            tidy(lock);
            return train();
        }
    }

    /**
     * Resumes from the folder's checkpoint; the final result is the same, bit for bit, as without the interruption.
     *
     * @see #resume(Set)
     */
    public Result resume() {
        return resume(Set.of());
    }

    /**
     * Resumes from the folder's checkpoint with changes to the named settings. The changes are recorded in the log and in {@code run.json}.
     *
     * @param allowedChanges settings that may differ, see {@link Trainer#resume(Checkpoint, Set)}
     * @throws IllegalStateException if the folder contains no checkpoint, or another run uses it
     * @throws IllegalArgumentException if the checkpoint has another model, seed or data, or other settings that are not allowed to change
     * @throws UncheckedIOException if the folder cannot be read or written to
     * @throws TrainingException if a loss or a gradient is NaN or infinite
     */
    public Result resume(Set<String> allowedChanges) {
        once();
        try (LockFile lock = folder().resume()) {
            tidy(lock);
            trainer.resume(saved(), allowedChanges);
            return train();
        }
    }

    private Checkpoint saved() {
        Path file = folder().checkpoint();
        try {
            return CheckpointFile.load(file, context.types());
        } catch (SafetensorsException e) {
            // Its message begins with the file's name. An unknown layer is not damage to the file; its message has its
            // own remedy.
            boolean damaged = !(e.getCause() instanceof ConfigException);
            throw new UncheckedIOException("the checkpoint " + e.getMessage() + (damaged ? cureOfDamage() : ""), e);
        } catch (IOException e) {
            throw withCure(new UncheckedIOException("the checkpoint " + file + " cannot be read: " + Reason.of(e), e));
        }
    }

    private String cureOfDamage() {
        Path best = folder().best();
        return (Files.exists(best)
                        ? "; copy " + best.getFileName() + " over it, from which a run can go on too,"
                        : "; put an older copy in its place")
                + " or begin a new run in another folder";
    }

    /** Removes the temporary files of killed processes, while no other process can be writing. */
    private void tidy(LockFile lock) {
        if (!lock.keepsOthersOut()) {
            return;
        }
        try {
            AtomicFile.removeAbandoned(folder().path());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, folder().path() + " cannot be tidied up: " + Reason.of(e));
        }
    }

    private void once() {
        if (begun) {
            throw new IllegalStateException("this run was started already: make another one to go on");
        }
        begun = true;
    }

    private Result train() {
        try {
            Optional<Scores> scores = trainer.train(data());
            return new Result(bookkeeping.ending, scores);
        } catch (UncheckedIOException e) {
            throw withCure(e);
        }
    }

    /** Says what to do when the disk works again. */
    private UncheckedIOException withCure(UncheckedIOException failure) {
        String cure = Files.exists(folder().checkpoint())
                ? "go on from the last checkpoint (--resume)"
                : "begin again: nothing was saved yet";
        UncheckedIOException result =
                new UncheckedIOException(failure.getMessage() + ". When that is mended, " + cure, failure.getCause());
        for (Throwable suppressed : failure.getSuppressed()) {
            result.addSuppressed(suppressed);
        }
        return result;
    }

    /**
     * The result of a run.
     *
     * @param ending why it ended, and whether something is left to do
     * @param scores those of the last validation; empty if the run was stopped before the first validation of this process
     */
    public record Result(Listener.Ending ending, Optional<Scores> scores) {}

    /** Saves the configuration once all checks have passed, and remembers how the run ended. */
    private final class Bookkeeping implements Listener {
        private Ending ending;

        @Override
        public void started(Training running) {
            if (configuration.isEmpty()) {
                return;
            }
            byte[] utf8 = configuration.getBytes(StandardCharsets.UTF_8);
            try {
                AtomicFile.replace(
                        folder().configuration(),
                        channel -> Channels.newOutputStream(channel).write(utf8));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the run folder's configuration " + folder().configuration() + " cannot be written: "
                                + Reason.of(e),
                        e);
            }
        }

        @Override
        public void ended(Ending how) {
            ending = how;
        }
    }
}
