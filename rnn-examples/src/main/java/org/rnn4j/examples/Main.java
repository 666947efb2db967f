package org.rnn4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.rnn4j.examples.initial.InitialValues;
import org.rnn4j.training.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code ./rnn quickstart}, {@code ./rnn chapter5}. */
@Command(
        name = "rnn",
        description = "Programs of RNN4J: recurrent networks for the JVM, in pure Java.",
        mixinStandardHelpOptions = true,
        version = "RNN4J 0.1.0",
        footer = {
            "Beside them, ./rnn bench measures this machine, and ./rnn fuzz feeds the readers of files with what a fuzzer makes up:",
            "./rnn bench --help, ./rnn fuzz --help."
        },
        subcommands = {Quickstart.class, Chapter5.class, Example.class, InitialValues.class, Sizes.class})
public final class Main {
    /** For the command line. */
    public Main() {}

    /** Runs the command that the arguments name; without one, prints what there is. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        CommandLine commandLine = commandLine();
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr().println(message(exception));
            return 1;
        });
        int status = args.length == 0 ? usage(commandLine) : commandLine.execute(args);
        if (status != 0) {
            // The JVM ends with status 1 when main throws; System.exit would cut off a shutdown that is still saving.
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new Failed();
        }
    }

    /** A file may be called {@code @run.yaml}; the library would take that for a list of arguments. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExpandAtFiles(false);
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(System.out);
        return 0;
    }

    /** What a user can act on is the message; what is a defect of ours needs the whole trace. */
    private static String message(Exception exception) {
        boolean expected = exception instanceof IllegalArgumentException
                || exception instanceof IllegalStateException
                || exception instanceof IOException
                || exception instanceof UncheckedIOException
                || exception instanceof TrainingException;
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
