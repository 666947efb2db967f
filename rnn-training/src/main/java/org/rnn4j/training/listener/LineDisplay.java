package org.rnn4j.training.listener;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Progress as plain lines, for files and dumb terminals. */
final class LineDisplay implements ProgressDisplay {
    private final PrintStream out;
    private final long every;
    private final LongSupplier nanoTime;
    private long total;
    private long next;

    LineDisplay(PrintStream out, long nanosBetween, LongSupplier nanoTime) {
        this.out = out;
        this.every = nanosBetween;
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
