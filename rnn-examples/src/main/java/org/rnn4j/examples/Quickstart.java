package org.rnn4j.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rnn4j.core.Model;
import org.rnn4j.examples.shared.Words;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.Interruption;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Scores;
import org.rnn4j.training.text.Sampler;
import org.rnn4j.training.text.TextData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The main job: trains the language model that a configuration file describes, judges it beside n-gram models of the same text, and lets it
 * write. Guice wires all of it; see {@link RunModule}.
 */
@Command(
        name = "quickstart",
        description = "Trains a character language model on Dickens, judges it and lets it write.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Quickstart implements Runnable {
    private static final int SAMPLE = 400;
    private static final double TEMPERATURE = 0.8;

    @Option(names = "--config", description = "The run's configuration.", paramLabel = "FILE")
    private Path config = usualConfig();

    @Option(names = "--folder", description = "Where the run's files go.", paramLabel = "FOLDER")
    private Path folder = usualFolder();

    @Option(names = "--resume", description = "Go on from the folder's checkpoint.")
    private boolean resume;

    @Option(
            names = "--allow-changed",
            description = "With --resume: settings that may be others than the checkpoint's, such as schedule.rate.",
            paramLabel = "SETTING",
            split = ",")
    private Set<String> allowChanged = Set.of();

    /** For the command line. */
    public Quickstart() {}

    @Override
    public void run() {
        PrintStream out = System.out;
        if (!resume && !allowChanged.isEmpty()) {
            throw new IllegalArgumentException("--allow-changed is for a run that goes on: give --resume too");
        }
        TrainingRun run = RunModule.run(config, folder);
        if (!(run.data() instanceof TextData data)) {
            throw new IllegalArgumentException(config + ": data: expected the type Text, so that the model can write");
        }
        Model model = run.trainer().model();
        out.println(config + ": a model of " + model.size() + " parameters, "
                + data.vocabulary().size() + " " + data.vocabulary().tokenizer().name() + ", run folder " + folder);
        TrainingRun.Result result = Interruption.during(
                run.trainer(), howToGoOn(), out::println, () -> resume ? run.resume(allowChanged) : run.start());
        if (result.ending().finished()) {
            print(out, data, result.scores());
            String sample =
                    new Sampler(TEMPERATURE, 1).sample(model.copy().session(1), data.vocabulary(), "\n", SAMPLE);
            out.println("\nWhat it writes (" + SAMPLE + " "
                    + data.vocabulary().tokenizer().name() + ", temperature " + TEMPERATURE + "):\n" + sample.strip());
            out.println("\nThe run is in " + folder + ": "
                    + run.folder().files().stream()
                            .map(file -> file.getFileName().toString())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    private static Path usualConfig() {
        return Path.of(System.getProperty("rnn.home", "."), "rnn-examples", "config", "quickstart.yaml");
    }

    private static Path usualFolder() {
        return Path.of("runs", "quickstart");
    }

    private String howToGoOn() {
        return "Saved. Go on with: ./rnn quickstart --resume"
                // Nothing may have been saved since the change.
                + (allowChanged.isEmpty() ? "" : " --allow-changed " + Words.quoted(String.join(",", allowChanged)))
                + (config.equals(usualConfig()) ? "" : " --config " + Words.quoted(config.toString()))
                + (folder.equals(usualFolder()) ? "" : " --folder " + Words.quoted(folder.toString()));
    }

    /** The validation's number beside those of the baselines, best last. */
    private static void print(PrintStream out, TextData data, Optional<Scores> scores) {
        Optional<String> metric =
                data.baselines().stream().map(Baseline::metric).findFirst();
        if (scores.isEmpty() || metric.isEmpty()) {
            return;
        }
        Double reached = scores.get().metrics().get(metric.get());
        if (reached == null) {
            return;
        }
        out.println("\nValidation, " + metric.get() + ":");
        for (Baseline baseline : data.baselines()) {
            out.println(line(baseline.value(), baseline.method()));
        }
        out.println(line(reached, "this model"));
    }

    private static String line(double value, String method) {
        return String.format(Locale.ROOT, "  %6.3f  %s", value, method);
    }
}
