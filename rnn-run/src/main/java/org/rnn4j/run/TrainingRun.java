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
 * A run in a folder: a trainer, the data it learns from, and what it leaves behind. It is started once, as a new run or as a resumed one.
 *
 * <pre>{@code
 * TrainingRun run = RunModule.run(Path.of("run.yaml"), Path.of("runs/1"));
 * TrainingRun.Result result = run.start();
 * }</pre>
 *
 * <p>Beside what the trainer's listeners write, the folder gets the configuration and {@code run.json}, which says when and where the run was
 * made and how it ended.
 */
public final class TrainingRun {
    private static final System.Logger LOG = System.getLogger(TrainingRun.class.getName());

    private final Trainer trainer;
    private final RunContext context;
    private final String configuration;
    private final Bookkeeping bookkeeping = new Bookkeeping();
    private boolean begun;

    /**
     * The run that a configuration file describes, ready to start: reads the file, loads the data, and makes model, trainer and listeners.
     *
     * @param folder where the run's files go
     * @param types what the names in the file mean
     * @throws UncheckedIOException where the file or the data cannot be read
     * @throws ConfigException where the file is malformed, or names what there is not
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
     * A run of a trainer that was wired by hand.
     *
     * @param trainer with its listeners
     * @param context what it learns from, and where its files go
     * @param configuration what the folder keeps as {@code config.yaml}; empty for nothing
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

    /** What the run learns from. */
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
     * @throws IllegalStateException where the folder holds a run already, or another run uses it
     * @throws UncheckedIOException where the folder cannot be written to; nothing was trained then
     * @throws TrainingException where a loss or a gradient is NaN or infinite
     */
    public Result start() {
        once();
        try (LockFile lock = folder().begin()) {
            tidy(lock);
            return train();
        }
    }

    /**
     * Goes on from the folder's checkpoint; the end is the same, bit for bit, as without the interruption.
     *
     * @see #resume(Set)
     */
    public Result resume() {
        return resume(Set.of());
    }

    /**
     * Goes on from the folder's checkpoint with other settings than before, so far as they are named. What was changed is in the log and in
     * {@code run.json}.
     *
     * @param allowedChanges settings that may be others, see {@link Trainer#resume(Checkpoint, Set)}
     * @throws IllegalStateException where the folder holds no checkpoint, or another run uses it
     * @throws IllegalArgumentException where the checkpoint is of another model, seed or data, or of other settings that are not allowed to
     *     change
     * @throws UncheckedIOException where the folder cannot be read or written to
     * @throws TrainingException where a loss or a gradient is NaN or infinite
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
            // Its message begins with the file's name. A layer that is not known is no damage of the file's, and says
            // its own cure.
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

    /** Removes what killed processes left half written, where nobody else can be writing. */
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

    /** Says what to do when the disk is as it should be again. */
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
     * How a run went.
     *
     * @param ending why it ended, and whether there is something left to do
     * @param scores the last validation's; empty where the run was stopped before the first validation of this process
     */
    public record Result(Listener.Ending ending, Optional<Scores> scores) {}

    /** Keeps the configuration, once nothing speaks against the run any more, and remembers how the run ended. */
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
