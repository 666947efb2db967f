package org.rnn4j.examples.shared;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all programs share which train from the configuration files of an example. */
public final class RunOptions {
    @Option(
            names = "--out",
            description = "Where runs and pictures go.",
            paramLabel = "FOLDER",
            defaultValue = "runs/examples")
    private Path out;

    @Option(names = "--resume", description = "Go on with the runs that are in the folder.")
    private boolean resume;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** For the command line. */
    public RunOptions() {}

    /** Where runs and pictures go. */
    public Path out() {
        return out;
    }

    /**
     * The runs of one seed.
     *
     * @param example the name of the folder with its configuration files
     */
    public Runs of(String example, long seed) {
        Path configurations = Path.of(System.getProperty("rnn.home", "."), "rnn-examples", "config", example);
        Runs runs = new Runs(configurations, out.resolve(example).resolve("seed-" + seed), seed).saying(howToGoOn());
        return resume ? runs.resuming() : runs;
    }

    private String howToGoOn() {
        List<String> words = command.root().commandLine().getParseResult().originalArgs();
        return "Saved. Go on with: ./rnn "
                + words.stream().map(Words::quoted).collect(Collectors.joining(" "))
                + (resume ? "" : " --resume");
    }
}
