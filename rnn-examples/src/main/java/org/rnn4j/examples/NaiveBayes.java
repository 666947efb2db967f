package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The baseline for classes of short texts: naive Bayes over the runs of 1 to n characters, the ends of the text among them.
 *
 * <pre>
 * class = argmax_k  log p(k) + sum over runs r of the text  log (c(r,k) + a) / (C(k) + a R)
 * </pre>
 *
 * <p>with c(r,k) how often r is in the texts of class k, C(k) its sum over all runs, R how many different runs there are, and a added to
 * every count. A run that no text had is left out. Source: Cavnar and Trenkle, "N-gram-based text categorization", 1994, for the runs; Manning,
 * Raghavan and Schütze, "Introduction to information retrieval", 2008, section 13.2, for the formula.
 */
final class NaiveBayes {
    private final int longest;
    private final double added;
    private final Map<String, int[]> counts = new HashMap<>();
    private final double[] logPriors;
    private final long[] totals;

    /**
     * Counts.
     *
     * @param names texts and their classes
     * @param classes how many classes there are
     * @param longest n, 1 or more
     * @param added a, above 0
     */
    NaiveBayes(List<LocaleNames.Name> names, int classes, int longest, double added) {
        this.longest = longest;
        this.added = added;
        this.totals = new long[classes];
        int[] sizes = new int[classes];
        for (LocaleNames.Name name : names) {
            sizes[name.language()]++;
            for (String run : runs(name.text())) {
                counts.computeIfAbsent(run, key -> new int[classes])[name.language()]++;
                totals[name.language()]++;
            }
        }
        this.logPriors = new double[classes];
        for (int k = 0; k < classes; k++) {
            logPriors[k] = StrictMath.log((double) sizes[k] / names.size());
        }
    }

    private List<String> runs(String text) {
        int[] points = ("\n" + text + "\n").codePoints().toArray();
        List<String> runs = new ArrayList<>();
        for (int from = 0; from < points.length; from++) {
            for (int length = 1; length <= longest && from + length <= points.length; length++) {
                runs.add(new String(points, from, length));
            }
        }
        return runs;
    }

    /** The most likely class. */
    int classOf(String text) {
        double[] scores = logPriors.clone();
        for (String run : runs(text)) {
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

    /** The share of names whose language it finds. */
    double accuracy(List<LocaleNames.Name> names) {
        return names.stream()
                .mapToDouble(name -> classOf(name.text()) == name.language() ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
