package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    @Property(tries = 100)
    void everyItemIsRunOnce(
            @ForAll @IntRange(min = 0, max = 100) int items,
            @ForAll @IntRange(min = 1, max = 20) int least,
            @ForAll @IntRange(min = 1, max = 5) int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(items);
        new Threads(threads).split(items, least, (from, to) -> {
            assertTrue(to - from == items || to - from >= least, from + " to " + to);
            for (int i = from; i < to; i++) {
                runs.incrementAndGet(i);
            }
        });
        for (int i = 0; i < items; i++) {
            assertEquals(1, runs.get(i));
        }
    }

    @Test
    void partsRunSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        new Threads(2).split(2, 1, (from, to) -> {
            both.countDown();
            awaitUninterruptibly(both);
        });
        assertEquals(0, both.getCount());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aJobInsideAPartAndAJobOfAnotherThreadRunOnTheirOwnThreads() {
        Threads threads = new Threads(2);
        Set<Thread> inner = ConcurrentHashMap.newKeySet();
        threads.split(2, 1, (from, to) -> {
            Thread outer = Thread.currentThread();
            threads.split(100, 1, (first, last) -> {
                assertEquals(outer, Thread.currentThread());
                assertEquals(100, last - first);
                inner.add(outer);
            });
        });
        assertEquals(2, inner.size());
    }

    /** As a system at its limit: each thread fails to start with the JVM's own error, in some of the attempts. */
    private static ThreadFactory failing(IntPredicate fails) {
        AtomicInteger attempts = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work) {
                @Override
                public void start() {
                    if (fails.test(attempts.getAndIncrement())) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                }
            };
            thread.setDaemon(true);
            return thread;
        };
    }

    @Test
    @Timeout(20)
    void whereNoThreadStartsTheCallerDoesAllWork() {
        Threads threads = new Threads(4, failing(attempt -> true), new Log());
        for (int job = 0; job < 3; job++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(100);
            Thread caller = Thread.currentThread();
            threads.split(100, 1, (from, to) -> {
                assertEquals(caller, Thread.currentThread());
                for (int i = from; i < to; i++) {
                    runs.incrementAndGet(i);
                }
            });
            for (int i = 0; i < 100; i++) {
                assertEquals(1, runs.get(i));
            }
        }
    }

    /** At once it would be refused again: each attempt costs more than a product. And never would leave a long run on one thread. */
    @Test
    @Timeout(20)
    void afterARefusalItTriesAgainLaterAndSaysSoOnce() {
        AtomicInteger attempts = new AtomicInteger();
        Log log = new Log();
        Threads threads = new Threads(2, failing(attempt -> attempts.incrementAndGet() < 3), log);
        for (int job = 0; attempts.get() < 3; job++) {
            assertTrue(job < 1_000_000, attempts + " attempts");
            assertTrue(attempts.get() <= 1 + job / 1000, attempts + " attempts in " + job + " jobs");
            threads.split(2, 1, (from, to) -> {});
        }
        Set<Thread> both = ConcurrentHashMap.newKeySet();
        threads.split(2, 1, (from, to) -> both.add(Thread.currentThread()));
        assertEquals(2, both.size());
        assertEquals(
                List.of("the system gives no further thread (unable to create native thread), so large products use 1"
                        + " instead of 2; results are the same"),
                log.warnings);
    }

    /** Keeps the warnings. */
    private static final class Log implements System.Logger {
        private final List<String> warnings = new ArrayList<>();

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level == Level.WARNING;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            assertEquals(Level.WARNING, level);
            warnings.add(MessageFormat.format(format, parameters));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0b1, 0b10, 0b1110, 0b10100})
    @Timeout(20)
    void whereSomeThreadsStartEveryItemIsStillRunOnce(int failures) {
        Threads threads = new Threads(5, failing(attempt -> (failures >> attempt & 1) == 1), new Log());
        for (int job = 0; job < 4; job++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(50);
            threads.split(50, 1, (from, to) -> {
                for (int i = from; i < to; i++) {
                    runs.incrementAndGet(i);
                }
            });
            for (int i = 0; i < 50; i++) {
                assertEquals(1, runs.get(i));
            }
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheThreadsGoOn() {
        Threads threads = new Threads(3);
        for (int failing = 0; failing < 3; failing++) {
            int bad = failing;
            RuntimeException failure = assertThrows(
                    RuntimeException.class,
                    () -> threads.split(3, 1, (from, to) -> {
                        if (from == bad) {
                            throw new IllegalArgumentException("part " + from);
                        }
                    }));
            assertTrue(failure.getMessage().contains("part " + bad), failure.getMessage());
        }
        List<Integer> seen = new ArrayList<>();
        threads.split(3, 1, (from, to) -> {
            synchronized (seen) {
                seen.add(from);
            }
        });
        assertEquals(3, seen.size());
    }
}
