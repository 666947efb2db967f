package org.rnn4j.core.kernel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernels of this JVM: the Vector API if it is available and the CPU gains from it, else plain loops with the same bits.
 *
 * <p>Before the JIT has compiled it, a vector kernel is a hundred times slower than a plain loop. Every program therefore starts with plain loops,
 * while a background thread has the vector kernels compiled ({@link WarmUp}). Then ops get the vector kernels; only the speed changes.
 */
public final class ChosenKernels {
    private static final System.Logger LOG = System.getLogger("org.rnn4j.kernels");

    /** The system property for the number of threads that share large work; all cores where it is missing. */
    private static final String THREADS = "rnn4j.threads";

    /** More than any machine has cores; each thread costs memory that is not the heap's. */
    private static final int MOST_THREADS = 1024;

    /** Fewer lanes gain nothing over what the compiler makes of plain loops. */
    private static final int FEWEST_LANES = 4;

    /** A program that only takes a step or two keeps the cores and the JIT for itself. */
    private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The kernels are compiled in three seconds, or in many times that where the cores have other things to do; to wait on costs less and less. */
    private static final long PATIENCE_SECONDS = 600;

    private static final ChosenKernels CHOSEN = new ChosenKernels();

    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private volatile PlainKernels kernels;

    private ChosenKernels() {
        Threads threads = new Threads(
                threads(System.getProperty(THREADS), Runtime.getRuntime().availableProcessors()));
        kernels = new PlainKernels(threads);
        if (gainsFromVectors()) {
            try {
                Threads.daemon("rnn4j-warm-up", () -> warmUp(threads)).start();
            } catch (OutOfMemoryError e) {
                // What a JVM throws where the system gives no thread.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "RNN4J stays with plain loops: the system gives no thread to prepare the Vector API ({0})",
                        e.getMessage());
                ready.complete(false);
            }
        } else {
            ready.complete(false);
        }
    }

    /** How many threads a property of this value means; null for none. A wrong one does not end the program: results are the same with any number. */
    static int threads(String property, int cores) {
        if (property == null) {
            return cores;
        }
        try {
            int threads = Integer.parseInt(property.trim());
            if (threads >= 1 && threads <= MOST_THREADS) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // No number, or a larger one than any int: told below.
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "the system property {0} is \"{1}\", expected a whole number from 1 to {2}; RNN4J uses {3}, one for each core",
                THREADS,
                property,
                String.valueOf(MOST_THREADS),
                cores);
        return cores;
    }

    /** The kernels for an op, from its beginning to its end. */
    public static PlainKernels get() {
        return CHOSEN.kernels;
    }

    /** Completes when the kernels no longer change: true for vectors, false for plain loops. */
    public static CompletableFuture<Boolean> ready() {
        return CHOSEN.ready.copy();
    }

    private void warmUp(Threads threads) {
        boolean taken = false;
        try {
            LockSupport.parkNanos(HEAD_START_NANOS);
            WarmUp warmUp = new WarmUp(List.of(
                    new VectorKernels(threads, new OneIndexTiles()), new VectorKernels(threads, new IndexedTiles())));
            taken = warmUp.run(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (taken) {
                kernels = warmUp.fastest();
                LOG.log(System.Logger.Level.DEBUG, "the vector kernels take over");
            } else {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "RNN4J stays with plain loops: after {0} seconds this JVM still runs the Vector API more slowly",
                        PATIENCE_SECONDS);
            }
        } finally {
            ready.complete(taken);
        }
    }

    private static boolean gainsFromVectors() {
        if (!Fma.FUSED) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this CPU has no fused multiply-add: RNN4J is slow here, and its results differ in the last bits from those"
                            + " of other machines");
            return false;
        }
        if (VectorModule.lanes() == 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "RNN4J runs without the Vector API; with the JVM option --add-modules {0} products are several times faster,"
                            + " with the same results",
                    VectorModule.NAME);
            return false;
        }
        if (VectorModule.lanes() < FEWEST_LANES) {
            LOG.log(System.Logger.Level.DEBUG, "the CPU''s vectors have {0} floats: plain loops", VectorModule.lanes());
            return false;
        }
        LOG.log(System.Logger.Level.DEBUG, "the Vector API with {0} floats a vector", VectorModule.lanes());
        return true;
    }
}
