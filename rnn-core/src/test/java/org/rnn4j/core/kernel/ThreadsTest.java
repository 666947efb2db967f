package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

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
