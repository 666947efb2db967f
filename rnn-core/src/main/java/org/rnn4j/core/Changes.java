package org.rnn4j.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who changes the numbers of a model's parameters, and when: one of all views of the same parameters. Who changes them is alone with those who copy
 * them; who only computes with them takes no lock, and finds out afterwards whether they were changed meanwhile.
 */
final class Changes {
    /** Fair: a loop of steps would not let a copy in otherwise. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** How many changes have begun and how many have ended, together. */
    private final AtomicLong marks = new AtomicLong();

    /** Runs what reads the numbers while nobody changes them. */
    <R> R reading(Supplier<R> what) {
        return holding(lock.readLock(), what);
    }

    /** Runs changes that nobody shall see half of who reads. */
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

    /** What {@link #since} compares with; waits for the end of a change that another thread is at. */
    long now() {
        return reading(marks::get);
    }

    /**
     * Whether a change has begun since {@link #now} gave {@code before}. Where not, all numbers that this thread has read from then on are those of
     * then.
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
