package org.rnn4j.core.kernel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.rnn4j.api.op.Kernels.Part;

/**
 * A few threads that share the parts of one job with the calling thread. One job runs at a time: a caller that comes while they are busy, from
 * another thread or from inside a part, does the work alone, which changes no result.
 *
 * <p>Jobs follow each other closely (a product every few microseconds), so a worker spins for a while before it sleeps. The threads start with the
 * first job, and are daemon threads. If the system cannot start a thread, the existing threads do the work, and the next attempt is made later.
 */
final class Threads {
    private static final System.Logger LOG = System.getLogger("org.rnn4j.kernels");

    /** How often to look before sleeping: some 200 microseconds, longer than what lies between two jobs of a training step. */
    private static final int LOOKS = 10_000;

    /** What a caller sleeps while it waits for a part that takes long. */
    private static final long NAP_NANOS = 5_000;

    /** After a thread could not be started, how many jobs do without it before the next attempt: some seconds of a training run. */
    private static final int JOBS_WITHOUT = 100_000;

    private final ThreadFactory factory;
    private final System.Logger log;
    /** The started ones come first, followed by null. */
    private final Worker[] workers;

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Parts that are not done yet, the caller's aside. */
    private final AtomicInteger open = new AtomicInteger();

    // The job: written before its workers are called, read by them until their part is done.
    private Part part;
    private int items;
    private int parts;
    private volatile Throwable failure;

    private boolean refused;
    private int jobsWithout;

    /** This many threads, the caller's included. */
    Threads(int count) {
        this(count, work -> daemon("rnn4j", work), LOG);
    }

    /** Threads of a factory, which may fail to start one; the log is told of the first that does. */
    Threads(int count, ThreadFactory factory, System.Logger log) {
        this.factory = factory;
        this.log = log;
        workers = new Worker[Math.max(1, count) - 1];
    }

    /** A daemon thread that inherits nothing from the thread that starts it. */
    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
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
            parts = 1 + started(most - 1);
            failure = null;
            open.set(parts - 1);
            for (int number = 1; number < parts; number++) {
                workers[number - 1].call();
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

    /** Starts workers that are still missing, and gives how many of the first {@code wanted} there are. A worker is kept once it runs. */
    private int started(int wanted) {
        for (int i = 0; i < wanted; i++) {
            if (workers[i] == null && !start(i)) {
                return i;
            }
        }
        return wanted;
    }

    private boolean start(int i) {
        if (jobsWithout > 0) {
            jobsWithout--;
            return false;
        }
        try {
            Worker worker = new Worker(i + 1);
            worker.start();
            workers[i] = worker;
            return true;
        } catch (OutOfMemoryError e) {
            // What a JVM throws where the system gives no thread: nothing is wrong with the heap.
            if (!refused) {
                log.log(
                        System.Logger.Level.WARNING,
                        "the system gives no further thread ({0}), so large products use {1} instead of {2}; results are the same",
                        e.getMessage(),
                        i + 1,
                        workers.length + 1);
            }
            refused = true;
            jobsWithout = JOBS_WITHOUT;
            return false;
        }
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

    private final class Worker implements Runnable {
        private final int number;
        private final Thread thread;
        private volatile boolean called;

        Worker(int number) {
            this.number = number;
            this.thread = factory.newThread(this);
            thread.setName("rnn4j-" + number);
        }

        void start() {
            thread.start();
        }

        void call() {
            called = true;
            LockSupport.unpark(thread);
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
