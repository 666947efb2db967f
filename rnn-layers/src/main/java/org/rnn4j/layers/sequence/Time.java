package org.rnn4j.layers.sequence;

import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * T time steps of any cell, with the same weights at each: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * state = zeros, or where the window before ended
 * for t in 0 … T-1:   outputs[:,t], state = cell(xs[:,t], state)
 * </pre>
 *
 * <p>A row that is past its end keeps its state, outputs zeros and gets no gradient. With {@code stateful}, a window starts from the state at the end
 * of the previous one, and gradients stop there: truncated back-propagation through time.
 *
 * <pre>{@code
 * Layer layer = new Time(new LSTM(64, 128)).create(params); // parameters cell.wx, cell.wh, cell.b
 * Tensor outputs = layer.forward(xs, pass); // (N,T,64) to (N,T,128)
 * }</pre>
 *
 * <p>Cost: T times the cell's. Source: Werbos, "Backpropagation through time", 1990; truncated: Williams and Peng, 1990.
 *
 * @param cell one time step; its parameters have {@code cell} in their paths, the state is at this layer's own
 * @param stateful whether a window starts from the state at the end of the previous one; false by default, as in the book
 */
public record Time(CellSpec cell, Boolean stateful) implements LayerSpec<Layer> {
    /** Checks that there is a cell; a {@code stateful} of null is false. */
    public Time {
        Spec.required("cell", cell, "a recurrent cell, such as LSTM");
        stateful = stateful != null && stateful;
    }

    /** Each window starts from zeros. */
    public Time(CellSpec cell) {
        this(cell, null);
    }

    /** Each window continues from the previous one. */
    public static Time stateful(CellSpec cell) {
        return new Time(cell, true);
    }

    @Override
    public Layer create(Params params) {
        Recurrent recurrent = cell.part("cell", params);
        return (x, pass) -> unroll(recurrent, x, pass);
    }

    /**
     * The outputs over a window, for layers that create their cell in every pass. Errors name the cell {@code cell}.
     *
     * @param made in place of what {@link #cell} creates
     */
    public Tensor unroll(Recurrent made, Tensor x, Pass pass) {
        int rows = x.shape().dim(0);
        State first = stateful ? pass.carried(made.state(), rows) : pass.initial(made.state(), rows);
        return unroll(made, x, first, pass).output();
    }

    /** The same from a given state; the state belongs to the layer, not to the cell. */
    static Step unroll(Recurrent cell, Tensor x, State first, Pass pass) {
        x.shape().window();
        Step run = pass.within("cell", place -> place.unroll(cell, x, first));
        pass.carry(run.state());
        return run;
    }
}
