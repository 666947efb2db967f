package org.rnn4j.examples.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GlossesTest {
    private static final Map<String, Double> RATINGS = Glosses.ratings(
            List.of("kind\t2.4\t0.5\t[2, 3]", "cruel\t-2.8\t0.6\t[-3]", "mean\t-1.1\t1\t[]", "so\t0.3\t1\t[]"));

    private static Glosses of(String... lines) {
        return Glosses.of(List.of(lines), RATINGS, 1);
    }

    @Test
    void theLabelIsTheSignOfTheMeanRatingOfTheWords() {
        Glosses glosses = of(
                "  1 a licence | of many lines",
                "00000001 00 a 02 kind 0 Good_natured(a) 0 001 & 00 a 0000 | having a tender nature  ",
                "00000002 00 a 02 cruel 0 kind 0 000 | both at once",
                "00000003 00 a 01 so 0 000 | rated too near to 0",
                "00000004 00 n 01 stone 0 000 | not rated");
        assertEquals(List.of(new Glosses.Rated("having a tender nature", 1)), glosses.training());
        assertEquals(List.of(new Glosses.Rated("kind", 1)), glosses.words());
        assertEquals(
                List.of(
                        "having a tender nature <for> kind , good natured",
                        "both at once <for> cruel , kind",
                        "rated too near to 0 <for> so",
                        "not rated <for> stone"),
                glosses.entries());
    }

    @Test
    void glossesOfOneWordAreInOnePartAndTheLanguageModelIsNotToldWhatTheOthersExplain() {
        List<String> lines = new ArrayList<>();
        Map<String, Double> ratings = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            ratings.put("word" + i, i % 2 == 0 ? 2.0 : -2.0);
            lines.add("1 00 n 01 word" + i + " 0 000 | first of " + i);
            lines.add("1 00 n 02 other 0 word" + i + " 0 000 | second of " + i);
        }
        Glosses glosses = Glosses.of(lines, ratings, 3);
        assertEquals(18, glosses.test().size());
        assertEquals(12, glosses.validation().size());
        assertEquals(90, glosses.training().size());
        assertEquals(45, glosses.words().size());
        Set<String> numbers = new HashSet<>();
        for (List<Glosses.Rated> part : List.of(glosses.training(), glosses.validation(), glosses.test())) {
            Set<String> ofPart = new HashSet<>();
            part.forEach(gloss -> ofPart.add(gloss.text().replaceAll("\\D", "")));
            assertEquals(part.size() / 2, ofPart.size());
            ofPart.forEach(number -> assertTrue(numbers.add(number), number));
        }
        Set<String> entries = new HashSet<>(glosses.entries());
        Stream.of(glosses.test(), glosses.validation())
                .flatMap(List::stream)
                .forEach(gloss -> assertTrue(entries.contains(gloss.text()), gloss::text));
        glosses.training().forEach(gloss -> assertFalse(entries.contains(gloss.text()), gloss::text));
    }

    @Test
    void theResourcesAreThere() throws IOException {
        Glosses glosses = Glosses.read(1);
        assertEquals(117_791, glosses.entries().size());
        List<Glosses.Rated> labelled = Stream.of(glosses.training(), glosses.validation(), glosses.test())
                .flatMap(List::stream)
                .toList();
        assertEquals(6_680, labelled.size());
        assertEquals(
                3_024, labelled.stream().filter(gloss -> gloss.label() == 1).count());
        assertEquals(1_002, glosses.test().size());
    }
}
