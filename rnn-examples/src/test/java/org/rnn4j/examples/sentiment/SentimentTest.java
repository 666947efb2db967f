package org.rnn4j.examples.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.examples.shared.NaiveBayes;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.text.LabelledData;
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
    void theTellingWordIsFound(@TempDir Path folder) {
        Runs runs = new Runs(Path.of("config", "sentiment"), folder, 1);
        Map<String, Double> accuracies = Sentiment.accuracies(
                glosses(),
                runs,
                with(
                        runs.read("language-model"),
                        Map.of("embed.width", 16, "lstm.inputs", 16, "lstm.hidden", 16, "output.inputs", 16),
                        "model.chain."),
                with(
                                runs.read("classifier"),
                                Map.of(
                                        "embed.layer.width", 16,
                                        "lstm.layer.inputs", 16,
                                        "lstm.layer.hidden", 16,
                                        "classes.layer.inputs", 48),
                                "model.nodes.")
                        .with("training.epochs", 6));
        assertTrue(accuracies.get("accuracy of the most frequent class") < 0.65, accuracies::toString);
        assertEquals(1, accuracies.get("accuracy of naive Bayes over words"));
        assertTrue(accuracies.get("accuracy of 5 classifiers") > 0.95, accuracies::toString);
    }

    /** So many units in the model, and all words known. */
    private static RunConfiguration with(RunConfiguration configuration, Map<String, Integer> sizes, String at) {
        RunConfiguration changed = configuration.with("data.minimumCount", 1);
        for (Map.Entry<String, Integer> size : sizes.entrySet()) {
            changed = changed.with(at + size.getKey(), size.getValue());
        }
        return changed;
    }

    @Test
    void naiveBayesCountsTheVeryTextsThatTheNetworkLearnsFrom() {
        Glosses glosses = glosses();
        Tokenizer stems = new Stems(5);
        RatedGlossesSource source = new RatedGlossesSource(5, 1, 32, 1, 1);
        Vocabulary vocabulary = source.vocabulary(glosses);
        LabelledData data = source.of(glosses, vocabulary, glosses.validation());
        Batches batches = data.training();
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
