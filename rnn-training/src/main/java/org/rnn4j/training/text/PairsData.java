package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Window;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Predictions;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.SequenceBatches;

/**
 * Questions and their answers, for an encoder that reads the input {@code source} and a decoder that writes what {@code target} reads: padded
 * batches of pairs of similar length, as {@link SequenceBatches#ofPairs} cuts them; or in random order whatever the lengths, see {@link #unsorted}.
 *
 * <p>A token stands in front of an answer and one behind it, see {@link Sides}: the first token is predicted from the one, and the end as the
 * other. A decoder that is let alone writes an answer without any mistake exactly where each token is predicted right from the right ones before
 * it. So the metric {@code exact match} of a run is the share of answers that {@link #answers} writes right; the other metrics are of
 * predictions from the right beginnings, and {@link Predictions#score} has those of what was written.
 *
 * <p>The baselines report the exact match of the most frequent answer in the training part, and of the answer to the most similar question there: the
 * one with the greatest number of equal ids at equal places from the end, minus the difference of the lengths; the first of equal ones. They are
 * computed at the first request. The second compares each question of one part with each of the other, which takes seconds for 50,000 and 5,000 short
 * ones; it is omitted if there are more than 1,000,000,000 comparisons.
 */
public final class PairsData implements DataSet {
    private static final String SOURCE = "source";
    private static final String TARGET = "target";

    private final SequenceBatches training;
    private final SequenceBatches validation;
    private final Sides sides;
    private final PairsBaselines baselines;
    private final int begin;
    private final int end;
    private final String fingerprint;

    /**
     * Pairs.
     *
     * @param questions ids, none empty; not modified
     * @param answers ids of each, without a beginning and an end; not modified
     */
    public record Part(int[][] questions, int[][] answers) {
        /** Checks that there are as many answers as questions. */
        public Part {
            if (questions.length != answers.length) {
                throw new IllegalArgumentException(
                        questions.length + " questions and " + answers.length + " answers: expected one for each");
            }
        }
    }

    /**
     * The meaning of the ids of both sides.
     *
     * @param questions the tokens by id
     * @param answers the tokens by id, those of both ends among them
     * @param reading from where a question is read
     * @param begin the token that stands in front of an answer
     * @param end the token that stands behind it
     */
    public record Sides(Vocabulary questions, Vocabulary answers, Reading reading, String begin, String end) {
        /** Checks that answers can begin and end. */
        public Sides {
            for (String token : List.of(begin, end)) {
                if (!answers.contains(token)) {
                    throw new IllegalArgumentException("the vocabulary of " + answers + " has no \""
                            + token.replace("\n", "\\n") + "\" for the beginning and the end of an answer");
                }
            }
        }

        /** With the tokenizer's boundary at both ends of an answer. */
        public Sides(Vocabulary questions, Vocabulary answers, Reading reading) {
            this(
                    questions,
                    answers,
                    reading,
                    answers.tokenizer().boundary(),
                    answers.tokenizer().boundary());
        }

        /** The ids of a question as the model reads them. */
        public int[] read(String question) {
            return reading.of(questions.encode(question));
        }
    }

    /**
     * Prepares pairs.
     *
     * @param sides what ids mean
     * @param rows N, how many pairs are in a batch
     * @param seed what the order of the pairs depends on
     * @throws IllegalArgumentException if there is no pair, or a question is empty
     */
    public PairsData(Part training, Part validation, Sides sides, int rows, long seed) {
        this.sides = sides;
        this.begin = sides.answers().id(sides.begin());
        this.end = sides.answers().id(sides.end());
        this.training = DataSource.named("training part", () -> batches(training, rows, seed));
        this.validation = DataSource.named("validation part", () -> batches(validation, rows, seed));
        this.baselines = new PairsBaselines(training, validation);
        Fingerprint hash = new Fingerprint()
                .add("pairs")
                .add(String.join("\0", sides.questions().tokens()))
                .add(String.join("\0", sides.answers().tokens()))
                .add(sides.reading().name())
                .add(rows, seed);
        if (begin != end) {
            hash.add(begin, end);
        }
        for (Part part : List.of(training, validation)) {
            hash.add(new long[] {part.questions().length});
            Arrays.stream(part.questions()).forEach(hash::add);
            Arrays.stream(part.answers()).forEach(hash::add);
        }
        this.fingerprint = hash.digits();
    }

    private PairsData(PairsData of) {
        this.sides = of.sides;
        this.begin = of.begin;
        this.end = of.end;
        this.training = of.training.unsorted();
        this.validation = of.validation.unsorted();
        this.baselines = of.baselines;
        this.fingerprint = new Fingerprint().add("unsorted").add(of.fingerprint).digits();
    }

