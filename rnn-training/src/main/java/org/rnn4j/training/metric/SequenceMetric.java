package org.rnn4j.training.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;

/**
 * The similarity of complete sequences of ids: a prediction and its target.
 *
 * <pre>
 * distance(a, b) = the least number of insertions, deletions and replacements of an id that make b of a
 *                = d[|a|][|b|],  d[i][0] = i,  d[0][j] = j,
 *                  d[i][j] = min(d[i-1][j] + 1, d[i][j-1] + 1, d[i-1][j-1] + (a[i-1] == b[j-1] ? 0 : 1))
 * </pre>
 *
 * <p>In a window a sequence begins at a reset and otherwise continues from the previous window. It consists of the labelled positions
 * (targets that are not {@link Ids#IGNORED}), and of the columns with the largest output there. A sequence without any does not count. If the loss
 * predicts whole rows ({@link Loss#transcripts}, as CTC does), each row that has a step is a sequence: its transcript and its labels. The output of a
 * decoder is added directly, with {@link Pairs#add(int[], int[])}.
 *
 * <p>Cost of a distance: the product of both lengths, and memory for one of them. Source: Levenshtein, "Binary codes capable of correcting
 * deletions, insertions and reversals", 1966; the algorithm: Wagner and Fischer, "The string-to-string correction problem", 1974.
 */
public enum SequenceMetric implements Metric {
    /** The fraction of sequences that are right from beginning to end; more is better. */
    EXACT_MATCH("exact match") {
        @Override
        long part(int[] prediction, int[] target) {
            return Arrays.equals(prediction, target) ? 1 : 0;
        }

        @Override
        public boolean better(double value, double than) {
            return value > than;
        }
    },
    /** The mean distance of a sequence; less is better. */
    EDIT_DISTANCE("edit distance"),
    /**
     * The sum of all distances divided by the total length of the targets, such as a word error rate or a character error rate; less is better, and
     * it can exceed 1.
     */
    ERROR_RATE("error rate") {
        @Override
        long whole(int[] target) {
            return target.length;
        }
    };

    private final String label;

    SequenceMetric(String label) {
        this.label = label;
    }

    /** The numerator's term of a sequence; the number is this sum divided by the sum of {@link #whole}. */
    long part(int[] prediction, int[] target) {
        return distance(prediction, target);
    }

    /** The denominator's term of a sequence. */
    long whole(int[] target) {
        return 1;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Pairs begin() {
        return new Pairs(this);
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }

    /**
     * The least number of insertions, deletions and replacements of an id that turn one sequence into the other.
     *
     * @param from not modified
     * @param to not modified
     */
    public static int distance(int[] from, int[] to) {
        int[] row = new int[to.length + 1];
        for (int j = 0; j <= to.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length; j++) {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length];
    }

    /** The sequences so far, as sums, and those of the last window, which may continue in the next. */
    public static final class Pairs implements Tally {
        private final SequenceMetric metric;
        private final List<Open> rows = new ArrayList<>();
        private long parts;
        private long wholes;

        Pairs(SequenceMetric metric) {
            this.metric = metric;
        }

        @Override
        public void add(Judged window) {
            Shape shape = window.target().shape();
            if (!(window.target() instanceof Ids ids) || shape.rank() != 2) {
                throw new IllegalArgumentException(metric.label + ": the target is "
                        + (window.target() instanceof Ids ? "ids " : "numbers ") + shape + ", expected ids (N,T)");
            }
            Optional<List<int[]>> transcripts = window.loss().transcripts();
            if (transcripts.isPresent()) {
                addRows(transcripts.get(), ids, window.spans());
            } else {
                addPositions(window, ids);
            }
        }

        private void addRows(List<int[]> read, Ids target, Spans lengths) {
            for (int n = 0; n < read.size(); n++) {
                if (lengths.valid(n, 0)) {
                    int row = n;
                    add(
                            read.get(n),
                            IntStream.range(0, target.shape().dim(1))
                                    .map(l -> target.at(row, l))
                                    .filter(id -> id >= 0)
                                    .toArray());
                }
            }
        }

        private void addPositions(Judged window, Ids ids) {
            double[] predictions = window.predictions();
            int steps = ids.shape().dim(1);
            for (int n = 0; n < ids.shape().dim(0); n++) {
                if (n == rows.size()) {
                    rows.add(new Open());
                }
                int valid = window.spans().validSteps(n, steps);
                for (int t = 0; t < steps; t++) {
                    if (window.spans().begins(n, t)) {
                        close(rows.get(n));
                    }
                    if (t < valid && ids.at(n, t) >= 0) {
                        rows.get(n).add((int) predictions[n * steps + t], ids.at(n, t));
                    }
                }
            }
        }

        /**
         * Adds a whole sequence.
         *
         * @param prediction of any length; not modified
         * @param target what was wanted; not modified
         */
        public void add(int[] prediction, int[] target) {
            parts += metric.part(prediction, target);
            wholes += metric.whole(target);
        }

        private void close(Open row) {
            if (row.length > 0) {
                add(row.prediction(), row.target());
                row.length = 0;
            }
        }

        @Override
        public double value() {
            Pairs all = new Pairs(metric);
            all.parts = parts;
            all.wholes = wholes;
            for (Open row : rows) {
                if (row.length > 0) {
                    all.add(row.prediction(), row.target());
                }
            }
            if (all.wholes == 0) {
                throw new IllegalStateException(
                        metric.label + " of no sequences: expected at least 1 that is not empty");
            }
            return (double) all.parts / all.wholes;
        }
    }

    /** A sequence that has not ended yet. */
    private static final class Open {
        private int[] predictions = new int[16];
        private int[] targets = new int[16];
        private int length;

        void add(int prediction, int target) {
            if (length == targets.length) {
                predictions = Arrays.copyOf(predictions, 2 * length);
                targets = Arrays.copyOf(targets, 2 * length);
            }
            predictions[length] = prediction;
            targets[length] = target;
            length++;
        }

        int[] prediction() {
            return Arrays.copyOf(predictions, length);
        }

        int[] target() {
            return Arrays.copyOf(targets, length);
        }
    }
}
