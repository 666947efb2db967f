package org.rnn4j.run.listener;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/**
 * Ends a run cleanly when the process receives SIGINT or SIGTERM: the step is finished, the state is saved, and the user is told how to resume, or
 * that nothing was saved.
 *
 * <pre>{@code
 * TrainingRun.Result result =
 *         Interruption.during(run.trainer(), "Go on with: ./rnn quickstart --resume", System.out::println, run::start);
 * }</pre>
 *
 * <p>If the training thread calls {@code System.exit} itself, the JVM ends at once, as it would without this class, and nothing is saved. A second
 * signal has no effect, because the JVM is already ending. The time that it waits for the step is not limited. SIGKILL loses only the steps after the
 * last checkpoint.
 */
public final class Interruption implements Listener {
    private static final System.Logger LOG = System.getLogger(Interruption.class.getName());

    private static final long PATIENCE_MILLIS = 200;

    private final Trainer trainer;
    private final String howToGoOn;
    private final Consumer<String> say;
    private final CountDownLatch over = new CountDownLatch(1);
    /** The thread that trains. */
    private final Thread training = Thread.currentThread();

    private final Thread hook = new Thread(this::interrupted, "rnn4j-interruption");
    private volatile Ending ending;

    private Interruption(Trainer trainer, String howToGoOn, Consumer<String> say) {
        this.trainer = trainer;
        this.howToGoOn = howToGoOn;
        this.say = say;
    }

    /**
     * Trains, and handles signals meanwhile. Call it after all other listeners were added, because this one must be the last to see the end of the
     * run. On a signal the JVM ends as soon as the run has ended, even if {@code training} has not yet returned.
     *
     * @param howToGoOn the message for the user when the run was saved
     * @param say prints a line for the user
     * @param training runs the training
     */
    public static <R> R during(Trainer trainer, String howToGoOn, Consumer<String> say, Supplier<R> training) {
        Interruption interruption = of(trainer, howToGoOn, say);
        try {
            return training.get();
        } finally {
            interruption.close();
        }
    }

    /** Handles signals until it is closed. */
    static Interruption of(Trainer trainer, String howToGoOn, Consumer<String> say) {
        Interruption interruption = new Interruption(trainer, howToGoOn, say);
        trainer.listen(interruption);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Called by the shutdown hook: the JVM does not end until this returns. */
    void interrupted() {
        if (over.getCount() > 0 && !isEnding(training)) {
            trainer.stop("interrupted");
            // The line of a progress bar has not ended yet.
            say.accept("");
            say.accept("interrupted: finishing the step and saving");
        }
        try {
            boolean ended = false;
            while (!ended && !isEnding(training)) {
                ended = over.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (ending != null && !ending.finished() && !ending.failed()) {
            say.accept(
                    trainer.isSaved()
                            ? howToGoOn
                            : "Step " + ending.step()
                                    + " was not saved: the run has no Checkpoints among its listeners,"
                                    + " or saving failed.");
        }
    }

    /** Whether a thread ends the JVM by itself: it waits for all hooks then, and no step of its ends any more. */
    private static boolean isEnding(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(call -> call.getClassName().equals("java.lang.Shutdown"));
    }

    @Override
    public void ended(Ending how) {
        ending = how;
        over.countDown();
    }

    /** Removes the shutdown hook. */
    void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the JVM is ending, and the hook with it", e);
        }
    }
}
