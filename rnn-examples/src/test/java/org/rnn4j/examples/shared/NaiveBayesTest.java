package org.rnn4j.examples.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
    private static final List<NaiveBayes.Text> TEXTS = List.of(text("|aab|", 0), text("|a|", 0), text("|bb|", 1));

    private static NaiveBayes.Text text(String characters, int label) {
        return new NaiveBayes.Text(List.of(characters.split("")), label);
    }

    @Test
    void countsAsByHand() {
        NaiveBayes bayes = new NaiveBayes(TEXTS, 2, 1, 1);
        // Runs: end, a, b. Of class 0: 4, 3, 1 of 8; of class 1: 2, 0, 2 of 4. Scores with the prior and two ends:
        //   |a|   2/3 * (5/11)^2 * 4/11     = 0.0501 and 1/3 * (3/7)^2 * 1/7     = 0.0087
        //   |bb|  2/3 * (5/11)^2 * (2/11)^2 = 0.0046 and 1/3 * (3/7)^2 * (3/7)^2 = 0.0112
        //   |ab|  2/3 * (5/11)^2 * 8/11^2   = 0.0091 and 1/3 * (3/7)^2 * 3/7^2   = 0.0037
        assertEquals(0, bayes.classOf(List.of("|", "a", "|")));
        assertEquals(1, bayes.classOf(List.of("|", "b", "b", "|")));
        assertEquals(0, bayes.classOf(List.of("|", "a", "b", "|")));
        assertEquals(1, bayes.accuracy(TEXTS));
    }

    @Test
    void longerRunsAreChosenWhereOrderDecides() {
        List<NaiveBayes.Text> order =
                List.of(text("ab", 0), text("ba", 1), text("cab", 0), text("cba", 1), text("abc", 0));
        Map<String, Double> baselines =
                NaiveBayes.baselines("naive Bayes", new NaiveBayes.Parts(order, order, order), 2, 2);
        assertEquals(Map.of("accuracy of the most frequent class", 0.6, "accuracy of naive Bayes", 1.0), baselines);
    }

    /** With single units the validation part is right, and the test part only with pairs of them. */
    @Test
    void theTestPartChoosesNothing() {
        List<NaiveBayes.Text> training = List.of(
                new NaiveBayes.Text(List.of("a", "b"), 0),
                new NaiveBayes.Text(List.of("b", "a"), 1),
                new NaiveBayes.Text(List.of("a"), 1),
                new NaiveBayes.Text(List.of("b"), 1));
        List<NaiveBayes.Text> validation = List.of(new NaiveBayes.Text(List.of("a"), 1));
        List<NaiveBayes.Text> test = List.of(new NaiveBayes.Text(List.of("a", "b"), 0));
        assertEquals(1.0, new NaiveBayes(training, 2, 2, 0.01).accuracy(test));
        assertEquals(
                0.0,
                NaiveBayes.baselines("bayes", new NaiveBayes.Parts(training, validation, test), 2, 2)
                        .get("accuracy of bayes"));
    }
}
