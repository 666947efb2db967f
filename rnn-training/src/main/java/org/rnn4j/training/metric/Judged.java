package org.rnn4j.training.metric;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * One window that a model was judged on.
 *
 * @param output what the model gave, {@code (N,T,…)}
 * @param target what was wanted: ids {@code (N,T)} or numbers {@code (N,T,D)}; with one axis less, one position a row
 * @param spans where sequences begin and end
 * @param loss what the loss says of it
 */
public record Judged(Tensor output, Value target, Spans spans, Loss loss) {

    /**
     * What the loss says of a window.
     *
     * @param mean over its valid positions
     * @param positions how many these are
     * @param transcripts what it reads in each row as a whole, where the output is not aligned with the target
     */
    public record Loss(double mean, long positions, Optional<List<int[]>> transcripts) {
        /** Of an output that has a prediction for each position of the target. */
        public Loss(double mean, long positions) {
            this(mean, positions, Optional.empty());
        }
    }

    /** What to do at a place that counts. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Called once for each place.
         *
         * @param i where it lies in {@link #predictions} and {@link #targets}
         */
        void at(int i);
    }

    /** What was wanted, row by row: ids, or numbers as they are. Padding is in it. */
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
     * What the model says, one for each of {@link #targets}: where these are ids, the column with the largest output, the first of equal
     * ones; where they are numbers, the output itself.
     *
     * @throws IllegalArgumentException where the output is not aligned with the target, or has more or fewer positions
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
     * Visits all places that count, row by row: not those behind a row's end, and not those whose label is ignored.
     *
     * @throws IllegalArgumentException where the output is not aligned with the target
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

    /** Whether a target of two classes is the positive one, for a metric that needs to know. */
    static boolean positive(String metric, double target) {
        if (target != 0 && target != 1) {
            throw new IllegalArgumentException(metric + ": a target is " + target + ", expected 0 or 1");
        }
        return target == 1;
    }
}
