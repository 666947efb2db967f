package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rnn4j.api.Shape;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.tensor.FloatTensor;

/** Threads that cannot be had, and kernels that change while many threads compute. */
@Tag("stress")
class KernelStressTest {
    private static final int CALLERS = 6;

    /** Threads fail to start at random, while several callers bring jobs: none hangs, none loses an item. */
    @Test
    @Timeout(300)
    void noJobHangsWhereThreadsFailToStartAtRandom() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger jobs = new AtomicInteger();
        for (int round = 0; round < 200; round++) {
            Random random = new Random(round);
            Threads threads = new Threads(
                    4,
                    work -> {
                        Thread thread = new Thread(work) {
                            @Override
                            public void start() {
                                if (random.nextInt(3) == 0) {
                                    failures.incrementAndGet();
                                    throw new OutOfMemoryError("unable to create native thread");
                                }
                                super.start();
                            }
                        };
                        thread.setDaemon(true);
                        return thread;
                    },
                    System.getLogger("test"));
            together(caller -> {
                for (int job = 0; job < 50; job++) {
                    AtomicIntegerArray runs = new AtomicIntegerArray(64);
                    threads.split(64, 1, (from, to) -> {
                        for (int i = from; i < to; i++) {
                            runs.incrementAndGet(i);
                        }
                    });
                    for (int i = 0; i < 64; i++) {
                        assertEquals(1, runs.get(i));
                    }
                    jobs.incrementAndGet();
                }
                return 0;
            });
        }
        assertEquals(200 * CALLERS * 50, jobs.get());
        assertTrue(failures.get() > 50, failures.get() + " threads failed to start");
        System.out.println(jobs + " jobs, " + failures + " threads that did not start: no job hung");
    }

    /** In a JVM of its own, which begins with plain loops. */
    @Test
    @Timeout(600)
    void everyThreadGetsTheSameBitsWhileTheKernelsChange() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        ChosenKernelsTest.classPath(),
                        Switching.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.matches("\\d{2,} results with plain loops, \\d{2,} with vectors, 1 of all\\s+"), output);
        System.out.print(output);
    }

    private static <R> List<R> together(Work<R> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<R>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int number = caller;
                callers.add(() -> work.run(number));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> result : pool.invokeAll(callers)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Work<R> {
        R run(int caller) throws Exception;
    }

    /** Several threads compute one thing again and again, until two seconds after the kernels changed. */
    static final class Switching {
        private static final int WIDTH = 96;

        private Switching() {}

        public static void main(String[] args) throws Exception {
            AtomicInteger plain = new AtomicInteger();
            AtomicInteger vectors = new AtomicInteger();
            List<Integer> different = together(caller -> {
                int first = bits();
                long end = Long.MAX_VALUE;
                while (System.nanoTime() < end) {
                    String before = ChosenKernelsTest.kernels();
                    if (bits() != first) {
                        throw new IllegalStateException("other bits with " + before);
                    }
                    if (before.equals("VectorKernels")) {
                        vectors.incrementAndGet();
                        end = Math.min(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
                    } else {
                        plain.incrementAndGet();
                        // The warm-up needs a core too.
                        Thread.sleep(5);
                    }
                }
                return first;
            });
            System.out.println(plain + " results with plain loops, " + vectors + " with vectors, "
                    + different.stream().distinct().count() + " of all");
        }

        private static int bits() {
            Shape shape = Shape.of(WIDTH, WIDTH);
            float[] numbers = new float[WIDTH * WIDTH];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (i * 37 % 101 - 50) / 100f;
            }
            FloatTensor x = FloatTensor.wrap(shape, numbers);
            FloatTensor w = FloatTensor.variable(shape, numbers.clone());
            FloatTensor loss = (FloatTensor)
                    x.matmul(w).tanh().matmul(w).sigmoid().logSoftmax().sum();
            return Arrays.hashCode(Gradients.of(loss).get(w).toFloats());
        }
    }
}
