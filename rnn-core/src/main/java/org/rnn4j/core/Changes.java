package org.rnn4j.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Coordinates changes of the numbers of a model's parameters; all views of the same parameters share one. Changing and copying exclude each other.
 * Computing takes no lock, and detects afterwards whether the numbers were changed meanwhile.
 */
final class Changes {
    /** Fair, because a loop of steps would otherwise starve a copy. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** How many changes have begun and how many have ended, together. */
    private final AtomicLong marks = new AtomicLong();

    /** Reads the numbers while they are not being changed. */
    <R> R reading(Supplier<R> what) {
        return holding(lock.readLock(), what);
    }

    /** Runs changes of which readers see all or nothing. */
    void together(Runnable changes) {
        holding(lock.writeLock(), () -> {
            changes.run();
            return null;
        });
    }

    /** Runs the change of one parameter, between two marks. */
    void change(Runnable change) {
        together(() -> {
            marks.incrementAndGet();
            // No number is written before the mark is.
            VarHandle.storeStoreFence();
            try {
                change.run();
            } finally {
                marks.incrementAndGet();
            }
        });
    }

    /** The mark that {@link #since} compares with; waits for the end of a change by another thread. */
    long now() {
        return reading(marks::get);
    }

    /**
     * Whether a change has begun since {@link #now} returned {@code before}. If not, the numbers that this thread has read since then did not change.
     */
    boolean since(long before) {
        // No number is read after the mark is.
        VarHandle.acquireFence();
        return marks.get() != before;
    }

    private static <R> R holding(Lock lock, Supplier<R> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }
}
