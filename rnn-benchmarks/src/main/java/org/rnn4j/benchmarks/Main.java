package org.rnn4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine;

/** The command line: {@code ./rnn bench}. */
public final class Main {
    private Main() {}

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        CommandLine commandLine = new CommandLine(new Bench());
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr().println(message(exception));
            return 1;
        });
        if (commandLine.execute(arguments) != 0) {
            // The JVM ends with status 1 when main throws.
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new Failed();
        }
    }

    /** What a user can act on is the message; what is a defect of ours needs the whole trace. */
    private static String message(Exception exception) {
        boolean expected = exception instanceof IllegalArgumentException
                || exception instanceof IOException
                || exception instanceof UncheckedIOException;
        if (expected && exception.getMessage() != null) {
            return exception.getMessage();
        }
        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Ends the JVM with status 1; the message was printed before. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed() {
            super("the command failed", null, false, false);
        }
    }
}
