package org.rnn4j.examples.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.Json;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.metric.Metric;

/** A run that has ended. Of use to one thread. */
public final class Trained {
    private final RunConfiguration configuration;
    private final TrainingRun run;
    private final TypeRegistry types;
    /** Null until it is asked for: to read it, and to judge its baselines, takes as long as to read the run's data. */
    private DataSet test;

    /**
     * A run that has ended.
     *
     * @param configuration what it was
     * @param run with its data and its folder
     * @param types what names mean
     */
    public Trained(RunConfiguration configuration, TrainingRun run, TypeRegistry types) {
        this.configuration = configuration;
        this.run = run;
        this.types = types;
    }

    /** What it was. */
    public RunConfiguration configuration() {
        return configuration;
    }

    /** With its data and its folder. */
    public TrainingRun run() {
        return run;
    }

    /** What names mean. */
    public TypeRegistry types() {
        return types;
    }

    /** The model after the last step. */
    public Model last() {
        return run.trainer().model();
    }

    /** The model as it was after the first of the best validations. */
    public Model best() {
        try {
            return CheckpointFile.load(run.folder().best(), types).model();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run's data with the test part in the place of the validation part; it is read once. */
    public DataSet test() {
        if (test == null) {
            try {
                test = configuration.data().test();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return test;
    }

    /** With the run's loss and metrics. */
    public Evaluator evaluator() {
        return new Evaluator(configuration.loss(), metrics());
    }

    private List<Metric> metrics() {
        return configuration
                .training(configuration.schedule(), run.data().metrics())
                .metrics();
    }

    /** What the run's first metric says of a model on some batches. */
    public double judge(Model model, Batches batches) {
        return evaluator().score(model, batches).metrics().get(metrics().get(0).label());
    }

    /** What the run's first metric said at each validation, first to last, also of processes before a resume. */
    public double[] validations() {
        Path file = run.folder().metrics();
        String label = metrics().get(0).label();
        List<Double> values = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (Json.object(lines.get(i), file.toString(), i + 1).get("validation") instanceof Map<?, ?> scores) {
                    values.add(((Number) scores.get(label)).doubleValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values.stream().mapToDouble(value -> value).toArray();
    }
}
