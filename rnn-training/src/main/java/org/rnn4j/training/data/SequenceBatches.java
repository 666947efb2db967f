package org.rnn4j.training.data;

import java.util.Arrays;
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
 * <p>A batch is {@code (N,T)} with T the longest of its sequences. Behind the end of the shorter ones the inputs are 0, the targets are
 * {@link Ids#IGNORED}, and the lengths say so. Every row begins anew. A batch is a function of (seed, number); safe for use by several threads.
 */
public final class SequenceBatches implements Batches {
    /** Never seen by a layer that minds the lengths; an id that every vocabulary has for those that do not. */
    private static final int PADDING = 0;

    private final int[][] inputs;
    private final int[][] targets;
    private final Bucketed order;
    private final boolean pooled;

    /** {@code inputs[i]} is as long as {@code targets[i]}. */
    private SequenceBatches(int[][] inputs, int[][] targets, int rows, long seed) {
        this.inputs = inputs;
        this.targets = targets;
        this.order = new Bucketed(Arrays.stream(inputs).mapToInt(s -> s.length).toArray(), rows, seed);
        this.pooled = false;
    }

    private SequenceBatches(SequenceBatches of) {
        this.inputs = of.inputs;
        this.targets = of.targets;
        this.order = of.order;
        this.pooled = true;
    }

    /**
     * Each id of a sequence is to be predicted from those before it: {@code s[0..n-1)} in, {@code s[1..n)} out. A language model's sequence
     * has an id for its beginning in front and one for its end behind.
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
        return new SequenceBatches(inputs, targets, rows, seed);
    }

    /**
     * Each sequence has one label, which stands at its last step; the steps before it have none ({@link Ids#IGNORED}), so that a loss and an
     * accuracy count every sequence once. For a model that gives one output for a sequence, and not one for each step, see {@link #pooled}.
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
        return new SequenceBatches(inputs, targets, rows, seed);
    }

    /**
     * The same batches with the last target of each sequence alone, (N) and not (N,T): for a model that gives one output (N,V) for a whole row,
     * such as one that takes the mean over time.
     */
    public SequenceBatches pooled() {
        return new SequenceBatches(this);
    }

    @Override
    public long perEpoch() {
        return order.perEpoch();
    }

    @Override
    public Batch batch(long number) {
        int[] members = order.members(number);
        int[] lengths = Arrays.stream(members).map(i -> inputs[i].length).toArray();
        int steps = Arrays.stream(lengths).max().orElseThrow();
        boolean[] resets = new boolean[members.length];
        Arrays.fill(resets, true);
        Ids target = pooled ? last(members) : padded(targets, members, steps, Ids.IGNORED);
        return Batch.of(padded(inputs, members, steps, PADDING), target)
                .with(Spans.of(lengths).beginningAtStart(resets));
    }

    private Ids last(int[] members) {
        int[] last = Arrays.stream(members)
                .map(i -> targets[i][targets[i].length - 1])
                .toArray();
        return Ids.of(Shape.of(last.length), last);
    }

    private static Ids padded(int[][] sequences, int[] members, int steps, int padding) {
        int[][] rows = new int[members.length][];
        for (int n = 0; n < members.length; n++) {
            int[] sequence = sequences[members[n]];
            rows[n] = Arrays.copyOf(sequence, steps);
            Arrays.fill(rows[n], sequence.length, steps, padding);
        }
        return Ids.of(rows);
    }
}
