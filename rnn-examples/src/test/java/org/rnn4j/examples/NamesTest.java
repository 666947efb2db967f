package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final List<String> CODES = List.of("fi", "hu", "tr");

    @Test
    void noNameIsInTwoPartsOrOfTwoLanguages() {
        LocaleNames names = LocaleNames.of(LocaleNames.CODES, 1);
        Set<String> seen = new HashSet<>();
        Stream.of(names.training(), names.validation(), names.test())
                .flatMap(List::stream)
                .forEach(name -> assertTrue(seen.add(name.text()), name::text));
        assertEquals(36, names.languages().size());
        assertTrue(seen.size() > 15_000, seen.size() + " names");
        assertTrue(seen.contains("Deutschland"));
        assertTrue(names.training().size() > 7 * names.test().size());
    }

    @Test
    void theSeedDealsTheNames() {
        assertEquals(LocaleNames.of(CODES, 1), LocaleNames.of(CODES, 1));
        assertTrue(
                !LocaleNames.of(CODES, 1).test().equals(LocaleNames.of(CODES, 2).test()));
    }

    @Test
    void naiveBayesCountsAsByHand() {
        List<LocaleNames.Name> names =
                List.of(new LocaleNames.Name("aab", 0), new LocaleNames.Name("a", 0), new LocaleNames.Name("bb", 1));
        NaiveBayes bayes = new NaiveBayes(names, 2, 1, 1);
        // Runs: end, a, b. Of class 0: 4, 3, 1 of 8; of class 1: 2, 0, 2 of 4. Scores of "a", with the prior and two
        // ends:
        // 2/3 * (5/11)^2 * 4/11 = 0.0501 and 1/3 * (3/7)^2 * 1/7 = 0.0087; of "bb" 2/3 * (5/11)^2 * (2/11)^2 = 0.0046
        // and
        // 1/3 * (3/7)^2 * (3/7)^2 = 0.0112; of "ab" 0.0091 and 0.0037.
        assertEquals(0, bayes.classOf("a"));
        assertEquals(1, bayes.classOf("bb"));
        assertEquals(0, bayes.classOf("ab"));
        assertEquals(1, bayes.accuracy(names));
    }

    @Test
    void tellsThreeLanguagesThatAreNotRelated() {
        LocaleNames names = LocaleNames.of(CODES, 1);
        Map<String, Double> baselines = Names.baselines(names);
        double majority = baselines.get("accuracy of the most frequent language");
        int[][] confusion = Names.confusion(names, 1, 2);
        double accuracy = Names.accuracy(confusion);
        assertTrue(majority < 0.5, baselines::toString);
        assertTrue(baselines.get("accuracy of naive Bayes") > 0.9, baselines::toString);
        assertTrue(accuracy > 0.6, "accuracy " + accuracy);
        assertEquals(
                names.test().size(),
                Stream.of(confusion).flatMapToInt(Arrays::stream).sum());
    }
}
