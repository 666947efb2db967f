package org.rnn4j.training.metric;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * One window on which a model was evaluated.
 *
 * @param output the output of the model, {@code (N,T,…)}
 * @param target ids {@code (N,T)} or numbers {@code (N,T,D)}; with one axis less, one position per row
 * @param spans where sequences begin and end
 * @param loss the loss of the window
 */
public record Judged(Tensor output, Value target, Spans spans, Loss loss) {

    /**
     * The loss of a window.
     *
     * @param mean over its valid positions
     * @param positions how many these are
     * @param transcripts the prediction of each row as a whole, if the output is not aligned with the target
     */
    public record Loss(double mean, long positions, Optional<List<int[]>> transcripts) {
        /** For an output that has a prediction for each position of the target. */
        public Loss(double mean, long positions) {
            this(mean, positions, Optional.empty());
        }
    }

    /** Called for each position that counts. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called once for each position.
         *
         * @param i its index in {@link #predictions} and {@link #targets}
         */
        void at(int i);
    }

    /** The targets, row by row: ids, or numbers as they are, including padding. */
    public double[] targets() {
        if (target instanceof Tensor numbers) {
            return numbers.toDoubles();
        }
        Ids ids = (Ids) target;
        double[] result = new double[ids.shape().size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = ids.at(i);
        }
        return result;
    }

    /**
     * The predictions, one for each of {@link #targets}: for ids, the column with the largest output, the first of equal ones; for numbers, the
     * output itself.
     *
     * @throws IllegalArgumentException if the output is not aligned with the target, or has more or fewer positions
     */
    public double[] predictions() {
        checkAligned();
        int given = target instanceof Tensor
                ? output.shape().size()
                : output.shape().rows();
        if (given != target.shape().size()) {
            throw new IllegalArgumentException("metric: the output " + output.shape() + " is of " + given
                    + " positions, and the target " + target.shape() + " of "
                    + target.shape().size()
                    + ": expected as many");
        }
        if (target instanceof Tensor) {
            return output.toDoubles();
        }
        float[] scores = output.toFloats();
        int classes = output.shape().columns();
        double[] result = new double[target.shape().size()];
        for (int i = 0; i < result.length; i++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores[i * classes + c] > scores[i * classes + best]) {
                    best = c;
                }
            }
            result[i] = best;
        }
        return result;
    }

    /**
     * Visits all positions that count, row by row, without those past a row's end and those whose label is ignored.
     *
     * @throws IllegalArgumentException if the output is not aligned with the target
     */
    public void forEach(Visitor visitor) {
        checkAligned();
        Ids ids = target instanceof Ids labels ? labels : null;
        int rows = target.shape().dim(0);
        // With one axis less there is one position a row, whose lengths are the input's.
        boolean overTime = target.shape().rank() > (ids == null ? 2 : 1);
        int steps = overTime ? target.shape().dim(1) : 1;
        int perRow = target.shape().size() / Math.max(rows, 1);
        int perStep = perRow / Math.max(steps, 1);
        for (int n = 0; n < rows; n++) {
            int valid = Math.min(spans.validSteps(n, steps), steps) * perStep;
            for (int i = n * perRow; i < n * perRow + valid; i++) {
                if (ids == null || ids.at(i) >= 0) {
                    visitor.at(i);
                }
            }
        }
    }

    private void checkAligned() {
        if (loss.transcripts().isPresent()) {
            throw new IllegalArgumentException("metric: the loss reads whole rows, so that the output " + output.shape()
                    + " is not aligned with the target " + target.shape()
                    + ": expected a metric of sequences, such as error rate");
        }
    }

    /** Whether a target of two classes is the positive one. */
    static boolean positive(String metric, double target) {
        if (target != 0 && target != 1) {
            throw new IllegalArgumentException(metric + ": a target is " + target + ", expected 0 or 1");
        }
        return target == 1;
    }
}
