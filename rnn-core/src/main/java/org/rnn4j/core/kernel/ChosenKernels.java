package org.rnn4j.core.kernel;

/** The kernels of this JVM, chosen once: the Vector API where it is there and the CPU gains from it, else plain loops of the same bits. */
public final class ChosenKernels {
    private static final System.Logger LOG = System.getLogger("org.rnn4j.kernels");

    /** The system property for the number of threads that share large work; all cores where it is missing. */
    private static final String THREADS = "rnn4j.threads";

    /** Fewer lanes gain nothing over what the compiler makes of plain loops. */
    private static final int FEWEST_LANES = 4;

    private static final PlainKernels KERNELS = choose();

    private ChosenKernels() {}

    /** The kernels that every op runs on. */
    public static PlainKernels get() {
        return KERNELS;
    }

    private static PlainKernels choose() {
        Threads threads =
                new Threads(Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()));
        if (!Fma.FUSED) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this CPU has no fused multiply-add: RNN4J is slow here, and its results differ in the last bits from those"
                            + " of other machines");
            return new PlainKernels(threads);
        }
        if (VectorModule.lanes() == 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "RNN4J runs without the Vector API; with the JVM option --add-modules {0} products are several times faster,"
                            + " with the same results",
                    VectorModule.NAME);
            return new PlainKernels(threads);
        }
        if (VectorModule.lanes() < FEWEST_LANES) {
            LOG.log(System.Logger.Level.DEBUG, "the CPU''s vectors have {0} floats: plain loops", VectorModule.lanes());
            return new PlainKernels(threads);
        }
        LOG.log(System.Logger.Level.DEBUG, "the Vector API with {0} floats a vector", VectorModule.lanes());
        return new VectorKernels(threads);
    }
}
