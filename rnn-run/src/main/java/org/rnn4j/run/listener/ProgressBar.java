package org.rnn4j.run.listener;

import java.time.Duration;
import org.rnn4j.training.Listener;
import org.rnn4j.training.listener.Progress;

/**
 * Shows steps, speed, scores and remaining time, see {@link Displays}: as a bar on a terminal, as lines elsewhere. Each validation prints a line.
 *
 * @param seconds the time between two lines if there is no terminal; 10 by default
 */
public record ProgressBar(Double seconds) implements ListenerSpec {
    private static final double NANOS = 1e9;

    /** Checks the range. */
    public ProgressBar {
        seconds = seconds == null ? 10.0 : seconds;
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("seconds is " + seconds + ", expected a number above 0");
        }
    }

    /** With the usual settings. */
    public ProgressBar() {
        this(null);
    }

    @Override
    public Listener create(RunContext run) {
        return new Progress(
                run.displays().open(Duration.ofNanos((long) (seconds * NANOS))), run.data(), System::nanoTime);
    }
}
