package org.rnn4j.core.tensor;

import java.util.concurrent.atomic.AtomicBoolean;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/** Where an array holds NaN or infinity: one pass at the speed of memory, so that every step can afford it. */
public final class NonFinite {
    /** What a thread should have to do at least, in numbers: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 17;

    private NonFinite() {}

    /** The position of the first of so many numbers that is NaN or infinite; -1 where there is none. */
    public static int first(float[] numbers, int size) {
        PlainKernels kernels = ChosenKernels.get();
        if (size < 2 * WORTH_SHARING) {
            return kernels.isFinite(numbers, 0, size) ? -1 : search(numbers, size);
        }
        AtomicBoolean found = new AtomicBoolean();
        kernels.split(size, WORTH_SHARING, (from, to) -> {
            if (!kernels.isFinite(numbers, from, to)) {
                found.set(true);
            }
        });
        return found.get() ? search(numbers, size) : -1;
    }

    private static int search(float[] numbers, int size) {
        for (int i = 0; i < size; i++) {
            if (!Float.isFinite(numbers[i])) {
                return i;
            }
        }
        return -1;
    }
}
