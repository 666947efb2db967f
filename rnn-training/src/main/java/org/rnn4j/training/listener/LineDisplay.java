package org.rnn4j.training.listener;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress as plain lines, for files and dumb terminals. */
public final class LineDisplay implements ProgressDisplay {
    private final PrintStream out;
    private final long every;
    private final LongSupplier nanoTime;
    private long total;
    private long next;

    /**
     * Lines on a stream.
     *
     * @param between the time between two lines
     */
    public LineDisplay(PrintStream out, Duration between) {
        this(out, between, System::nanoTime);
    }

    /** Lines by another clock, in nanoseconds. */
    public LineDisplay(PrintStream out, Duration between, LongSupplier nanoTime) {
        this.out = out;
        this.every = between.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin(long step, long totalSteps) {
        total = totalSteps;
        next = nanoTime.getAsLong() + every;
    }

    @Override
    public boolean due() {
        return nanoTime.getAsLong() - next >= 0;
    }

    @Override
    public void show(long step, Note note) {
        print("step " + step + " of " + total + ", epoch " + note.epoch() + ": " + note.numbers() + ", " + note.left()
                + " left");
        next = nanoTime.getAsLong() + every;
    }

    @Override
    public void print(String line) {
        out.println(line);
    }

    @Override
    public void end() {
        out.flush();
    }
}
