package org.rnn4j.layers.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * The states that a row of {@link Ctc} goes through: its labels in their order, with a blank before, between and after them.
 *
 * <p>At the first step a row is in state 0 or 1, at the last in one of the last two. From one step to the next it stays, goes to the next
 * state, or skips the blank from a label to the next label, if that is a different one.
 *
 * @param states the class of each: blank, label, blank, …, label, blank
 * @param steps how many steps the row has; 0 where it does not count
 * @param weight what its surprise is multiplied by for the mean
 */
record Alignment(int[] states, int steps, double weight) {
    static Alignment of(int[] labels, int blank, int steps, double weight) {
        int[] states = new int[2 * labels.length + 1];
        Arrays.fill(states, blank);
        for (int i = 0; i < labels.length; i++) {
            states[2 * i + 1] = labels[i];
        }
        return new Alignment(states, steps, weight);
    }

    /** The lowest state from which a row can come to {@code s} in one step; from all up to {@code s} it can. */
    int from(int s) {
        // A blank and the blank before it are equal, so none is skipped.
        return s >= 2 && states[s] != states[s - 2] ? s - 2 : Math.max(0, s - 1);
    }

    /** The lowest state in which a row may end. */
    int end() {
        return Math.max(0, states.length - 2);
    }

    /** How many steps the labels need. */
    int fewestSteps() {
        int steps = 0;
        for (int s = 1; s < states.length; s += 2) {
            steps += s > 1 && from(s) == s - 1 ? 2 : 1;
        }
        return steps;
    }

    /**
     * The weighted surprise (1,1), from equations 6 to 8: {@code α_t(s) = Σ α_{t-1}(from … s) * y_t(s)}, in logarithms, each a tensor of one number,
     * so that the operations depend on the labels, not on the numbers.
     *
     * @param scores logarithms of probabilities (N·T,V)
     * @param first the row's first step in them
     */
    Tensor surprise(Tensor scores, int first) {
        // As if the row had been in state 0 before the first step.
        List<Tensor> alpha = List.of(scores.constant(Shape.of(1, 1), 0));
        for (int t = 0; t < steps; t++) {
            Tensor now = scores.lookup(Ids.of(Shape.of(1), first + t));
            List<Tensor> next = new ArrayList<>();
            // States that cannot be reached yet are omitted: they are the last ones.
            for (int s = 0; s < states.length && from(s) < alpha.size(); s++) {
                next.add(logSum(alpha, from(s), s).plus(now.columns(states[s], states[s] + 1)));
            }
            alpha = next;
        }
        return logSum(alpha, end(), states.length - 1).times(-weight);
    }

    /** {@code log Σ e^a_p} over p from {@code from} to {@code to}, both inclusive, of those states that can be reached. */
    private static Tensor logSum(List<Tensor> a, int from, int to) {
        Tensor sum = a.get(from);
        for (int p = from + 1; p <= to && p < a.size(); p++) {
            sum = sum.plus(a.get(p).minus(sum).softplus());
        }
        return sum;
    }
}
