package org.rnn4j.core.optim;

import java.util.List;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * How one parameter moves along its gradient. A rule is a public record whose components are its settings; what it remembers between
 * steps lies in arrays that the {@link Optimizer} keeps and saves for it, so a rule of one's own is one file.
 */
public interface UpdateRule {
    /** The names of the arrays that the rule remembers for each parameter, such as {@code m} and {@code v}; they begin as zeros. No name has a slash or a dot. */
    List<String> memory();

    /**
     * One step for one parameter.
     *
     * @param w the parameter's numbers; modified
     * @param dw the gradient; not modified
     * @param memory the arrays that {@link #memory()} names, as long as w; modified. As w, they must stay finite
     */
    void update(Move move, float[] w, float[] dw, float[][] memory);

    /**
     * Whether a number whose gradient is 0 stays as it is, and what is remembered of it too. Then, where a gradient is that of some rows
     * of a table, {@link #update} is given these rows alone; so every number must move by itself.
     */
    default boolean leavesZeros(Move move) {
        return false;
    }

    /** Runs a loop over an array in parts, side by side where there is enough to do; for numbers that move each by itself. */
    static void inParts(int numbers, Kernels.Part loop) {
        ChosenKernels.get().split(numbers, 1 << 15, loop);
    }

    /**
     * What holds for one step of one parameter.
     *
     * @param rate the learning rate
     * @param weightDecay how strongly the numbers are drawn to 0
     * @param step the number of this step, from 1
     */
    record Move(double rate, double weightDecay, long step) {}
}
