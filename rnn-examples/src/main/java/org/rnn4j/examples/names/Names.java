package org.rnn4j.examples.names;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.rnn4j.examples.shared.NaiveBayes;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.Predictions;
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
    private static final int LONGEST = 5; // run of naive Bayes
    private static final int PICTURE = 1100;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Names() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Runs runs = repeats.runs("names", seed);
            RunConfiguration configuration = runs.read("run");
            LocaleNames names =
                    Runs.source(configuration, LocaleNamesSource.class).names();
            System.out.println(names.training().size() + " names to learn from in "
                    + names.languages().size() + " languages, "
                    + names.validation().size() + " to choose by, "
                    + names.test().size() + " to judge by");
            Map<String, Double> results = baselines(names);
            Trained trained = runs.train("run", configuration);
            results.put(
                    "accuracy of the GRU",
                    trained.judge(trained.last(), trained.test().validation()));
            int[][] confusion = confusion(trained, names.languages().size());
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
     * How names of the test part were taken.
     *
     * @return how many, {@code [is][was taken for]}
     */
    static int[][] confusion(Trained trained, int languages) {
        int[][] confusion = new int[languages][languages];
        for (Predictions.Row row : trained.evaluator()
                .predictions(trained.last(), trained.test().validation())
                .rows()) {
            confusion[row.wanted()[0]][row.said()[0]]++;
        }
        return confusion;
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
