package org.rnn4j.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.listener.BestCheckpoint;
import org.rnn4j.run.listener.Checkpoints;
import org.rnn4j.run.listener.Curve;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.run.listener.Metrics;
import org.rnn4j.run.listener.ProgressBar;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.metric.Metric;

/**
 * The configuration file of a run, YAML or JSON:
 *
 * <pre>
 * format: 1
 * seed: 1
 * data: {type: Text, resource: dickens.txt, unit: character, rows: 32, steps: 64}
 * model:
 *   chain:
 *     embed:  {type: Embedding, ids: $vocabulary, width: 64}
 *     lstm:   {type: TimeLSTM, inputs: 64, hidden: 128, stateful: true}
 *     output: {type: Affine, inputs: 128, outputs: $vocabulary}
 * loss: {type: SoftmaxCrossEntropy}
 * optimizer:
 *   type: AdamW
 *   weightDecay: 0.01
 *   groups: [{pattern: embed.*, rateFactor: 0.5}, {pattern: "*.b", weightDecay: 0}, {pattern: "*.bias", weightDecay: 0}]
 * schedule: {type: ConstantRate, rate: 0.002}
 * training: {epochs: 2, clip: 5, validateEvery: 500, averageAfter: 5, metrics: [bits per character]}
 * listeners: [ProgressBar, Metrics, Curve, BestCheckpoint, {type: Checkpoints, every: 500}]
 * </pre>
 *
 * <p>The types of {@code data}: {@link org.rnn4j.training.text.TextSource Text} (one long text), {@link
 * org.rnn4j.training.text.SentencesSource Sentences}, {@link org.rnn4j.training.text.LabelledSource Labelled} (texts and their classes), {@link
 * org.rnn4j.training.text.TaggedSource Tagged} (a tag for each token), {@link org.rnn4j.training.text.PairsSource Pairs} (questions and answers,
 * for an encoder and a decoder) and {@link org.rnn4j.training.data.SeriesSource Series} (numbers); the Javadoc of each shows the section and, if it
 * needs a special form, the model.
 *
 * <p>{@code $vocabulary} and the like are numbers that the data gives ({@link DataSet#sizes}). {@code seed} is 0 where it is left out; {@code $seed} in
 * {@code data} is the same number. Where
 * {@code listeners} is left out, they are those above with a checkpoint at the end alone.
 *
 * <p>Every method reads its section when it is called; an error names the file, the line and the place. Immutable.
 */
public final class RunConfiguration {
    private static final String SEED = "seed";
    private static final String DATA = "data";
    private static final String MODEL = "model";
    private static final String LOSS = "loss";
    private static final String OPTIMIZER = "optimizer";
    private static final String WEIGHT_DECAY = "weightDecay";
    private static final String GROUPS = "groups";
    private static final String SCHEDULE = "schedule";
    private static final String TRAINING = "training";
    private static final String STEPS = "steps";
    private static final String EPOCHS = "epochs";
    private static final String CLIP = "clip";
    private static final String VALIDATE_EVERY = "validateEvery";
    private static final String AVERAGE_AFTER = "averageAfter";
    private static final String METRICS = "metrics";
    private static final String LISTENERS = "listeners";

    private final Config config;
    private final Map<String, Metric> knownMetrics;

