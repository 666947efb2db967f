package org.rnn4j.training.text;

import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.ContiguousBatches;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.metric.LikelihoodMetric;

/**
 * One long text for a language model: each token is to be predicted from those before it.
 *
 * <p>Training and validation are {@link ContiguousBatches} of the same number of steps. Validation has as many rows as training where each row
 * then fills a window, and fewer where the validation part is shorter: at most one token a row is not judged. Baselines are 1-, 2-, 3- and
 * 5-gram models (see {@link NGram}) on the very tokens that the model is judged on, and the best of the longer ones, which are tried for as long
 * as each gains 0.001 nats a token; computed when they are first asked for. On a novel's characters that ends with the 8-gram, which for the
 * moment takes about 80 bytes a character.
 *
 * <pre>{@code
 * Corpus.Parts parts = Corpus.read(Path.of("book.txt")).split(0.9, 0.05);
 * Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), parts.train());
 * TextData data = new TextData(parts, vocabulary, 32, 64);
 * }</pre>
 */
public final class TextData implements DataSet {
    private final Vocabulary vocabulary;
    private final Batches training;
    private final Batches validation;
    private final Baselines baselines;
    private final String fingerprint;

    /**
     * Cuts a text.
     *
     * @param parts the parts of the text; the test part is not used
     * @param vocabulary of the training part
     * @param rows N, how many pieces of the text are read side by side
     * @param steps T, how many tokens a window has
     * @throws IllegalArgumentException where the training part is shorter than one window, or the validation part than two tokens
     */
    public TextData(Corpus.Parts parts, Vocabulary vocabulary, int rows, int steps) {
        this.vocabulary = vocabulary;
        int[] train = vocabulary.encode(parts.train());
        int[] held = vocabulary.encode(parts.validation());
        this.training = DataSource.named("training part", () -> new ContiguousBatches(train, rows, steps));
        if (held.length < 2) {
            throw new IllegalArgumentException("validation part: it has " + held.length
                    + " tokens, expected at least 2, one to predict the other from");
        }
        int heldSteps = Math.min(steps, held.length - 1);
        int heldRows = Math.min(rows, (held.length - 1) / heldSteps);
        ContiguousBatches judged = new ContiguousBatches(held, heldRows, heldSteps);
        this.validation = judged;
        this.baselines = new Baselines(train, held, judged.targets(), vocabulary);
        this.fingerprint = new Fingerprint()
                .add("text")
                .add(String.join("\0", vocabulary.tokens()))
                .add(train)
                .add(held)
                .add(rows, steps)
                .digits();
    }

    /** The tokens by id, for sampling. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** By what the baselines are judged: bits per character for characters, else perplexity. */
    public LikelihoodMetric metric() {
        return baselines.metric();
    }

    @Override
    public Batches training() {
        return training;
    }

    @Override
    public Batches validation() {
        return validation;
    }

    @Override
    public List<Baseline> baselines() {
        return baselines.scores();
    }

    /** {@code vocabulary}: how many ids there are. */
    @Override
    public Map<String, Integer> sizes() {
        return Map.of("vocabulary", vocabulary.size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
