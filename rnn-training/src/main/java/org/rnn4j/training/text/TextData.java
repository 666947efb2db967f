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
 * One long text for a language model: each token is predicted from those before it.
 *
 * <p>Training and validation are {@link ContiguousBatches} of the same number of steps. Validation has as many rows as training if each row then
 * fills a window, and fewer if the validation part is shorter; at most one token per row is not evaluated. Baselines are 1-, 2-, 3- and
 * 5-gram models (see {@link NGram}) on exactly the tokens on which the model is evaluated, and the best of the longer ones, which are tried as long
 * as each gains 0.001 nats per token; they are computed at the first request. On the characters of a novel this ends with the 8-gram, which
 * temporarily takes about 80 bytes per character.
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
     * Splits a text.
     *
     * @param parts the parts of the text; the test part is not used
     * @param vocabulary of the training part
     * @param rows N, how many pieces of the text are read side by side
     * @param steps T, how many tokens a window has
     * @throws IllegalArgumentException if the training part is shorter than one window, or the validation part than two tokens
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

    /** The metric of the baselines: bits per character for characters, else perplexity. */
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

    /** {@code vocabulary}: the number of ids. */
    @Override
    public Map<String, Integer> sizes() {
        return Map.of("vocabulary", vocabulary.size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
