package org.rnn4j.core;

import java.util.concurrent.CompletableFuture;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * Tells when this JVM has reached its full speed. A program begins with plain loops, which suits a program of a few steps. The Vector API takes over
 * when the JIT has compiled it, after some seconds, with the same results, bit for bit.
 *
 * <pre>{@code
 * boolean vectors = Acceleration.ready().get(1, TimeUnit.MINUTES);
 * }</pre>
 */
public final class Acceleration {
    private Acceleration() {}

    /**
     * Completes with true when the Vector API has taken over, and with false if this JVM stays with plain loops. It completes at once if the JVM was
     * started without {@code --add-modules jdk.incubator.vector}, or if the CPU gains nothing. The first call, like any use of a tensor, starts the
     * preparation. Wait for it before you answer requests or measure times.
     *
     * @return a new future: cancelling it has no other effect
     */
    public static CompletableFuture<Boolean> ready() {
        return ChosenKernels.ready();
    }
}
