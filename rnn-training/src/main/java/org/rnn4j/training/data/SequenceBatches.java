package org.rnn4j.training.data;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;

/**
 * Padded batches of many sequences of ids, those of similar length together, in an order that is shuffled every epoch.
 *
 * <p>An epoch: all sequences in random order; cut into pools of 64 batches; each pool sorted by length; cut into batches of N; the batches in
 * random order. Every sequence comes exactly once an epoch, and its neighbours differ from epoch to epoch (sorting everything at once would
 * keep them). If N does not divide the number of sequences, one batch of the epoch has fewer rows.
 *
 * <p>A batch is {@code (N,T)} with T the longest of its sequences. After the end of the shorter ones the inputs are 0 and the targets are
 * {@link Ids#IGNORED}, and the batch has the lengths. Every row begins anew. A batch is a function of (seed, number); safe for use by several
 * threads.
 *
 * <p>Batches of pairs have two inputs, each as long as its own longest row, see {@link #ofPairs}.
 */
public final class SequenceBatches implements Batches {
    /** Ignored by layers that use the lengths; for other layers, an id that every vocabulary has. */
    private static final int PADDING = 0;

    /** The inputs of an encoder, each with its own length; null if the model has one input. */
    private final int[][] sources;

    private final int[][] inputs;
    private final int[][] targets;
    private final Order order;
    private final boolean pooled;

    /** {@code inputs[i]} is as long as {@code targets[i]}. */
    private SequenceBatches(int[][] sources, int[][] inputs, int[][] targets, Order order, boolean pooled) {
        this.sources = sources;
        this.inputs = inputs;
        this.targets = targets;
        this.order = order;
        this.pooled = pooled;
    }

    private static SequenceBatches ofOneInput(int[][] inputs, int[][] targets, int rows, long seed) {
        return new SequenceBatches(null, inputs, targets, new Bucketed(lengths(inputs), rows, seed), false);
    }

    /**
     * Each id of a sequence is to be predicted from those before it: {@code s[0..n-1)} in, {@code s[1..n)} out. A language model's sequence
     * has an id for its beginning and one for its end.
     *
     * @param sequences each of at least 2 ids; copied
     * @param rows N, how many sequences are in a batch
     * @param seed what the order depends on, together with the epoch
     */
    public static SequenceBatches ofNext(int[][] sequences, int rows, long seed) {
        int[][] inputs = new int[sequences.length][];
        int[][] targets = new int[sequences.length][];
        for (int i = 0; i < sequences.length; i++) {
            if (sequences[i].length < 2) {
                throw new IllegalArgumentException("sequence " + i + " has " + sequences[i].length
                        + " ids: expected at least 2, one to predict the other from");
            }
            inputs[i] = Arrays.copyOf(sequences[i], sequences[i].length - 1);
            targets[i] = Arrays.copyOfRange(sequences[i], 1, sequences[i].length);
        }
        return ofOneInput(inputs, targets, rows, seed);
    }

    /**
     * Each question is to be answered by another sequence, for a model with the inputs {@code source}, which an encoder reads, and {@code target},
     * which a decoder reads: the answer shifted by one step, so that each id is predicted from the correct ids before it (teacher forcing).
     *
     * <pre>
     * inputs "source" = questions[i]         (N,S), with lengths of its own
     *        "target" = answers[i][0..n-1)   (N,T)
     * target          = answers[i][1..n)     (N,T)
     * </pre>
     *
     * <p>The length of a pair is that of both sides together.
     *
     * @param questions each of at least 1 id; copied
     * @param answers one for each, of at least 2 ids: the first for the beginning, the last for the end; copied
     * @param rows N, how many pairs are in a batch
     * @param seed what the order depends on, together with the epoch
     */
    public static SequenceBatches ofPairs(int[][] questions, int[][] answers, int rows, long seed) {
        if (questions.length != answers.length) {
            throw new IllegalArgumentException(
                    questions.length + " questions and " + answers.length + " answers: expected one for each");
        }
        for (int i = 0; i < questions.length; i++) {
            if (questions[i].length < 1) {
                throw new IllegalArgumentException("question " + i + " has length 0: expected at least 1");
            }
        }
        // Predictions and minimum lengths are as in sentences.
        SequenceBatches next = ofNext(answers, rows, seed);
        int[][] copies = Arrays.stream(questions).map(int[]::clone).toArray(int[][]::new);
        int[] together = IntStream.range(0, copies.length)
                .map(i -> copies[i].length + next.inputs[i].length)
                .toArray();
        return new SequenceBatches(copies, next.inputs, next.targets, new Bucketed(together, rows, seed), false);
    }

