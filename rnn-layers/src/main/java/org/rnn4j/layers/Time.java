package org.rnn4j.layers;

import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
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
 * @param cell one time step; its parameters have {@code cell} in their paths, the state is at this layer's own
 * @param stateful whether a window begins with the state that the one before ended with; false by default, as in the book
 */
public record Time(CellSpec cell, Boolean stateful) implements LayerSpec<Layer> {
    /** Checks that there is a cell; a {@code stateful} of null is false. */
    public Time {
        if (cell == null) {
            throw new IllegalArgumentException("cell: expected a recurrent cell, such as LSTM");
        }
        stateful = stateful != null && stateful;
    }

    /** Each window begins with zeros. */
    public Time(CellSpec cell) {
        this(cell, null);
    }

    /** Each window begins where the one before ended. */
    public static Time stateful(CellSpec cell) {
        return new Time(cell, true);
    }

    @Override
    public Layer create(Params params) {
        Recurrent recurrent = Cells.create("cell", cell, params);
        boolean goesOn = stateful;
        return (x, pass) -> unroll(recurrent, goesOn, x, pass);
    }

    /** The outputs over a window from the state that a layer that is stateful, or is not, begins with. */
    static Tensor unroll(Recurrent cell, boolean goesOn, Tensor x, Pass pass) {
        int rows = x.shape().dim(0);
        State first = goesOn ? pass.carried(cell.state(), rows) : pass.initial(cell.state(), rows);
        return Cells.unroll(cell, x, first, pass).output();
    }
}
