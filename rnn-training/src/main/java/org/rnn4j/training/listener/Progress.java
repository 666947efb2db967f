package org.rnn4j.training.listener;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Training;
import org.rnn4j.training.metric.Mean;

/**
 * Reports the progress of a run: steps, speed, scores and remaining time, and a line for each validation. Speed and remaining time include the time
 * of validations.
 *
 * <pre>{@code
 * trainer.listen(Progress.lines(System.out, data));
 * }</pre>
 */
public final class Progress implements Listener {
    private static final double NANOS = 1e9;

    private final ProgressDisplay display;
    private final DataSet data;
    private final String positionsName;
    private final LongSupplier nanoTime;

    /** Computed when the run starts, because this takes a while. */
    private List<Baseline> baselines = List.of();

    private boolean begun;
    private long startNanos;
    private long startStep;
    private long positions;
    private Mean recentLoss = new Mean();
    private StepReport lastReport;

    /**
     * Progress on a display.
     *
     * @param data its baselines are shown beside the results
     * @param nanoTime a clock, such as {@link System#nanoTime}
     */
    public Progress(ProgressDisplay display, DataSet data, LongSupplier nanoTime) {
        this.display = display;
        this.data = data;
        this.positionsName = data.sizes().containsKey("vocabulary") ? "tokens/s" : "positions/s";
        this.nanoTime = nanoTime;
    }

    /** Progress in plain lines, one every 10 seconds and one for each validation. */
    public static Progress lines(PrintStream out, DataSet data) {
        return new Progress(new LineDisplay(out, Duration.ofSeconds(10)), data, System::nanoTime);
    }

    @Override
    public String name() {
        return "ProgressBar";
    }

    @Override
    public void started(Training training) {
        baselines = data.baselines();
        for (Baseline baseline : baselines) {
            display.print("baseline: " + baseline.method() + " reaches " + number(baseline.value()) + " "
                    + baseline.metric());
        }
        startNanos = nanoTime.getAsLong();
        startStep = training.step();
    }

    @Override
    public void stepped(StepReport report) {
        if (!begun) {
            display.begin(startStep, report.totalSteps());
            begun = true;
        }
        positions += report.positions();
        recentLoss.add(report.loss(), report.positions());
        lastReport = report;
        if (display.due()) {
            show();
        }
    }

    private void show() {
        long taken = lastReport.step() - startStep;
        double seconds = (nanoTime.getAsLong() - startNanos) / NANOS;
        double loss = recentLoss.count() == 0 ? lastReport.loss() : recentLoss.value();
        String numbers = "loss " + number(loss) + ", " + rate(taken / seconds) + " steps/s, "
                + rate(positions / seconds) + " " + positionsName;
        double left = seconds / taken * (lastReport.totalSteps() - lastReport.step());
        display.show(lastReport.step(), new ProgressDisplay.Note(lastReport.epoch(), numbers, time(left)));
        recentLoss = new Mean();
    }

    @Override
    public void validated(ValidationReport report) {
        display.print("step " + report.step() + " validation: " + numbers(report.scores())
                + (report.best() ? " (best)" : "") + beside(report.scores()));
    }

    /** {@code 2.41 bits per character, 5.31 perplexity}. */
    private static String numbers(Scores scores) {
        if (scores.metrics().isEmpty()) {
            return "loss " + number(scores.loss());
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Double> metric : scores.metrics().entrySet()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(number(metric.getValue()))
                    .append(' ')
                    .append(metric.getKey());
        }
        return text.toString();
    }

    /** The baselines of the first metric. */
    private String beside(Scores scores) {
        String metric = scores.metrics().keySet().stream().findFirst().orElse("loss");
        StringBuilder text = new StringBuilder();
        for (Baseline baseline : baselines) {
            if (baseline.metric().equals(metric)) {
                text.append(text.isEmpty() ? "; " : ", ")
                        .append(baseline.shortMethod())
                        .append(' ')
                        .append(number(baseline.value()));
            }
        }
        return text.toString();
    }

    @Override
    public void ended(Ending ending) {
        if (begun) {
            show();
        }
        display.end();
        if (!ending.failed()) {
            display.print("ended after step " + ending.step() + ": " + ending.reason());
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3f" : "%.0f", value);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.2f" : perSecond < 100 ? "%.1f" : "%,.0f", perSecond);
    }

    /** {@code 1:02:03}, or {@code 2:03} below an hour. */
    private static String time(double seconds) {
        if (!(seconds < Long.MAX_VALUE)) {
            return "?";
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
