package org.rnn4j.layers.sequence;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * Two runs of a cell over a window, one forward from the first step and one backward from the last valid step, each with its own weights:
 * {@code (N,T,D)} to {@code (N,T,2H)}.
 *
 * <pre>
 * f_t = forward(x_t, f_{t-1})     t = 0 … L-1        L the row's length
 * b_t = backward(x_t, b_{t+1})    t = L-1 … 0
 * y_t = [f_t, b_t]                or their sum, mean or product, (N,T,H)
 * </pre>
 *
 * <p>The backward run begins at each row's last valid step, never in its padding, and stops where a new sequence begins. Both start from zeros in
 * every window: the steps after a window are not known when it is run, so there is no stateful form, and streaming is refused. The last state of each
 * direction is carried at {@code forward} and {@code backward}.
 *
 * <pre>{@code
 * Layer both = new Bidirectional(new LSTM(64, 128)).create(params); // (N,T,64) to (N,T,256)
 * Layer mean = new Bidirectional(new GRU(64, 128), Bidirectional.Merge.MEAN).create(params); // to (N,T,128)
 * }</pre>
 *
 * <p>A graph that needs the last states, for a decoder, uses {@link BidirectionalEncoder}.
 *
 * <p>Cost: twice the cell's, and two copies of the window. Source: Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997.
 *
 * @param cell one time step; the parameters of its two copies have {@code forward} and {@code backward} in their paths
 * @param merge how the two outputs of a step are combined; {@link Merge#CONCATENATE} by default
 */
public record Bidirectional(CellSpec cell, Merge merge) implements LayerSpec<Layer> {
    /** How the two outputs of a step are combined. */
    public enum Merge {
        /** Side by side: {@code [f, b]}, of twice the width. */
        CONCATENATE {
            @Override
            Tensor of(Tensor f, Tensor b) {
                return Tensor.join(List.of(f, b));
            }
        },
        /** {@code f + b}. */
        SUM {
            @Override
            Tensor of(Tensor f, Tensor b) {
                return f.plus(b);
            }
        },
        /** {@code (f + b) / 2}. */
        MEAN {
            @Override
            Tensor of(Tensor f, Tensor b) {
                return f.plus(b).times(0.5);
            }
        },
        /** {@code f * b}, element by element. */
        PRODUCT {
            @Override
            Tensor of(Tensor f, Tensor b) {
                return f.times(b);
            }
        };

        abstract Tensor of(Tensor f, Tensor b);
    }

    /** Checks that there is a cell; a {@code merge} of null is the default. */
    public Bidirectional {
        Spec.required("cell", cell, "a recurrent cell, such as LSTM");
        merge = merge == null ? Merge.CONCATENATE : merge;
    }

    /** With the outputs side by side. */
    public Bidirectional(CellSpec cell) {
        this(cell, null);
    }

    @Override
    public Layer create(Params params) {
        Node both = new BidirectionalEncoder(cell, merge).create(params);
        return (x, pass) -> (Tensor) both.forward(List.of(x), pass).get(0);
    }
}
