package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Session;
import org.rnn4j.core.Window;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeLSTM;

/** One model serves many threads at once: each with its own states, all with the bits of a run without others. */
class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 5;

    private static final int ROWS = 3;
    private static final int STEPS = 6;
    private static final int VOCABULARY = 11;
    private static final int WINDOWS = 4;

    private static final Model MODEL = Model.create(
            ModelSpec.chain()
                    .then("embed", new Embedding(VOCABULARY, 8))
                    .then("lstm", TimeLSTM.stateful(8, 16))
                    .then("dropout", new Dropout(0.3))
                    .then("output", new Affine(16, VOCABULARY))
                    .build(),
            7);

    @Test
    void eightThreadsGiveTheBitsOfOne() throws Exception {
        List<int[]> alone = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            alone.add(bits(thread));
        }
        assertFalse(Arrays.equals(alone.get(0), alone.get(1)), "every thread has work of its own");

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<List<int[]>>> together = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                together.add(threads.submit(() -> {
                    List<int[]> rounds = new ArrayList<>();
                    for (int round = 0; round < ROUNDS; round++) {
                        start.await(30, TimeUnit.SECONDS);
                        rounds.add(bits(number));
                    }
                    return rounds;
                }));
            }
            for (int thread = 0; thread < THREADS; thread++) {
                List<int[]> rounds = together.get(thread).get(60, TimeUnit.SECONDS);
                assertEquals(ROUNDS, rounds.size());
                for (int[] round : rounds) {
                    assertArrayEquals(alone.get(thread), round, "thread " + thread);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** For a minute, with heap and descriptors as at its beginning. */
    @Test
    @Tag("stress")
    @Timeout(300)
    void sixtyFourThreadsGiveTheBitsOfOneForAMinute() throws Exception {
        int threads = 64;
        List<int[]> alone = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            alone.add(bits(thread));
        }
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(60);
        AtomicLong rounds = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> together = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                together.add(pool.submit(() -> {
                    while (System.nanoTime() < end) {
                        assertArrayEquals(alone.get(number), bits(number), "thread " + number);
                        rounds.incrementAndGet();
                    }
                }));
            }
            TimeUnit.SECONDS.sleep(15);
            long heap = usedHeap();
            long descriptors = descriptors();
            TimeUnit.SECONDS.sleep(40);
            long heapLater = usedHeap();
            long descriptorsLater = descriptors();
            for (Future<?> done : together) {
                done.get();
            }
            System.out.printf(
                    "%d rounds of 64 threads; heap %d MB, then %d MB; descriptors %d, then %d%n",
                    rounds.get(), heap >> 20, heapLater >> 20, descriptors, descriptorsLater);
            assertTrue(rounds.get() > threads, rounds + " rounds");
            assertTrue(heapLater < heap + (32 << 20), heap + " bytes of heap, and " + heapLater + " later");
            assertTrue(
                    descriptorsLater <= descriptors + 8,
                    descriptors + " descriptors, and " + descriptorsLater + " later");
        } finally {
            pool.shutdownNow();
        }
    }

    /** What lives, while the threads go on: the least of a few looks. */
    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return least;
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** Whoever is refused changes nothing: the state is that of the steps that were taken. */
    @Test
    void oneSessionInEightThreadsTakesWholeStepsOrNone() throws Exception {
        Session session = MODEL.session(1);
        AtomicLong taken = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> together = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                together.add(pool.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    for (int i = 0; i < 200; i++) {
                        try {
                            session.step(new int[] {3}, new float[VOCABULARY]);
                            taken.incrementAndGet();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> done : together) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(THREADS * 200, taken.get() + refused.get());
        assertTrue(taken.get() > 0, "no step was taken");
        Session alone = MODEL.session(1);
        for (long step = 0; step < taken.get(); step++) {
            alone.step(new int[] {3}, new float[VOCABULARY]);
        }
        alone.state()
                .tensors()
                .forEach((part, value) -> assertArrayEquals(
                        value.toFloats(), session.state().tensors().get(part).toFloats(), part));
    }

    /** The bits of all that a thread gets: losses and gradients of windows that carry a state on, and the logits of a stream. */
    private static int[] bits(int thread) {
        List<float[]> results = new ArrayList<>();
        Loss loss = new SoftmaxCrossEntropy();
        Carry carry = Carry.none();
        for (int window = 0; window < WINDOWS; window++) {
            Ids ids = ids(thread, window);
            Forward forward = MODEL.forward(Window.of(ids).with(carry).atStep(window));
            Gradients gradients = Gradients.of(loss.of(forward.output(), ids(thread, window + 1), Spans.full()));
            results.add(forward.output().toFloats());
            for (Parameter parameter : MODEL.parameters()) {
                results.add(gradients.array(parameter));
            }
            carry = forward.carry();
        }
        Session session = MODEL.session(ROWS);
        for (int t = 0; t < STEPS; t++) {
            int[] now = new int[ROWS];
            for (int n = 0; n < ROWS; n++) {
                now[n] = ids(thread, WINDOWS).at(n, t);
            }
            float[] logits = new float[ROWS * VOCABULARY];
            session.step(now, logits);
            results.add(logits);
        }
        return results.stream()
                .flatMapToInt(array -> {
                    int[] bits = new int[array.length];
                    for (int i = 0; i < bits.length; i++) {
                        bits[i] = Float.floatToRawIntBits(array[i]);
                    }
                    return Arrays.stream(bits);
                })
                .toArray();
    }

    private static Ids ids(int thread, int window) {
        Draws draws = Draws.of(thread).at(window);
        int[] ids = new int[ROWS * STEPS];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = draws.below(i, VOCABULARY);
        }
        return Ids.of(Shape.of(ROWS, STEPS), ids);
    }
}
