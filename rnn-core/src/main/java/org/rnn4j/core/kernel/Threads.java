package org.rnn4j.core.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.rnn4j.api.op.Kernels.Part;

/**
 * A few threads that share the parts of one job with the thread that brings it. One job at a time: who comes while they are busy, from
 * another thread or from inside a part, does the work alone, which changes no result.
 *
 * <p>Jobs follow each other closely (a product every few microseconds), so a worker looks out for the next one for a while before it
 * sleeps. The threads begin with the first job, and do not keep the JVM from ending.
 */
final class Threads {
    /** How often to look before sleeping: some 200 microseconds, longer than what lies between two jobs of a training step. */
    private static final int LOOKS = 10_000;

    /** What a caller sleeps while it waits for a part that takes long. */
    private static final long NAP_NANOS = 5_000;

    private final Worker[] workers;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Parts that are not done yet, the caller's aside. */
    private final AtomicInteger open = new AtomicInteger();

    // The job: written before its workers are called, read by them until their part is done.
    private Part part;
    private int items;
    private int parts;
    private volatile Throwable failure;

    /** This many threads, the caller's included. */
    Threads(int count) {
        workers = new Worker[Math.max(1, count) - 1];
    }

    /**
     * Runs all items in one part a thread.
     *
     * @param least the fewest items of a part
     */
    void split(int count, int least, Part what) {
        int most = Math.min(count / least, workers.length + 1);
        if (most < 2 || !busy.compareAndSet(false, true)) {
            what.run(0, count);
            return;
        }
        try {
            part = what;
            items = count;
            parts = most;
            failure = null;
            open.set(parts - 1);
            for (int number = 1; number < parts; number++) {
                worker(number).call();
            }
            try {
                run(0);
            } finally {
                // Where this part failed too: the others still read what they were given.
                awaitWorkers();
            }
            if (failure != null) {
                throw new IllegalStateException("a part failed on another thread: " + failure.getMessage(), failure);
            }
        } finally {
            part = null;
            busy.set(false);
        }
    }

    private Worker worker(int number) {
        if (workers[number - 1] == null) {
            workers[number - 1] = new Worker(number);
            workers[number - 1].start();
        }
        return workers[number - 1];
    }

    private void awaitWorkers() {
        for (int looks = 0; open.get() > 0; looks++) {
            if (looks < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    private void run(int number) {
        int from = (int) ((long) items * number / parts);
        int to = (int) ((long) items * (number + 1) / parts);
        part.run(from, to);
    }

    private final class Worker extends Thread {
        private final int number;
        private volatile boolean called;

        Worker(int number) {
            super(null, null, "rnn4j-" + number, 0, false);
            this.number = number;
            setDaemon(true);
            setContextClassLoader(null);
        }

        void call() {
            called = true;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            while (true) {
                awaitCall();
                called = false;
                try {
                    Threads.this.run(number);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    open.decrementAndGet();
                }
            }
        }

        private void awaitCall() {
            for (int looks = 0; !called; looks++) {
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }
    }
}
