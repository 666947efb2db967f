package org.rnn4j.core.kernel;

import java.util.Optional;
import org.rnn4j.api.op.Kernels;

/** The kernels of this JVM, chosen once: the Vector API where it is there and the CPU gains from it, else plain loops of the same bits. */
public final class ChosenKernels {
    private static final System.Logger LOG = System.getLogger("org.rnn4j.kernels");
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Fewer lanes gain nothing over what the compiler makes of plain loops. */
    private static final int FEWEST_LANES = 4;

    private static final Kernels KERNELS = choose();

    private ChosenKernels() {}

    /** The kernels that every op runs on. */
    public static Kernels get() {
        return KERNELS;
    }

    private static Kernels choose() {
        Optional<Module> vector = ModuleLayer.boot().findModule(VECTOR_MODULE);
        if (vector.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "RNN4J runs without the Vector API; with the JVM option --add-modules {0} products are several times faster,"
                            + " with the same results",
                    VECTOR_MODULE);
            return new PlainKernels();
        }
        // Said here and not as "requires static" in the descriptor, of which javac warns everybody who compiles against
        // this module.
        ChosenKernels.class.getModule().addReads(vector.get());
        if (VectorKernels.lanes() < FEWEST_LANES) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the CPU''s vectors have {0} floats: plain loops",
                    VectorKernels.lanes());
            return new PlainKernels();
        }
        LOG.log(System.Logger.Level.DEBUG, "the Vector API with {0} floats a vector", VectorKernels.lanes());
        return new VectorKernels();
    }
}
