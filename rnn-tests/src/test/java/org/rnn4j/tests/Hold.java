package org.rnn4j.tests;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/**
 * Gives its input on unchanged. In a process with the system property {@value #AT}, training waits in that pass through it until the JVM has
 * been asked to end, so that a signal comes in the middle of a known step, however fast the machine is.
 */
public record Hold() implements LayerSpec<Layer> {
    static final String AT = "org.rnn4j.tests.hold";

    /** What it prints then. */
    static final String HOLDS = "waiting for a signal";

    private static final long LIMIT_NANOS = 120_000_000_000L;

    @Override
    public Layer create(Params params) {
        int at = params.training() ? Integer.getInteger(AT, -1) : -1;
        AtomicInteger passes = new AtomicInteger();
        return (x, pass) -> {
            if (passes.incrementAndGet() == at) {
                awaitShutdown();
            }
            return x;
        };
    }

    private static void awaitShutdown() {
        System.out.println(HOLDS);
        long start = System.nanoTime();
        while (!shutsDown()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("no signal has come");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** A JVM that is ending takes no hooks. */
    private static boolean shutsDown() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Brings it as {@code tests.Hold}; the test that needs it names it in a services file of its own. */
    public static final class Provider implements TypeProvider {
        /** For ServiceLoader. */
        public Provider() {}

        @Override
        public Types types() {
            return Types.of(Spec.class, () -> Map.of("tests.Hold", Hold.class));
        }
    }
}
