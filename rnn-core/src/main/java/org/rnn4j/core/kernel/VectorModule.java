package org.rnn4j.core.kernel;

import java.util.Optional;

/** Whether this JVM was started with the Vector API. */
final class VectorModule {
    static final String NAME = "jdk.incubator.vector";

    private static final boolean PRESENT = isPresent();

    private VectorModule() {}

    /** How many floats a vector of this CPU holds; 0 where the JVM was started without the Vector API. */
    static int lanes() {
        // Not asked of VectorKernels: it would be initialized first, with a width of panels that is not known yet.
        return PRESENT ? Tiles.LANES : 0;
    }

    private static boolean isPresent() {
        Optional<Module> vector = ModuleLayer.boot().findModule(NAME);
        // Said here and not as "requires static" in the descriptor, of which javac warns everybody who compiles against
        // this module.
        vector.ifPresent(VectorModule.class.getModule()::addReads);
        return vector.isPresent();
    }
}
