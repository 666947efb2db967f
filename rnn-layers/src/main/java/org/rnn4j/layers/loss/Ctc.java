package org.rnn4j.layers.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Connectionist temporal classification (CTC): how surprised a model is, in nats, by a sequence of labels that are not aligned with steps.
 *
 * <pre>
 * loss = mean over rows of  -log Σ_π Π_t softmax(y_t)[π_t]
 *        over all π of T classes that are the row's labels once equal neighbours are merged and blanks are taken out
 * dy_t = (softmax(y_t) - w_t) / rows
 * w_t  = how likely the row is in each class at step t, when its labels are known
 *
 * y (N,T,V), V classes of which one is the blank;   target ids (N,L)
 * </pre>
 *
 * <p>The output is the scores before softmax. The labels of a row are the ids of its target that are not negative: pad the others with
 * {@link Ids#IGNORED}. Each label needs a step, and a blank between two equal labels needs one more; a row with fewer steps is an error. A row
 * without any step does not count.
 *
 * <pre>{@code
 * Loss loss = new Ctc();
 * Ids labels = Ids.of(new int[] {3, 3, 7}, new int[] {5, Ids.IGNORED, Ids.IGNORED});
 * Tensor nats = loss.of(scores, labels, Spans.of(40, 25)); // scores (2,40,V)
 * List<int[]> read = new Ctc().bestPath(scores, Spans.of(40, 25));
 * }</pre>
 *
 * <p>PyTorch's {@code CTCLoss} takes the logarithms of probabilities, gives infinity where a row has too few steps, and its mean is that of {@link
 * Per#LABEL}.
 *
 * <p>Cost: one exponential for each score; two exponentials, a logarithm and, until the backward pass, twelve bytes for each step and each of
 * 2·L+1 states. Source: Graves et al., "Connectionist temporal classification", 2006, equations 6 to 16; the best path: section 3.2.
 *
 * @param blank the class that means no label; 0 by default
 * @param per what the mean is over; {@link Per#ROW} by default
 */
public record Ctc(Integer blank, Per per) implements Loss, LossSpec {
    /** What the mean of the rows' losses is over. */
    public enum Per {
        /** The loss is the mean over the rows: how surprising a sequence is. A row of many labels weighs more. */
        ROW,
        /** Each row's loss is divided by the number of its labels, or by 1 if it has none, before the mean over the rows is taken. */
        LABEL
    }

    private static final String NAME = "CTC";

    /** Checks the value; null is the default. */
    public Ctc {
        blank = Spec.atLeast(0, "blank", blank == null ? 0 : blank);
        per = per == null ? Per.ROW : per;
    }

    /** With class 0 as the blank, and the mean over rows. */
    public Ctc() {
        this(null, null);
    }

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Ids ids = ids(target);
        Shape shape = output.shape();
        if (shape.rank() != 3 || shape.dim(0) != ids.shape().dim(0)) {
            throw new IllegalArgumentException(
                    NAME + " of " + shape + " with target ids " + ids.shape() + ": expected (N,T,V) with (N,L)");
        }
        checkBlank(shape);
        Positions positions = Positions.of(shape.without(-1), lengths);
        List<Alignment> rows = rows(ids, shape, lengths);
        AlignmentSurprise inOne = AlignmentSurprise.of(rows, shape.dim(1));
        Optional<List<Tensor>> done = inOne.on(output);
        if (done.isPresent()) {
            return done.get().get(0);
        }
        Tensor valid = positions.of(output);
        Tensor scores = valid.logSoftmax().reshape(shape.rows(), shape.columns());
        Tensor total = null;
        for (int n = 0; n < rows.size(); n++) {
            if (rows.get(n).steps() > 0) {
                Tensor surprise = rows.get(n).surprise(scores, n * shape.dim(1));
                total = total == null ? surprise : total.plus(surprise);
            }
        }
        // If no row counts, all numbers are zeros now.
        return total == null ? valid.sum() : total.sum();
    }

    @Override
    public long positions(Value target, Spans lengths) {
        int rows = ids(target).shape().dim(0);
        lengths.within(rows, Integer.MAX_VALUE);
        int count = 0;
        for (int n = 0; n < rows; n++) {
            count += lengths.valid(n, 0) ? 1 : 0;
        }
        return count;
    }

    /** The {@link #bestPath} of every row. */
    @Override
    public Optional<List<int[]>> transcripts(Tensor output, Spans lengths) {
        return Optional.of(bestPath(output, lengths));
    }

    /**
     * The best path of each row: the most likely class of every step, with equal neighbours merged and blanks removed. It is fast to compute, but not
     * always the most likely sequence of labels, whose probability is the sum over many paths.
     *
     * @param scores (N,T,V), before or after softmax
     * @return the labels of each row
     */
    public List<int[]> bestPath(Tensor scores, Spans lengths) {
        Shape shape = scores.shape();
        if (shape.rank() != 3) {
            throw new IllegalArgumentException(NAME + ": expected scores (N,T,V), got " + shape);
        }
        checkBlank(shape);
        int steps = shape.dim(1);
        lengths.within(shape.dim(0), steps);
        float[] numbers = scores.toFloats();
        List<int[]> read = new ArrayList<>();
        for (int n = 0; n < shape.dim(0); n++) {
            int[] labels = new int[steps];
            int count = 0;
            int before = blank;
            for (int t = 0; t < lengths.validSteps(n, steps); t++) {
                int likeliest = largest(numbers, (n * steps + t) * shape.columns(), shape.columns());
                if (likeliest != before && likeliest != blank) {
                    labels[count++] = likeliest;
                }
                before = likeliest;
            }
            read.add(Arrays.copyOf(labels, count));
        }
        return read;
    }

    /** The position of the largest of some numbers, the first of equal ones. */
    private static int largest(float[] numbers, int from, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            if (numbers[from + c] > numbers[from + best]) {
                best = c;
            }
        }
        return best;
    }

    private void checkBlank(Shape output) {
        if (blank >= output.columns()) {
            throw new IllegalArgumentException(
                    "blank is " + blank + ", but the output " + output + " has " + output.columns() + " classes");
        }
    }

    private static Ids ids(Value target) {
        if (!(target instanceof Ids ids)) {
            throw new IllegalArgumentException(
                    NAME + ": expected ids as the target, got a tensor of shape " + target.shape());
        }
        if (ids.shape().rank() != 2) {
            throw new IllegalArgumentException(NAME + ": expected target ids (N,L), got " + ids.shape());
        }
        return ids;
    }

    private List<Alignment> rows(Ids ids, Shape output, Spans lengths) {
        double count = positions(ids, lengths);
        List<Alignment> rows = new ArrayList<>();
        for (int n = 0; n < output.dim(0); n++) {
            int steps = lengths.validSteps(n, output.dim(1));
            int[] labels = steps == 0 ? new int[0] : labels(ids, n, output.columns());
            double weight = 1 / count / (per == Per.LABEL ? Math.max(1, labels.length) : 1);
            Alignment row = Alignment.of(labels, blank, steps, weight);
            if (steps > 0 && row.fewestSteps() > steps) {
                throw new IllegalArgumentException(
                        NAME + ": row " + n + " has " + steps + " steps, but its " + labels.length
                                + " labels need at least " + row.fewestSteps()
                                + ": one each, and one for a blank between any two that are equal");
            }
            rows.add(row);
        }
        return rows;
    }

    /** The labels of a row, checked to be classes other than the blank. */
    private int[] labels(Ids ids, int n, int classes) {
        int[] labels = new int[ids.shape().dim(1)];
        int count = 0;
        for (int l = 0; l < labels.length; l++) {
            int id = ids.at(n, l);
            if (id == blank || id >= classes) {
                throw new IllegalArgumentException("id " + id + " at row " + n + ", column " + l + " of the target"
                        + (id == blank
                                ? " is the blank, which is no label"
                                : " is outside the classes of " + classes + " (0 to " + (classes - 1) + ")"));
            }
            if (id >= 0) {
                labels[count++] = id;
            }
        }
        return Arrays.copyOf(labels, count);
    }
}
