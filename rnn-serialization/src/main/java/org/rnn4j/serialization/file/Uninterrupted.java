package org.rnn4j.serialization.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Completes work on files even if the thread is interrupted. An interrupt closes every channel that the thread uses, even in the middle of a write,
 * but it is only a request to stop and must not damage what is being saved.
 */
public final class Uninterrupted {
    private static final System.Logger LOG = System.getLogger(Uninterrupted.class.getName());

    private Uninterrupted() {}

    /** Work that can be repeated from its beginning. */
    @FunctionalInterface
    public interface Work {
        /** All of it. */
        void run() throws IOException;
    }

    /**
     * Does the work; if it is interrupted, repeats it on a thread that is never interrupted. Afterwards the calling thread still has its interrupt
     * status.
     */
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

    /** The work is started only once, however often the waiting thread is interrupted. */
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
