package org.rnn4j.layers;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Run;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;

/**
 * T time steps of any cell, with the same weights at each: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * state = zeros, or where the window before ended
 * for t in 0 … T-1:   outputs[:,t], state = cell(xs[:,t], state)
 * </pre>
 *
 * <p>A row that is past its end keeps its state, outputs zeros and gets no gradient. With {@code stateful}, a window begins where the
 * one before ended, and gradients stop there: truncated back-propagation through time.
 *
 * <pre>{@code
 * Layer layer = new Time(new LSTM(64, 128)).create(params); // parameters cell.wx, cell.wh, cell.b
 * Tensor outputs = layer.forward(xs, pass); // (N,T,64) to (N,T,128)
 * }</pre>
 *
 * <p>Cost: T times the cell's. Source: Werbos, "Backpropagation through time", 1990; truncated: Williams and Peng, 1990.
 *
 * @param cell one time step; its parameters and its state are at {@code cell} below this layer
 * @param stateful whether a window begins with the state that the one before ended with; false by default, as in the book
 */
public record Time(LayerSpec<? extends Recurrent> cell, Boolean stateful) implements LayerSpec<Layer> {
    /** Checks that there is a cell; a {@code stateful} of null is false. */
    public Time {
        if (cell == null) {
            throw new IllegalArgumentException("cell: expected a recurrent cell, such as LSTM");
        }
        stateful = stateful != null && stateful;
    }

    /** Each window begins with zeros. */
    public Time(LayerSpec<? extends Recurrent> cell) {
        this(cell, null);
    }

    /** Each window begins where the one before ended. */
    public static Time stateful(LayerSpec<? extends Recurrent> cell) {
        return new Time(cell, true);
    }

    @Override
    public Layer create(Params params) {
        // A configuration file can name anything here, whatever the type says.
        Object created = ((LayerSpec<?>) cell).create(params.scope("cell"));
        if (!(created instanceof Recurrent recurrent)) {
            throw new IllegalArgumentException("cell: expected a recurrent cell, such as LSTM, got the layer "
                    + cell.getClass().getSimpleName());
        }
        boolean goesOn = stateful;
        return (x, pass) -> {
            if (x.shape().rank() != 3 || x.shape().dim(1) == 0) {
                throw new IllegalArgumentException("expects (N,T,D) with T at least 1, got " + x.shape());
            }
            return pass.within("cell", place -> unroll(recurrent, goesOn, x, place));
        };
    }

    private static Tensor unroll(Recurrent cell, boolean goesOn, Tensor x, Pass pass) {
        int rows = x.shape().dim(0);
        State first = goesOn ? pass.carried(cell.state(), rows) : pass.initial(cell.state(), rows);
        Run run = cell.unroll(x, first, pass);
        pass.carry(run.last());
        return run.outputs();
    }
}
