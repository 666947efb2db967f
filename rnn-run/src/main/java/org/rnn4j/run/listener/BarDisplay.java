package org.rnn4j.run.listener;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.rnn4j.training.listener.ProgressDisplay;

/** Progress as a bar in the last line of the terminal; printed lines go above it. */
final class BarDisplay implements ProgressDisplay {
    private static final int MILLIS = 250;
    private static final int USUAL_WIDTH = 80;
    private static final int SHORTEST = 5;

    private final PrintStream out;
    private final int width;
    private me.tongfei.progressbar.ProgressBar bar;
    private long shown;

    BarDisplay(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    /**
     * A bar as wide as the variable COLUMNS says. The library's own way to find the width is not used: its terminal (JLine) handles signals itself,
     * and an interrupt would then end the JVM without saving anything.
     */
    static BarDisplay of(PrintStream out) {
        String columns = System.getenv("COLUMNS");
        boolean known = columns != null && columns.matches("[1-9][0-9]{1,3}");
        return new BarDisplay(out, (known ? Integer.parseInt(columns) : USUAL_WIDTH) - 1);
    }

    @Override
    public void begin(long step, long totalSteps) {
        bar = new ProgressBarBuilder()
                .setInitialMax(totalSteps)
                .startsFrom(step, Duration.ZERO)
                .setUpdateIntervalMillis(MILLIS)
                .setRenderer(BarDisplay::render)
                .setConsumer(new ConsoleProgressBarConsumer(out, width) {
                    /** The line's end is {@link BarDisplay#end}'s, as this is not called where the bar lived too short to be drawn. */
                    @Override
                    public void close() {}
                })
                .build();
    }

    /** {@code  25% [==        ] 500/2000, loss …}, as long as the line. */
    private static String render(ProgressState state, int length) {
        double done = (double) state.getCurrent() / state.getMax();
        String before = String.format(Locale.ROOT, "%3.0f%% [", Math.floor(done * 100));
        String after = "] " + state.getCurrent() + "/" + state.getMax() + ", " + state.getExtraMessage();
        int bar = Math.max(SHORTEST, length - before.length() - after.length());
        int full = (int) (done * bar);
        return before + "=".repeat(full) + " ".repeat(bar - full) + after;
    }

    @Override
    public boolean due() {
        return System.nanoTime() - shown >= Duration.ofMillis(MILLIS).toNanos();
    }

    @Override
    public void show(long step, Note note) {
        shown = System.nanoTime();
        bar.stepTo(step);
        bar.setExtraMessage(note.numbers() + ", " + note.left() + " left");
    }

    /** In one call, so that the bar's own thread draws before or after it; blanks cover what is left of the bar. */
    @Override
    public void print(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())) + System.lineSeparator());
        out.flush();
        if (bar != null) {
            bar.refresh();
        }
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            out.println();
        }
    }
}