    private RunConfiguration(Config config, Map<String, Metric> knownMetrics) {
        this.config = config.only(SEED, DATA, MODEL, LOSS, OPTIMIZER, SCHEDULE, TRAINING, LISTENERS);
        this.knownMetrics = knownMetrics;
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws ConfigException if it is malformed or has an unknown key
     */
    public static RunConfiguration read(Path file, TypeRegistry types) {
        try {
            return new RunConfiguration(Config.read(file).with(types), Metric.named(types));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no configuration file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name the name of the file in messages; the text is YAML unless the name ends in {@code .json}
     */
    public static RunConfiguration parse(String text, String name, TypeRegistry types) {
        return new RunConfiguration(Config.parse(text, name).with(types), Metric.named(types));
    }

    /**
     * The same with another value, such as {@code with("seed", 2)} or {@code with("training.epochs", 1)}.
     *
     * @param place the keys that lead to the value, with dots between them
     * @param plain a map, a list, a string, a number or a boolean; null leaves the key out
     */
    public RunConfiguration with(String place, Object plain) {
        return new RunConfiguration(config.with(place, plain), knownMetrics);
    }

    /** The file as it was written, or as it would be with what was changed. */
    public String text() {
        return config.text();
    }

    /** The seed of the random numbers. */
    public long seed() {
        return config.find(SEED, Long.class).orElse(0L);
    }

    /** Where the data comes from; {@code $seed} in it is {@link #seed}. */
    public DataSource data() {
        return config.with(Map.of(SEED, seed())).get(DATA, DataSource.class);
    }

    /**
     * The model.
     *
     * @param sizes the value of each {@code $name}, see {@link DataSet#sizes}
     */
    public ModelSpec model(Map<String, Integer> sizes) {
        return config.with(sizes).get(MODEL, ModelSpec.class);
    }

    /** The loss. */
    public Loss loss() {
        return config.spec(LOSS, LossSpec.class).create(new NoParams());
    }

    /** The optimizer, for a model. */
    public Optimizer optimizer(Model model) {
        Config section = config.section(OPTIMIZER);
        UpdateRule rule = section.without(WEIGHT_DECAY, GROUPS).as(UpdateRule.class);
        double weightDecay = section.find(WEIGHT_DECAY, Double.class).orElse(0.0);
        List<Group> groups = section.keys().contains(GROUPS) ? section.list(GROUPS, Group.class) : List.of();
        try {
            return new Optimizer(rule, model, weightDecay, groups);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(WEIGHT_DECAY) ? atItsKey(section, message) : section.error(GROUPS, message);
        }
    }

    /** The learning rate. */
    public Schedule schedule() {
        return config.get(SCHEDULE, Schedule.class);
    }

    /**
     * How long to train and how to validate.
     *
     * @param ofData metrics that may be named in addition to those of every run, see {@link DataSet#metrics}
     */
    public TrainerSettings training(Schedule schedule, List<Metric> ofData) {
        Config section = config.section(TRAINING).only(STEPS, EPOCHS, CLIP, VALIDATE_EVERY, AVERAGE_AFTER, METRICS);
        Long steps = section.find(STEPS, Long.class).orElse(null);
        Long epochs = section.find(EPOCHS, Long.class).orElse(null);
        Double clip = section.find(CLIP, Double.class).orElse(null);
        Long validateEvery = section.find(VALIDATE_EVERY, Long.class).orElse(null);
        Long averageAfter = section.find(AVERAGE_AFTER, Long.class).orElse(null);
        List<Metric> metrics = metrics(section, ofData);
        try {
            return new TrainerSettings(schedule, steps, epochs, clip, validateEvery, averageAfter, metrics);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean ofOneKey = section.keys().contains(message.split(" ", 2)[0]);
            throw ofOneKey ? atItsKey(section, message) : config.error(TRAINING, message);
        }
    }

    /** An error whose message begins with the key that it is about. */
    private static ConfigException atItsKey(Config section, String message) {
        String[] keyAndProblem = message.split(" ", 2);
        return section.error(keyAndProblem[0], keyAndProblem[1]);
    }

    private List<Metric> metrics(Config section, List<Metric> ofData) {
        Map<String, Metric> known = new TreeMap<>(knownMetrics);
        ofData.forEach(metric -> known.put(metric.label(), metric));
        List<Metric> result = new ArrayList<>();
        List<String> labels = section.keys().contains(METRICS) ? section.list(METRICS, String.class) : List.of();
        for (String label : labels) {
            Metric metric = known.get(label);
            if (metric == null) {
                String hint = Spelling.hint(label, known.keySet());
                throw section.error(
                        METRICS,
                        "unknown metric " + label + (hint.isEmpty() ? ";" : hint) + " known here: "
                                + String.join(", ", known.keySet()));
            }
            result.add(metric);
        }
        return result;
    }

    /** The listeners of the run. */
    public List<ListenerSpec> listeners() {
        return config.keys().contains(LISTENERS)
                ? config.list(LISTENERS, ListenerSpec.class)
                : List.of(new ProgressBar(), new Metrics(), new Curve(), new BestCheckpoint(), new Checkpoints(null));
    }

    /** The listeners, created for a run; their names must differ. */
    public List<Listener> listeners(RunContext run) {
        Map<String, Listener> byName = new LinkedHashMap<>();
        for (ListenerSpec spec : listeners()) {
            Listener listener = spec.create(run);
            if (byName.put(listener.name(), listener) != null) {
                throw config.error(
                        LISTENERS, "two listeners are named " + listener.name() + ", expected each name once");
            }
        }
        return List.copyOf(byName.values());
    }
}
