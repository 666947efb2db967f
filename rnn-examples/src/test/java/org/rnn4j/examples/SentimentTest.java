package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.text.Tokenizer;
import org.rnn4j.training.text.Vocabulary;
import org.rnn4j.training.text.WordTokenizer;

class SentimentTest {
    private static final List<String> GOOD = List.of("nice", "kindness", "lovely", "joyful");
    private static final List<String> BAD = List.of("nasty", "horrid", "ugly", "painful");

    /** Every gloss has one telling word among five that say nothing. */
    private static Glosses glosses() {
        Draws draws = Draws.of(5);
        List<String> lines = new ArrayList<>();
        Map<String, Double> ratings = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            Draws ofLine = draws.at(i);
            boolean good = ofLine.below(0, 2) == 0;
            StringBuilder gloss = new StringBuilder("a thing");
            int telling = ofLine.below(1, 5);
            for (int w = 0; w < 5; w++) {
                gloss.append(' ')
                        .append(
                                w == telling
                                        ? (good ? GOOD : BAD).get(ofLine.below(2, 4))
                                        : "filler" + ofLine.below(3 + w, 6));
            }
            lines.add("1 00 n 01 word" + i + " 0 000 | " + gloss);
            ratings.put("word" + i, good ? 2.0 : -2.0);
        }
        return Glosses.of(lines, ratings, 1);
    }

    @Test
    void theTellingWordIsFound() {
        Map<String, Double> accuracies = Sentiment.accuracies(glosses(), new Sentiment.Size(16, 1, 2, 6, 2), 1);
        assertTrue(accuracies.get("accuracy of the most frequent class") < 0.65, accuracies::toString);
        assertEquals(1, accuracies.get("accuracy of naive Bayes over words"));
        assertTrue(accuracies.get("accuracy of 2 classifiers") > 0.95, accuracies::toString);
    }

    @Test
    void naiveBayesCountsTheVeryTextsThatTheNetworkLearnsFrom() {
        Glosses glosses = glosses();
        Tokenizer stems = new Stems(5);
        Vocabulary vocabulary = Vocabulary.of(stems, stems.boundary() + " " + String.join(" ", glosses.entries()));
        Batches batches =
                Sentiment.data(glosses, glosses.validation(), vocabulary, 1).training();
        Map<NaiveBayes.Text, Integer> learnt = new HashMap<>();
        for (long b = 0; b < batches.perEpoch(); b++) {
            Batch batch = batches.batch(b);
            Ids ids = (Ids) batch.inputs().get("x");
            Ids labels = (Ids) batch.target();
            for (int n = 0; n < ids.shape().dim(0); n++) {
                List<String> tokens = new ArrayList<>();
                for (int t = 0; t < batch.spans().validSteps(n, ids.shape().dim(1)); t++) {
                    tokens.add(vocabulary.token(ids.at(n, t)));
                }
                // The network is told where a text begins and ends.
                assertEquals(stems.boundary(), tokens.get(0));
                assertEquals(Glosses.FOR, tokens.get(tokens.size() - 1));
                learnt.merge(new NaiveBayes.Text(tokens.subList(1, tokens.size() - 1), labels.at(n)), 1, Integer::sum);
            }
        }
        Map<NaiveBayes.Text, Integer> counted = new HashMap<>();
        Sentiment.texts(glosses.learnt(), stems).forEach(text -> counted.merge(text, 1, Integer::sum));
        assertEquals(counted, learnt);
    }

    /** Glosses that say nothing, beside the rated words themselves. */
    @Test
    void naiveBayesKnowsTheRatedWordsOfTheTrainingPart() {
        Glosses.Rated good = new Glosses.Rated("nice", 1);
        Glosses.Rated bad = new Glosses.Rated("nasty", 0);
        List<Glosses.Rated> training = List.of(new Glosses.Rated("a thing", 1), new Glosses.Rated("a thing", 0));
        List<Glosses.Rated> asked = List.of(new Glosses.Rated("a nice one", 1), new Glosses.Rated("a nasty one", 0));
        Glosses glosses = new Glosses(List.of(), training, List.of(good, bad), asked, asked);
        assertEquals(
                1,
                Sentiment.baselines(glosses, "naive Bayes", new WordTokenizer()).get("accuracy of naive Bayes"));
    }

    @Test
    void stemsAreTheBeginningsOfWords() {
        List<String> tokens = new ArrayList<>();
        Stems stems = new Stems(5);
        stems.split("Cruelly, he did <for> its cruelty <unknown>", tokens::add);
        assertEquals(List.of("cruel", ",", "he", "did", "<for>", "its", "cruel", "<unknown>"), tokens);
        assertEquals("stems of 5 letters", stems.name());
    }
}
