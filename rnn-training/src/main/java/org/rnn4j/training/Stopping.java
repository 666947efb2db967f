package org.rnn4j.training;

import java.util.concurrent.atomic.AtomicReference;

/** Whether a run shall end before its last step: asked for from any thread, or by an interrupt of the one that trains. */
final class Stopping {
    private final AtomicReference<Stop> asked = new AtomicReference<>();
    private boolean interrupted;

    /**
     * A wish to stop.
     *
     * @param finished whether the run is finished then
     */
    record Stop(String reason, boolean finished) {}

    /** The first wish counts. */
    void ask(Stop stop) {
        asked.compareAndSet(null, stop);
    }

    /**
     * Whether the run shall end. An interrupt asks for that too; the thread is not marked with it while the run ends, because whatever is saved
     * through a channel then would not be.
     */
    boolean isAsked() {
        if (Thread.interrupted()) {
            interrupted = true;
            ask(new Stop("interrupted", false));
        }
        return asked.get() != null;
    }

    /** Whether what was asked for finishes the run. */
    boolean finishes() {
        Stop stop = asked.get();
        return stop != null && stop.finished();
    }

    /** What was asked for, null for nothing; it is no longer asked for afterwards. */
    Stop take() {
        return asked.getAndSet(null);
    }

    /** Marks the thread with an interrupt that came while it trained. */
    void leave() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }
}
