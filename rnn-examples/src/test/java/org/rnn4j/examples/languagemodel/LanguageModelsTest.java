package org.rnn4j.examples.languagemodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Draws;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;

/** Both language models, on a text of which the best perplexity is known. */
class LanguageModelsTest {
    @TempDir
    private Path folder;

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

    /** A file with another text, and with so many units in the model. */
    private Trained trained(String example, long epochs, double rate, Map<String, Integer> sizes) throws IOException {
        Path file = Files.writeString(folder.resolve("words.txt"), text(Draws.of(1), 23_000));
        Runs runs = new Runs(Path.of("config", example), folder, 1);
        RunConfiguration configuration = runs.read("run")
                .with("data.resource", null)
                .with("data.file", file.toString())
                .with("training.epochs", epochs)
                .with("schedule.rate", rate);
        for (Map.Entry<String, Integer> size : sizes.entrySet()) {
            configuration = configuration.with("model.chain." + size.getKey(), size.getValue());
        }
        return runs.train("run", configuration);
    }

    @Test
    void rnnlmLearnsWhichWordsFollowWhichAsNGramsDo() throws IOException {
        Trained trained = trained(
                "rnnlm", 6, 4, Map.of("embed.width", 20, "lstm.inputs", 20, "lstm.hidden", 20, "output.inputs", 20));
        Map<String, Double> perplexities = RnnLm.baselines(trained);
        assertEquals(5, perplexities.get("perplexity, 1-gram"), 0.1);
        assertEquals(2, perplexities.get("perplexity, 2-gram"), 0.05);
        double perplexity = RnnLm.perplexity(trained);
        assertTrue(perplexity > 1.9 && perplexity < 2.2, "perplexity " + perplexity);
    }

    @Test
    void betterRnnlmLearnsWhichWordsFollowWhich() throws IOException {
        Trained trained = trained(
                "better-rnnlm",
                8,
                0.02,
                Map.of(
                        "embed.width", 32,
                        "lstm1.layer.inputs", 32,
                        "lstm1.layer.hidden", 32,
                        "lstm2.layer.inputs", 32,
                        "lstm2.layer.hidden", 32,
                        "output.inputs", 32));
        double perplexity = RnnLm.perplexity(trained);
        assertTrue(perplexity > 1.9 && perplexity < 2.2, "perplexity " + perplexity);
    }
}
