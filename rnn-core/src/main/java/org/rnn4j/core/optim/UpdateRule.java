package org.rnn4j.core.optim;

import java.util.List;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * How one parameter is updated from its gradient. A rule is a public record whose components are its settings. Its memory between steps is in arrays
 * that the {@link Optimizer} keeps and saves for it, so a third-party rule is one file.
 */
public interface UpdateRule {
    /**
     * The names of the arrays that the rule keeps for each parameter, such as {@code m} and {@code v}; they start as zeros. A name must not contain
     * a slash or a dot.
     */
    List<String> memory();

    /**
     * One step for one parameter.
     *
     * @param w the parameter's numbers; modified
     * @param dw the gradient; not modified
     * @param memory the arrays that {@link #memory()} names, as long as w; modified. Like w, they must stay finite
     */
    void update(Move move, float[] w, float[] dw, float[][] memory);

    /**
     * Whether a number whose gradient is 0 stays unchanged, together with the memory of it. If so, {@link #update} gets only the used rows of a table
     * with a sparse gradient, so every number must be updated independently of the others.
     */
    default boolean leavesZeros(Move move) {
        return false;
    }

    /** Runs a loop over an array in parts, in parallel if there is enough work; only for numbers that are updated independently. */
    static void inParts(int numbers, Kernels.Part loop) {
        ChosenKernels.get().split(numbers, 1 << 15, loop);
    }

    /**
     * The settings of one step of one parameter.
     *
     * @param rate the learning rate
     * @param weightDecay how strongly the numbers decay towards 0
     * @param step the number of this step, from 1
     */
    record Move(double rate, double weightDecay, long step) {}
}
