package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Corpus;

/** Both language models, on a text of which the best perplexity is known. */
class LanguageModelsTest {
    private final Dickens small = small();

    private static Dickens small() {
        Draws draws = Draws.of(1);
        return new Dickens(new Corpus.Parts(
                text(draws.at("training"), 20_000), text(draws.at("validation"), 1500), text(draws.at("test"), 1500)));
    }

    /** After each of five words one of two follows: no model can do better than a perplexity of 2. */
    private static String text(Draws draws, int words) {
        List<String> vocabulary = List.of("one", "two", "three", "four", "five");
        StringBuilder text = new StringBuilder();
        int word = 0;
        for (int t = 0; t < words; t++) {
            text.append(vocabulary.get(word)).append(' ');
            word = (word + 1 + draws.below(t, 2)) % vocabulary.size();
        }
        return text.toString();
    }

    @Test
    void baselinesKnowWhichWordsFollowWhich() {
        Map<String, Double> perplexities = small.baselines();
        assertEquals(5, perplexities.get("perplexity, 1-gram"), 0.1);
        assertEquals(2, perplexities.get("perplexity, 2-gram"), 0.05);
    }

    @Test
    void rnnlmLearnsWhichWordsFollowWhich() {
        double perplexity = small.perplexity(RnnLm.trained(small, new RnnLm.Size(20, 4, 6), 1));
        assertTrue(perplexity > 1.9 && perplexity < 2.2, "perplexity " + perplexity);
    }

    @Test
    void betterRnnlmLearnsWhichWordsFollowWhich() {
        double perplexity = small.perplexity(BetterRnnLm.trained(small, new RnnLm.Size(32, 0.02, 8), 1));
        assertTrue(perplexity > 1.9 && perplexity < 2.2, "perplexity " + perplexity);
    }
}
