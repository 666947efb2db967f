package org.rnn4j.benchmarks.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the cores of this process can do at most at this moment: {@link Roof}, for about a tenth of a millisecond, on as many threads as the
 * process computes with. Where a neighbour takes half of a core, it falls by a third.
 */
public final class Probe implements AutoCloseable {
    private static final int WARM = 3000;
    private static final int RUNS = 16;

    private final int others;
    private final ExecutorService threads;

    /**
     * Compiles the probe, which takes a tenth of a second.
     *
     * @param threads on which the process computes
     */
    public Probe(int threads) {
        others = threads - 1;
        this.threads = Executors.newFixedThreadPool(Math.max(others, 1), work -> {
            Thread thread = new Thread(work, "probe");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < WARM / RUNS; i++) {
            run();
        }
    }

    /** GFLOP/s of the slowest thread. */
    public double gflops() throws InterruptedException, ExecutionException {
        List<Future<Double>> results = new ArrayList<>(others);
        for (int i = 0; i < others; i++) {
            results.add(threads.submit(Probe::measure));
        }
        double least = measure();
        for (Future<Double> result : results) {
            least = Math.min(least, result.get());
        }
        return least;
    }

    private static double measure() {
        long began = System.nanoTime();
        float result = run();
        long nanos = System.nanoTime() - began;
        // A result that nobody looks at is not computed.
        return Float.isNaN(result) ? Double.NaN : RUNS * Roof.OPERATIONS / nanos;
    }

    private static float run() {
        float sum = 0;
        for (int i = 0; i < RUNS; i++) {
            sum += Roof.run(0.5f + i * 1e-6f);
        }
        return sum;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
