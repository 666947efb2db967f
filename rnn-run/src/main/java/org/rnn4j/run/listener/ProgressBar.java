package org.rnn4j.run.listener;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.listener.LineDisplay;
import org.rnn4j.training.listener.Progress;
import org.rnn4j.training.listener.ProgressDisplay;

/**
 * Shows on standard output how far the run is, how fast, how well, and how long it will take: a bar on a terminal, a line now and then
 * elsewhere. A validation prints a line of its own.
 *
 * <p>On standard output, because that is what Java can tell a terminal by; standard error stays for what goes wrong.
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
        return over(run.data());
    }

    /** The same for a trainer without a folder. */
    public Listener over(DataSet data) {
        PrintStream out = System.out;
        ProgressDisplay display = isTerminal() && !"dumb".equals(System.getenv("TERM"))
                ? BarDisplay.of(out)
                : new LineDisplay(out, Duration.ofNanos((long) (seconds * NANOS)));
        return new Progress(display, data, System::nanoTime);
    }

    /** Up to Java 21 there is a console only where there is a terminal; from Java 22 on, some JDKs always have one that can be asked. */
    @SuppressWarnings("SystemConsoleNull") // what it warns of is what this is about
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
