package org.rnn4j.examples;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.LabelledData;
import org.rnn4j.training.text.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Which of 36 languages a name is of: a GRU reads it character by character and answers at its end. The names are the JDK's own, see
 * {@link LocaleNames}; no name is in two parts.
 *
 * <p>Beside it, the most frequent language and naive Bayes over runs of characters, whose longest run and added count are chosen on the
 * validation part. {@code docs/examples.md} has the results.
 */
@Command(
        name = "names",
        description = "The language of a name, from the JDK's own locale data.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Names implements Runnable {
    private static final int ROWS = 64;
    private static final int WIDTH = 32;
    private static final int HIDDEN = 192;
    private static final int EPOCHS = 10;
    private static final double RATE = 0.003;
    private static final double DROPOUT = 0.3;
    private static final int LONGEST = 5; // run of naive Bayes
    private static final int PICTURE = 1100;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Names() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            LocaleNames names = LocaleNames.of(LocaleNames.CODES, seed);
            System.out.println(names.training().size() + " names to learn from in "
                    + names.languages().size() + " languages, "
                    + names.validation().size() + " to choose by, "
                    + names.test().size() + " to judge by");
            Map<String, Double> results = baselines(names);
            int[][] confusion = confusion(names, seed, EPOCHS);
            results.put("accuracy of the GRU", accuracy(confusion));
            printWorst(names.languages(), confusion);
            if (seed == repeats.first()) {
                HeatMapChart chart = chart(names.languages(), confusion);
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("names.png"), List.of(chart)));
            }
            return results;
        });
    }

    /** The accuracies of the simple methods on the test part. */
    static Map<String, Double> baselines(LocaleNames names) {
        return NaiveBayes.baselines(
                "naive Bayes",
                new NaiveBayes.Parts(texts(names.training()), texts(names.validation()), texts(names.test())),
                names.languages().size(),
                LONGEST);
    }

    /** Characters, with both ends of the name. */
    private static List<NaiveBayes.Text> texts(List<LocaleNames.Name> names) {
        return names.stream()
                .map(name -> new NaiveBayes.Text(
                        ("\n" + name.text() + "\n")
                                .codePoints()
                                .mapToObj(Character::toString)
                                .toList(),
                        name.language()))
                .toList();
    }

    /**
     * Trains, and counts how names of the test part were taken.
     *
     * @return {@code [is][was taken for]}
     */
    static int[][] confusion(LocaleNames names, long seed, long epochs) {
        String text = names.training().stream().map(LocaleNames.Name::text).collect(Collectors.joining());
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), text, 2, Integer.MAX_VALUE);
        LabelledData.Names meanings = new LabelledData.Names(vocabulary, names.languages());
        LabelledData.Part training = part(names.training(), vocabulary);
        LabelledData data = new LabelledData(training, part(names.validation(), vocabulary), meanings, ROWS, seed);
        int classes = names.languages().size();
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(vocabulary.size(), WIDTH))
                        .then("gru", new TimeGRU(WIDTH, HIDDEN))
                        .then("dropout", new Dropout(DROPOUT))
                        .then("output", new Affine(HIDDEN, classes))
                        .build(),
                seed);
        long steps = epochs * data.training().perEpoch();
        TrainerSettings settings = TrainerSettings.steps(steps, new CosineWithWarmUp(RATE, steps, steps / 20, 0.0))
                .clippedAt(5)
                .judgedBy(ComparisonMetric.ACCURACY);
        new Training(model, new Adam(), new SoftmaxCrossEntropy(), settings).on(data);

        LabelledData judged = new LabelledData(training, part(names.test(), vocabulary), meanings, ROWS, seed);
        return count(model.inference(), judged.validation(), classes);
    }

    private static LabelledData.Part part(List<LocaleNames.Name> names, Vocabulary vocabulary) {
        int[][] sequences =
                names.stream().map(name -> vocabulary.encode(name.text())).toArray(int[][]::new);
        return new LabelledData.Part(sequences, labels(names));
    }

    private static int[] labels(List<LocaleNames.Name> names) {
        return names.stream().mapToInt(LocaleNames.Name::language).toArray();
    }

    private static int[][] count(Model model, Batches batches, int classes) {
        int[][] confusion = new int[classes][classes];
        for (long b = 0; b < batches.perEpoch(); b++) {
            Batch batch = batches.batch(b);
            float[] output = model.forward(Window.of(batch.inputs()).with(batch.spans()))
                    .output()
                    .toFloats();
            Ids target = (Ids) batch.target();
            for (int i = 0; i < target.shape().size(); i++) {
                if (target.at(i) >= 0) {
                    int best = 0;
                    for (int k = 1; k < classes; k++) {
                        best = output[i * classes + k] > output[i * classes + best] ? k : best;
                    }
                    confusion[target.at(i)][best]++;
                }
            }
        }
        return confusion;
    }

    /** The share of the names that were taken for what they are. */
    static double accuracy(int[][] confusion) {
        double all = 0;
        double right = 0;
        for (int is = 0; is < confusion.length; is++) {
            all += IntStream.of(confusion[is]).sum();
            right += confusion[is][is];
        }
        return right / all;
    }

    /** Which languages are taken for one another most. */
    private static void printWorst(List<String> languages, int[][] confusion) {
        record Pair(int is, int taken) {}
        IntStream.range(0, confusion.length)
                .boxed()
                .flatMap(is -> IntStream.range(0, confusion.length)
                        .filter(taken -> taken != is)
                        .mapToObj(taken -> new Pair(is, taken)))
                .sorted((a, b) -> confusion[b.is()][b.taken()] - confusion[a.is()][a.taken()])
                .limit(5)
                .forEach(pair -> System.out.println(String.format(
                        Locale.ROOT,
                        "  %d of %d names in %s were taken for %s",
                        confusion[pair.is()][pair.taken()],
                        IntStream.of(confusion[pair.is()]).sum(),
                        languages.get(pair.is()),
                        languages.get(pair.taken()))));
    }

    private static HeatMapChart chart(List<String> languages, int[][] confusion) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(PICTURE)
                .height(PICTURE)
                .title("Names of the test part that are of a language (rows) and were taken for one (columns), in %")
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLabelRotation(90);
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, new Color(0x1b, 0x4f, 0x8a)});
        List<Number[]> cells = new ArrayList<>();
        for (int is = 0; is < confusion.length; is++) {
            int all = Math.max(1, IntStream.of(confusion[is]).sum());
            for (int taken = 0; taken < confusion.length; taken++) {
                cells.add(new Number[] {taken, confusion.length - 1 - is, 100 * confusion[is][taken] / all});
            }
        }
        List<String> downwards = new ArrayList<>(languages);
        Collections.reverse(downwards);
        chart.addSeries("names", languages, downwards, cells);
        return chart;
    }
}
