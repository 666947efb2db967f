package org.rnn4j.core;

import java.util.concurrent.CompletableFuture;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * When this JVM computes as fast as it will. A program begins with plain loops, which is right for one that takes a few steps; the Vector API takes over
 * when the JIT has compiled it, after some seconds, with the same results to the bit.
 *
 * <pre>{@code
 * boolean vectors = Acceleration.ready().get(1, TimeUnit.MINUTES);
 * }</pre>
 */
public final class Acceleration {
    private Acceleration() {}

    /**
     * Ends with true when the Vector API has taken over, and with false where this JVM stays with plain loops: at once where it was started without
     * {@code --add-modules jdk.incubator.vector}, or the CPU gains nothing. The first call, as any use of a tensor, begins the preparation. Who waits
     * before answering requests, or before measuring, need not guess how long.
     *
     * @return a future of the caller's own: to cancel it changes nothing else
     */
    public static CompletableFuture<Boolean> ready() {
        return ChosenKernels.ready();
    }
}
