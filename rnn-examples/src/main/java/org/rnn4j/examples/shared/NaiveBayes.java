package org.rnn4j.examples.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.metric.Majority;

/**
 * The baseline for classes of short texts: naive Bayes over the runs of 1 to n units, which are characters or words.
 *
 * <pre>
 * class = argmax_k  log p(k) + sum over runs r of the text  log (c(r,k) + a) / (C(k) + a R)
 * </pre>
 *
 * <p>with c(r,k) how often r is in the texts of class k, C(k) its sum over all runs, R how many different runs there are, and a added to
 * every count. A run that no text had is left out. Source: Cavnar and Trenkle, "N-gram-based text categorization", 1994, for the runs; Manning,
 * Raghavan and Schütze, "Introduction to information retrieval", 2008, section 13.2, for the formula.
 */
public final class NaiveBayes {
    private static final double[] ADDED = {0.01, 0.03, 0.1, 0.3, 1.0};

    private final int longest;
    private final double added;
    private final Map<List<String>, int[]> counts = new HashMap<>();
    private final double[] logPriors;
    private final long[] totals;

    /**
     * A text and its class.
     *
     * @param units in their order; where the ends of the text say something, they are units too
     * @param label its class, from 0
     */
    public record Text(List<String> units, int label) {}

    /**
     * Counts.
     *
     * @param classes how many classes there are
     * @param longest n, 1 or more
     * @param added a, above 0
     */
    public NaiveBayes(List<Text> texts, int classes, int longest, double added) {
        this.longest = longest;
        this.added = added;
        this.totals = new long[classes];
        int[] sizes = new int[classes];
        for (Text text : texts) {
            sizes[text.label()]++;
            for (List<String> run : runs(text.units())) {
                counts.computeIfAbsent(run, key -> new int[classes])[text.label()]++;
                totals[text.label()]++;
            }
        }
        this.logPriors = new double[classes];
        for (int k = 0; k < classes; k++) {
            logPriors[k] = StrictMath.log((double) sizes[k] / texts.size());
        }
    }

    /**
     * What to count, what to choose by and what to judge by.
     *
     * @param training texts to count
     * @param validation texts to choose by
     * @param test texts to judge by
     */
    public record Parts(List<Text> training, List<Text> validation, List<Text> test) {}

    /**
     * The accuracies of the most frequent class and of naive Bayes on the test part, by name. The longest run and what is added are those that
     * are best on the validation part.
     *
     * @param name what the result is called
     * @param classes how many classes there are
     * @param longest the greatest n to try
     */
    public static Map<String, Double> baselines(String name, Parts parts, int classes, int longest) {
        NaiveBayes best = null;
        double most = -1;
        for (int n = 1; n <= longest; n++) {
            for (double added : ADDED) {
                NaiveBayes bayes = new NaiveBayes(parts.training(), classes, n, added);
                double accuracy = bayes.accuracy(parts.validation());
                if (accuracy > most) {
                    most = accuracy;
                    best = bayes;
                }
            }
        }
        System.out.println(name + ": runs of 1 to " + best.longest + " and " + best.added
                + " added are best on the validation part");
        Map<String, Double> results = new LinkedHashMap<>();
        results.put(
                "accuracy of the most frequent class",
                Majority.of(labels(parts.training()))
                        .score(labels(parts.test()))
                        .value());
        results.put("accuracy of " + name, best.accuracy(parts.test()));
        return results;
    }

    private static int[] labels(List<Text> texts) {
        return texts.stream().mapToInt(Text::label).toArray();
    }

    private List<List<String>> runs(List<String> units) {
        List<List<String>> runs = new ArrayList<>();
        for (int from = 0; from < units.size(); from++) {
            for (int length = 1; length <= longest && from + length <= units.size(); length++) {
                runs.add(units.subList(from, from + length));
            }
        }
        return runs;
    }

    /** The most likely class. */
    public int classOf(List<String> units) {
        double[] scores = logPriors.clone();
        for (List<String> run : runs(units)) {
            int[] ofClass = counts.get(run);
            for (int k = 0; ofClass != null && k < scores.length; k++) {
                scores[k] += StrictMath.log((ofClass[k] + added) / (totals[k] + added * counts.size()));
            }
        }
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }

    /** The share of texts whose class it finds. */
    public double accuracy(List<Text> texts) {
        return texts.stream()
                .mapToDouble(text -> classOf(text.units()) == text.label() ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
