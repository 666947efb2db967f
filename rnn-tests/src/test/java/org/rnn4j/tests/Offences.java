package org.rnn4j.tests;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Breaks every rule of {@link ConventionsTest}, never runs, and shows that the rules see what they are to see. */
@SuppressWarnings("all")
final class Offences {
    static int counter;
    static final AtomicInteger COUNT = new AtomicInteger();

    void endsTheJvm() {
        System.exit(1);
        IntConsumer end = Runtime.getRuntime()::halt;
    }

    void opensWhatIsPrivate(Method method) {
        method.setAccessible(true);
        BiConsumer<Method, Boolean> open = Method::setAccessible;
    }

    double differsBetweenJdks(double x) {
        DoubleUnaryOperator tanh = Math::tanh;
        return Math.exp(x);
    }

    void differsBetweenRuns() {
        new Random();
        Supplier<Double> random = Math::random;
    }

    void tellsTheTime() {
        Instant.now();
        LongSupplier now = System::nanoTime;
    }

    void prints() {
        System.out.println();
        System.err.println();
    }

    public void says(boolean what) {}

    public void takes(int one, int two, int three, int four, int five, int six) {}

    static final class LayerManager {}
}
