package org.rnn4j.training.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.LikelihoodMetric;

/**
 * Many independent sentences for a language model: padded batches of sentences of similar length.
 *
 * <p>The tokenizer's boundary token precedes and follows a sentence: the first token is predicted from the first boundary, and the second is
 * predicted as the end. Baselines are the n-gram models of {@link TextData}, of all sentences in a row with one boundary between them, on the same
 * tokens.
 */
public final class SentencesData implements DataSet {
    private final Vocabulary vocabulary;
    private final Batches training;
    private final Batches validation;
    private final Baselines baselines;
    private final String fingerprint;

    /**
     * Prepares sentences.
     *
     * @param training ids of each sentence, without the boundaries; copied
     * @param validation those to validate on; copied
     * @param vocabulary of the training sentences and their tokenizer's boundary
     * @param rows N, how many sentences are in a batch
     * @param seed what the order of the sentences depends on
     * @throws IllegalArgumentException if there is no sentence, or the vocabulary has no boundary
     */
    public SentencesData(int[][] training, int[][] validation, Vocabulary vocabulary, int rows, long seed) {
        String boundary = vocabulary.tokenizer().boundary();
        if (!vocabulary.contains(boundary)) {
            throw new IllegalArgumentException("the vocabulary of " + vocabulary + " has no \""
                    + boundary.replace("\n", "\\n") + "\" for the beginning and the end of a sentence");
        }
        int edge = vocabulary.id(boundary);
        this.vocabulary = vocabulary;
        this.training = DataSource.named("training part", () -> batches(training, edge, rows, seed));
        this.validation = DataSource.named("validation part", () -> batches(validation, edge, rows, seed));
        int[] train = joined(training, edge);
        int[] held = joined(validation, edge);
        this.baselines = new Baselines(train, held, List.of(new Span(1, held.length)), vocabulary);
        this.fingerprint = new Fingerprint()
                .add("sentences")
                .add(String.join("\0", vocabulary.tokens()))
                .add(train)
                .add(held)
                .add(rows, seed)
                .digits();
    }

    private static Batches batches(int[][] sentences, int edge, int rows, long seed) {
        int[][] sequences = new int[sentences.length][];
        for (int i = 0; i < sentences.length; i++) {
            sequences[i] = joined(new int[][] {sentences[i]}, edge);
        }
        return SequenceBatches.ofNext(sequences, rows, seed);
    }

    /** All ids in one sequence, with the boundary before, between and after the sentences. */
    private static int[] joined(int[][] sentences, int edge) {
        int[] ids = new int[Arrays.stream(sentences).mapToInt(s -> s.length + 1).sum() + 1];
        ids[0] = edge;
        int end = 1;
        for (int[] sentence : sentences) {
            System.arraycopy(sentence, 0, ids, end, sentence.length);
            end += sentence.length;
            ids[end++] = edge;
        }
        return ids;
    }

    /** The tokens by id, for sampling; a sentence begins after the boundary and ends before the next one. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The metric of the baselines: bits per character for characters (ends of sentences included), else perplexity. */
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
