package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Brings work on files to its end though the thread be interrupted. An interrupted thread finds every channel that it uses closed, in the middle
 * of a write too; but an interrupt asks a thread to stop, and says nothing of what it is saving.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Work that can be done again from its beginning. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does the work, again where it was interrupted; afterwards the thread is as interrupted as it would have been. */
    static void run(Work work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            boolean done = false;
            while (!done) {
                try {
                    work.run();
                    done = true;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
