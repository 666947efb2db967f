package org.rnn4j.layers;

import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/** Creating and running the cell that a layer over time holds. */
final class Cells {
    private Cells() {}

    /**
     * The cell, with {@code name} in the paths of its parameters and errors.
     */
    static Recurrent create(String name, CellSpec cell, Params params) {
        return LayerException.within(name, () -> cell.create(params.scope(name)));
    }

    /** A run over a window {@code (N,T,D)} from the state that the pass begins with; hands the last state on. */
    static Step unroll(Recurrent cell, Tensor x, Pass pass) {
        windowed(x);
        Step run = pass.unroll(cell, x, pass.initial(cell.state(), x.shape().dim(0)));
        pass.carry(run.state());
        return run;
    }

    /** The same from a given state, for a layer that holds the cell as {@code cell}: the state is the layer's, and errors name the cell. */
    static Step unroll(Recurrent cell, Tensor x, State first, Pass pass) {
        windowed(x);
        Step run = pass.within("cell", place -> place.unroll(cell, x, first));
        pass.carry(run.state());
        return run;
    }

    /** Refuses what is no window. */
    static void windowed(Tensor x) {
        if (x.shape().rank() != 3 || x.shape().dim(1) == 0) {
            throw new IllegalArgumentException("expects (N,T,D) with T at least 1, got " + x.shape());
        }
    }
}