    /**
     * Each step of a sequence has its own tag.
     *
     * @param sequences each of at least 1 id; copied
     * @param tags one for each id; {@link Ids#IGNORED} for a step that does not count; copied
     * @param rows N, how many sequences are in a batch
     * @param seed what the order depends on, together with the epoch
     */
    public static SequenceBatches ofTags(int[][] sequences, int[][] tags, int rows, long seed) {
        if (sequences.length != tags.length) {
            throw new IllegalArgumentException(
                    sequences.length + " sequences and " + tags.length + " sequences of tags: expected one for each");
        }
        for (int i = 0; i < sequences.length; i++) {
            if (sequences[i].length != tags[i].length) {
                throw new IllegalArgumentException("sequence " + i + " has " + sequences[i].length + " ids and "
                        + tags[i].length + " tags: expected one for each");
            }
        }
        return ofOneInput(
                Arrays.stream(sequences).map(int[]::clone).toArray(int[][]::new),
                Arrays.stream(tags).map(int[]::clone).toArray(int[][]::new),
                rows,
                seed);
    }

    /**
     * Each sequence has one label, at its last step; the steps before it have none ({@link Ids#IGNORED}), so a loss and an accuracy count every
     * sequence once. For a model with one output per sequence instead of one per step, see {@link #pooled}.
     *
     * @param sequences each of at least 1 id; copied
     * @param labels one for each sequence, 0 or more; not modified
     * @param rows N, how many sequences are in a batch
     * @param seed what the order depends on, together with the epoch
     */
    public static SequenceBatches ofLabels(int[][] sequences, int[] labels, int rows, long seed) {
        if (sequences.length != labels.length) {
            throw new IllegalArgumentException(
                    sequences.length + " sequences and " + labels.length + " labels: expected one for each");
        }
        int[][] inputs = new int[sequences.length][];
        int[][] targets = new int[sequences.length][];
        for (int i = 0; i < sequences.length; i++) {
            inputs[i] = sequences[i].clone();
            targets[i] = new int[sequences[i].length];
            Arrays.fill(targets[i], Ids.IGNORED);
            if (targets[i].length > 0) { // an empty one has its message from the order
                targets[i][targets[i].length - 1] = labels[i];
            }
        }
        return ofOneInput(inputs, targets, rows, seed);
    }

    /**
     * The same batches with only the last target of each sequence, (N) instead of (N,T), for a model with one output (N,V) for a whole row, such as
     * one that takes the mean over time.
     */
    public SequenceBatches pooled() {
        return new SequenceBatches(sources, inputs, targets, order, true);
    }

    /** The same sequences in batches that do not mind the lengths: an epoch is all of them in random order, cut into batches of N. */
    public SequenceBatches unsorted() {
        return new SequenceBatches(sources, inputs, targets, order.unsorted(), pooled);
    }

    @Override
    public long perEpoch() {
        return order.perEpoch();
    }

    @Override
    public Batch batch(long number) {
        int[] members = order.members(number);
        int[][] read = chosen(inputs, members);
        int[][] wanted = chosen(targets, members);
        Ids target = pooled ? last(wanted) : padded(wanted, Ids.IGNORED);
        boolean[] resets = new boolean[members.length];
        Arrays.fill(resets, true);
        if (sources == null) {
            return Batch.of(padded(read, PADDING), target)
                    .with(Spans.of(lengths(read)).beginningAtStart(resets));
        }
        int[][] asked = chosen(sources, members);
        return Batch.of(Map.of("source", padded(asked, PADDING), "target", padded(read, PADDING)), target)
                .with(Spans.of(lengths(read)).beginningAtStart(resets))
                .with("source", Spans.of(lengths(asked)));
    }

    private static int[][] chosen(int[][] sequences, int[] members) {
        return Arrays.stream(members).mapToObj(i -> sequences[i]).toArray(int[][]::new);
    }

    private static int[] lengths(int[][] sequences) {
        return Arrays.stream(sequences).mapToInt(s -> s.length).toArray();
    }

    private static Ids last(int[][] sequences) {
        int[] last = Arrays.stream(sequences).mapToInt(s -> s[s.length - 1]).toArray();
        return Ids.of(Shape.of(last.length), last);
    }

    private static Ids padded(int[][] sequences, int padding) {
        int steps = Arrays.stream(lengths(sequences)).max().orElseThrow();
        int[][] rows = new int[sequences.length][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = Arrays.copyOf(sequences[n], steps);
            Arrays.fill(rows[n], sequences[n].length, steps, padding);
        }
        return Ids.of(rows);
    }
}
