package org.rnn4j.run.listener;

import java.time.Duration;
import org.rnn4j.training.Listener;
import org.rnn4j.training.listener.Progress;

/**
 * Shows how far the run is, how fast, how well, and how long it will take, see {@link Displays}: a bar on a terminal, a line now and then
 * elsewhere. A validation prints a line of its own.
 *
 * @param seconds the time between two lines where there is no terminal; 10 where left out
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
