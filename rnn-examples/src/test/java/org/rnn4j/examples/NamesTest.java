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
    void tellsThreeLanguagesThatAreNotRelated() {
        LocaleNames names = LocaleNames.of(CODES, 1);
        Map<String, Double> baselines = Names.baselines(names);
        double majority = baselines.get("accuracy of the most frequent class");
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
