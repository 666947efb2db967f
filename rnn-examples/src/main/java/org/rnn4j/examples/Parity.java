package org.rnn4j.examples;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.metric.ComparisonMetric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Is the number of ones in a string of bits odd? One bit of memory is enough, but none of the bits alone says anything: any method that looks
 * at single bits or pairs of them is right half of the time.
 *
 * <p>Each kind of cell learns from the answer at the end alone, on random strings of {@value #SHORTEST} to {@value #LONGEST} bits, and is tested
 * on new ones of that length and of lengths that it never saw. {@code docs/examples.md} has the results.
 */
@Command(
        name = "parity",
        description = "Which cells learn whether a string of bits has an odd number of ones.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Parity implements Runnable {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 20;
    private static final Task TASK = new Task(LONGEST, 4000, List.of(20, 40, 80, 160, 320));
    private static final int ROWS = 64;
    private static final int HIDDEN = 32;
    private static final double RATE = 0.005;
    private static final int TESTS = 1000;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Parity() {}

    /**
     * How much is asked.
     *
     * @param longest how many bits the longest strings have that are learnt from
     * @param steps how many steps of training
     * @param tested how many bits the strings have that are judged by
     */
    record Task(int longest, long steps, List<Integer> tested) {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            XYChart chart = Picture.lines("parity, trained on at most " + LONGEST + " bits", "bits", "accuracy");
            for (Map.Entry<String, LayerSpec<?>> cell : cells().entrySet()) {
                System.out.println(cell.getKey() + ":");
                Map<Integer, Double> reached = reached(System.out, cell.getValue(), seed, TASK);
                reached.forEach((bits, accuracy) ->
                        results.put(cell.getKey() + ": accuracy on strings of " + bits + " bits", accuracy));
                line(chart, cell.getKey(), List.copyOf(reached.values()));
            }
            line(chart, "chance", TASK.tested().stream().map(bits -> 0.5).toList());
            results.put("chance", 0.5);
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("parity.png"), List.of(chart)));
            }
            return results;
        });
    }

    private static void line(XYChart chart, String name, List<Double> accuracies) {
        chart.getStyler().setMarkerSize(6);
        chart.getStyler().setYAxisMin(0.4).setYAxisMax(1.0);
        chart.addSeries(
                        name,
                        TASK.tested().stream().mapToDouble(Integer::doubleValue).toArray(),
                        accuracies.stream().mapToDouble(Double::doubleValue).toArray())
                .setMarker(SeriesMarkers.CIRCLE);
    }

    /** Layers of bits as vectors of two numbers, all with {@value #HIDDEN} hidden units. */
    static Map<String, LayerSpec<?>> cells() {
        Map<String, LayerSpec<?>> cells = new LinkedHashMap<>();
        cells.put("RNN", new TimeRNN(2, HIDDEN));
        cells.put("RNN that begins orthogonal", new TimeRNN(2, HIDDEN, Init.orthogonal(1), null));
        cells.put("LSTM", new TimeLSTM(2, HIDDEN));
        cells.put("GRU", new TimeGRU(2, HIDDEN));
        return cells;
    }

    /** The accuracy by the number of bits. */
    static Map<Integer, Double> reached(PrintStream out, LayerSpec<?> cell, long seed, Task task) {
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(2, 2))
                        .then("cell", cell)
                        .then("output", new Affine(HIDDEN, 2))
                        .build(),
                seed);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        TrainerSettings settings = TrainerSettings.steps(
                        task.steps(), new CosineWithWarmUp(RATE, task.steps(), null, 0.0))
                .clippedAt(1)
                .validatedEvery(Math.max(1, task.steps() / 4))
                .judgedBy(ComparisonMetric.ACCURACY);
        new Training(model, new Adam(), loss, settings).on(new Strings(task, seed));
        Map<Integer, Double> reached = new LinkedHashMap<>();
        Evaluator evaluator = new Evaluator(loss, List.of(ComparisonMetric.ACCURACY));
        for (int bits : task.tested()) {
            Batches test = batches(Draws.of(seed).at("test").at(bits), TESTS, bits, bits);
            double accuracy = evaluator.score(model, test).metrics().get(ComparisonMetric.ACCURACY.label());
            out.println("  " + bits + " bits: accuracy " + accuracy + ", chance 0.5");
            reached.put(bits, accuracy);
        }
        return reached;
    }

    /** Random strings, each as often odd as even, and whether they are odd. */
    private static Batches batches(Draws draws, int count, int shortest, int longest) {
        int[][] strings = new int[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            Draws ofOne = draws.at(i);
            int length = shortest + ofOne.below(0, longest - shortest + 1);
            strings[i] = new int[length];
            for (int t = 0; t < length; t++) {
                strings[i][t] = ofOne.below(t + 1L, 2);
            }
            labels[i] = Arrays.stream(strings[i]).sum() % 2;
        }
        return SequenceBatches.ofLabels(strings, labels, ROWS, 1);
    }

    /** Every batch is of new strings, so that there is nothing to learn by heart. */
    private static final class Strings implements DataSet {
        private final Task task;
        private final long seed;

        Strings(Task task, long seed) {
            this.task = task;
            this.seed = seed;
        }

        @Override
        public Batches training() {
            Draws draws = Draws.of(seed).at("training");
            return new Batches() {
                @Override
                public long perEpoch() {
                    return task.steps();
                }

                @Override
                public Batch batch(long number) {
                    return batches(draws.at(number), ROWS, SHORTEST, task.longest())
                            .batch(0);
                }
            };
        }

        @Override
        public Batches validation() {
            return batches(Draws.of(seed).at("validation"), TESTS, SHORTEST, task.longest());
        }

        @Override
        public List<Baseline> baselines() {
            return List.of(new Baseline("chance", ComparisonMetric.ACCURACY.label(), 0.5));
        }

        @Override
        public String fingerprint() {
            return new Fingerprint()
                    .add("parity")
                    .add(SHORTEST, task.longest(), ROWS, seed)
                    .digits();
        }
    }
}