    /** The same pairs in batches that do not mind the lengths, see {@link SequenceBatches#unsorted}: more is padded, and batches are more alike. */
    public PairsData unsorted() {
        return new PairsData(this);
    }

    private SequenceBatches batches(Part part, int rows, long seed) {
        int[][] read = Arrays.stream(part.questions()).map(sides.reading()::of).toArray(int[][]::new);
        int[][] written = Arrays.stream(part.answers())
                .map(answer -> IntStream.concat(
                                IntStream.concat(IntStream.of(begin), IntStream.of(answer)), IntStream.of(end))
                        .toArray())
                .toArray(int[][]::new);
        return SequenceBatches.ofPairs(read, written, rows, seed);
    }

    /** What ids mean, and from where questions are read. */
    public Sides sides() {
        return sides;
    }

    /**
     * The answers of a model, generated greedily, with their targets.
     *
     * <p>Cost: for each batch, the encoder once and at most {@code longest} steps of the decoder.
     *
     * @param model of the inputs {@code source} and {@code target}; only read, without dropout
     * @param batches this data's {@link #training} or {@link #validation}, one epoch of them
     * @param longest the maximum number of tokens of an answer, which is cut there
     */
    public Predictions answers(Model model, Batches batches, int longest) {
        Sampler greedy = new Sampler(Choice.greedy(), 0);
        return answers(batches, batch -> {
            Session session = model.session(Window.of(Map.of(SOURCE, source(batch)))
                    .with(SOURCE, batch.inputSpans().get(SOURCE)));
            return greedy.write(session, begin, end, longest, sides.answers().size());
        });
    }

    /**
     * The best answers that a search finds, with their targets.
     *
     * <p>Cost: for each pair, the encoder on as many rows as the search is wide, and at most {@code longest + 1} steps of the decoder.
     *
     * @param model of the inputs {@code source} and {@code target}; only read, without dropout
     * @param batches this data's {@link #training} or {@link #validation}, one epoch of them
     * @param longest the maximum number of tokens of an answer
     */
    public Predictions answers(Model model, Batches batches, int longest, BeamSearch search) {
        return answers(batches, batch -> {
            Ids source = source(batch);
            int[][] found = new int[source.shape().dim(0)][];
            for (int n = 0; n < found.length; n++) {
                int[] question = read(batch, n);
                int[][] sameRows = Collections.nCopies(search.width(), question).toArray(int[][]::new);
                Session session = model.session(Window.of(Map.of(SOURCE, Ids.of(sameRows))));
                found[n] = search
                        .search(session, begin, end, longest, sides.answers().size())
                        .get(0)
                        .ids()
                        .stream()
                        .mapToInt(id -> id)
                        .toArray();
            }
            return found;
        });
    }

    /** Generates an answer for each row of a batch. */
    @FunctionalInterface
    private interface Writer {
        int[][] write(Batch batch);
    }

    private Predictions answers(Batches batches, Writer writer) {
        List<Predictions.Row> rows = new ArrayList<>();
        for (long i = 0; i < batches.perEpoch(); i++) {
            Batch batch = batches.batch(i);
            int[][] written = writer.write(batch);
            for (int n = 0; n < written.length; n++) {
                rows.add(new Predictions.Row(sides.reading().of(read(batch, n)), written[n], wanted(batch, n)));
            }
        }
        return new Predictions(rows);
    }

    private static Ids source(Batch batch) {
        if (!(batch.inputs().get(SOURCE) instanceof Ids source)) {
            throw new IllegalArgumentException("a batch has the inputs "
                    + batch.inputs().keySet() + ", expected " + SOURCE + " and " + TARGET + " of pairs");
        }
        return source;
    }

    private static int[] read(Batch batch, int n) {
        return valid(source(batch), n, batch.inputSpans().getOrDefault(SOURCE, batch.spans()));
    }

    /** Without the end. */
    private static int[] wanted(Batch batch, int n) {
        int[] target = valid((Ids) batch.target(), n, batch.spans());
        return Arrays.copyOf(target, target.length - 1);
    }

    private static int[] valid(Ids ids, int n, Spans lengths) {
        return IntStream.range(0, lengths.validSteps(n, ids.shape().dim(1)))
                .map(t -> ids.at(n, t))
                .toArray();
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

    /** {@code source}, the number of ids of questions, and {@code target}, the number of ids of answers. */
    @Override
    public Map<String, Integer> sizes() {
        return Map.of(SOURCE, sides.questions().size(), TARGET, sides.answers().size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
