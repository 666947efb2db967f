package org.rnn4j.tests;

import java.util.concurrent.TimeUnit;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * A process of {@link DrawnModelsTest}: prints the hash of each {@link DrawnRun} from number 0 on. Where the Vector API is there, it runs them all
 * twice, with the plain loops that a process begins with (or while the kernels are switched) and with the vector kernels.
 */
final class DrawnHashes {
    private static final long LIMIT_SECONDS = 110;

    private DrawnHashes() {}

    /** How many runs. */
    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        hashes(count);
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            long begin = System.nanoTime();
            while (!kernels().equals("VectorKernels")) {
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                    throw new IllegalStateException("no vector kernels after " + LIMIT_SECONDS + " s");
                }
                Thread.sleep(20);
            }
            hashes(count);
        }
    }

    private static void hashes(int count) {
        for (int number = 0; number < count; number++) {
            System.out.println(number + " " + DrawnRun.of(number).straight() + " " + kernels());
        }
    }

    private static String kernels() {
        return ChosenKernels.get().getClass().getSimpleName();
    }
}
