package org.rnn4j.layers.cell;

import java.util.Collections;
import org.rnn4j.api.Init;

/** The initial values of the stacked weights of several gates. */
final class Gates {
    private Gates() {}

    /**
     * Refuses a width whose gates do not fit side by side in an array.
     *
     * @param names of the gates in their order
     */
    static void fit(int hidden, String names) {
        int gates = names.split(",", -1).length;
        if (hidden > Integer.MAX_VALUE / gates) {
            throw new IllegalArgumentException("hidden is " + hidden + ", expected at most " + Integer.MAX_VALUE / gates
                    + ": the " + gates + " gates stand side by side in one array");
        }
    }

    /**
     * One block for each gate: the given blocks, or the one given for all. Blocks and not the whole matrix, because a gate's
     * fan-out is H and not G, and an orthogonal matrix is one of (H,H).
     *
     * @param names of the gates in their order, for the message: "i,f,g,o"
     */
    static Init init(Init init, String names) {
        int gates = names.split(",", -1).length;
        if (init instanceof Init.Gates given) {
            if (given.blocks().size() != gates) {
                throw new IllegalArgumentException("init has " + given.blocks().size() + " blocks, expected " + gates
                        + ", one for each of the gates " + names);
            }
            return init;
        }
        return Init.gates(Collections.nCopies(gates, init).toArray(new Init[0]));
    }
}
