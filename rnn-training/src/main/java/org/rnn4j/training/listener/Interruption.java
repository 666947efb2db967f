package org.rnn4j.training.listener;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/**
 * Lets a run end well when the process is asked to end (SIGINT, SIGTERM): the step is finished, what must be saved is saved, and the user is
 * told how to go on.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.of(trainer, "Go on with: ./rnn quickstart --resume", System.out)) {
 *     trainer.train(data);
 * }
 * }</pre>
 *
 * <p>Call {@link #of} when all other listeners have been added: this one has to be told last that the run has ended. The JVM ends when that
 * has happened, while {@code train} may still return. A second signal changes nothing: the JVM is ending already.
 */
public final class Interruption implements Listener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Interruption.class.getName());

    private final Trainer trainer;
    private final String howToGoOn;
    private final PrintStream out;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "rnn4j-interruption");
    private volatile Ending ending;

    private Interruption(Trainer trainer, String howToGoOn, PrintStream out) {
        this.trainer = trainer;
        this.howToGoOn = howToGoOn;
        this.out = out;
    }

    /**
     * Watches for signals until it is closed.
     *
     * @param howToGoOn what to tell the user when the run was saved
     * @param out where to tell it
     */
    public static Interruption of(Trainer trainer, String howToGoOn, PrintStream out) {
        Interruption interruption = new Interruption(trainer, howToGoOn, out);
        trainer.listen(interruption);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What the shutdown hook does: the JVM lives until this returns. */
    void interrupted() {
        if (over.getCount() > 0) {
            trainer.stop("interrupted");
            out.println();
            out.println("interrupted: finishing the step and saving");
            out.flush();
        }
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (ending != null && !ending.finished() && !ending.failed()) {
            out.println(howToGoOn);
            out.flush();
        }
    }

    @Override
    public void ended(Ending how) {
        ending = how;
        over.countDown();
    }

    /** Lets go of the process. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the JVM is ending, and the hook with it", e);
        }
    }
}
