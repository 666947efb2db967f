package org.rnn4j.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.rnn4j.serialization.Limits;

/**
 * Gives inputs to a target and watches it: which exceptions, how much time, how much memory.
 *
 * <p>Time is that of the thread on a processor, and memory is all that the thread allocates, whether it is still in use or not: both say the same
 * on a busy machine, and what is in use at once is never more.
 */
final class Probe {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target target;
    private final int times;
    private final Path file;
    private long inputs;
    private long understood;
    private long mostNanos;
    private double mostMultiple;

    /**
     * A probe that writes its files to a folder.
     *
     * @param times how much more than the target's memory may be allocated: once, but where code that counts what runs allocates too
     */
    Probe(Target target, int times, Path folder) {
        this.target = target;
        this.times = times;
        this.file = folder.resolve(target.name());
    }

    /**
     * Reads an input.
     *
     * @throws Finding if the target does what it may not
     */
    void read(byte[] input) throws IOException {
        byte[] bytes = form(input);
        inputs++;
        Cost cost = cost(bytes);
        if (!cost.allowed()) {
            // The first reading may have loaded and changed classes.
            cost = cost(bytes);
        }
        mostNanos = Math.max(mostNanos, cost.nanos());
        mostMultiple = Math.max(mostMultiple, cost.multiple());
        if (!cost.allowed()) {
            throw new Finding(cost.toString(), null);
        }
    }

    /** What a reading took. */
    private record Cost(Target target, int times, int length, long nanos, long allocated) {
        boolean allowed() {
            return nanos <= MOST_NANOS && multiple() <= times * (double) target.multiple();
        }

        double multiple() {
            return (allocated - (double) times * Target.FIXED) / Math.max(1, length);
        }

        @Override
        public String toString() {
            return "%d bytes took %d ms and %d bytes of memory; expected at most %d ms, and %d bytes and %d times the file"
                    .formatted(
                            length,
                            nanos / 1_000_000,
                            allocated,
                            MOST_NANOS / 1_000_000,
                            times * Target.FIXED,
                            times * target.multiple());
        }
    }

    private Cost cost(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        long nanos = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        Target.Law law = () -> {};
        try {
            law = target.reader().read(file);
            understood++;
        } catch (Exception e) {
            checkException(e);
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        check(law);
        return new Cost(target, times, bytes.length, nanos, allocated);
    }

    private byte[] form(byte[] input) throws IOException {
        try {
            return target.form().file(input);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Target.Law law) {
        try {
            law.check();
        } catch (Exception e) {
            throw new Finding("what was read cannot be used: " + e, e);
        }
    }

    private void checkException(Exception e) {
        if (target.documented().stream().noneMatch(type -> type.isInstance(e))) {
            throw new Finding("not documented for this reader: " + e, e);
        }
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            throw new Finding("an exception without a message", e);
        }
        if (e.getMessage().length() > Limits.MESSAGE_CHARS + file.toString().length()) {
            throw new Finding("a message of " + e.getMessage().length() + " characters", null);
        }
    }

    /** How many inputs were read, and not refused. */
    long understood() {
        return understood;
    }

    /** The most that an input allocated. */
    String memory() {
        return "at most 1 MB and %.0f bytes for each byte of a file".formatted(mostMultiple);
    }

    /** What was seen. */
    @Override
    public String toString() {
        return "%s: %d inputs, %d of them read, the slowest in %d ms"
                .formatted(target.name(), inputs, understood, mostNanos / 1_000_000);
    }
}
