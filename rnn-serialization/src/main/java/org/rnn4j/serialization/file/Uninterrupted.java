package org.rnn4j.serialization.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Brings work on files to its end though the thread be interrupted. An interrupted thread finds every channel that it uses closed, in the middle
 * of a write too; but an interrupt asks a thread to stop, and says nothing of what it is saving.
 */
public final class Uninterrupted {
    private static final System.Logger LOG = System.getLogger(Uninterrupted.class.getName());

    private Uninterrupted() {}

    /** Work that can be done again from its beginning. */
    @FunctionalInterface
    public interface Work {
        /** All of it. */
        void run() throws IOException;
    }

    /** Does the work; where it was interrupted, again, on a thread that nobody interrupts. Afterwards the thread is as interrupted as it would have been. */
    public static void run(Work work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } catch (ClosedByInterruptException e) {
            interrupted = true;
            elsewhere(work);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** However often the waiting thread is interrupted, the work is begun once. */
    private static void elsewhere(Work work) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(task, "rnn4j-files").start();
        boolean done = false;
        while (!done) {
            try {
                task.get();
                done = true;
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, "interrupted while a file is written or read: it is finished first");
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            }
        }
    }

    private static IOException rethrown(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (IOException) failure;
    }
}
