package org.rnn4j.run.listener;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import org.rnn4j.training.listener.LineDisplay;
import org.rnn4j.training.listener.ProgressDisplay;

/** Creates displays for the progress of runs. */
@FunctionalInterface
public interface Displays {
    /**
     * A display for one run.
     *
     * @param between the time between two lines, if there is no bar
     */
    ProgressDisplay open(Duration between);

    /**
     * On standard output, because Java can detect a terminal only there; standard error is for errors. A bar on a terminal, lines elsewhere.
     */
    static Displays terminal() {
        return between -> {
            PrintStream out = System.out;
            return isTerminal() && !"dumb".equals(System.getenv("TERM"))
                    ? BarDisplay.of(out)
                    : new LineDisplay(out, between);
        };
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
