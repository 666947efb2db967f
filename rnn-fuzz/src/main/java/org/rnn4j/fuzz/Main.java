package org.rnn4j.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: {@code ./rnn fuzz}. */
@Command(
        name = "rnn fuzz",
        description = {
            "Feeds every reader of files with what Jazzer makes up, one target for each processor at a time.",
            "What is found, and the inputs to go on from, are in rnn-fuzz/target/fuzz."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        version = "RNN4J 0.1.0")
public final class Main implements Callable<Integer> {
    @Option(names = "--minutes", description = "For each target (default: ${DEFAULT-VALUE}).", defaultValue = "1")
    private double minutes;

    @Option(
            names = "--target",
            description = "One of them alone, such as json; a name that is none lists them. Default: all.")
    private String name;

    private Main() {}

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr().println(exception.getMessage());
            return 1;
        });
        if (commandLine.execute(arguments) != 0) {
            // The JVM ends with status 1 when main throws.
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new IllegalStateException("the command failed");
        }
    }

    @Override
    public Integer call() throws Exception {
        List<Target> targets = name == null ? Targets.ALL : List.of(Targets.named(name));
        Path module = Path.of(System.getProperty("rnn.home", "."), "rnn-fuzz");
        Fuzzer fuzzer = new Fuzzer(module.resolve("src/test/resources/inputs"), module.resolve("target/fuzz"), 0);
        if (!(minutes > 0)) {
            throw new IllegalArgumentException("--minutes " + minutes + ", expected a number above 0");
        }
        long seconds = Math.max(1, Math.round(60 * minutes));
        ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        int found = 0;
        try {
            List<Future<Fuzzer.Outcome>> outcomes = new ArrayList<>();
            for (Target target : targets) {
                outcomes.add(processors.submit(() -> fuzzer.run(target, seconds)));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                Fuzzer.Outcome outcome = outcomes.get(i).get();
                System.out.println(outcome.seen().isEmpty() ? targets.get(i).name() : outcome.seen());
                boolean sound = outcome.problem().isEmpty();
                System.out.println("    " + (sound ? "nothing found" : outcome.problem()));
                found += sound ? 0 : 1;
            }
        } finally {
            processors.shutdownNow();
            processors.awaitTermination(10, TimeUnit.SECONDS);
        }
        return found == 0 ? 0 : 1;
    }
}
