package org.rnn4j.layers.regularisation;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.layers.sequence.Time;

/**
 * T time steps of a cell with dropout on its state {@code h} in training, with the same mask at all steps of a window:
 * {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * output_t, state_t = cell(x_t, state_{t-1} with h * m / (1 - rate))
 * m (N,H) = 0 with probability rate, else 1; drawn once a window
 * </pre>
 *
 * <p>There is one mask for the whole window, because with a new one at each step nothing would be remembered for long. Use it for cells in which
 * {@code h} is only an operand of products, such as RNN and LSTM. In a GRU {@code h} is the memory itself, so use {@link WeightDrop} or
 * {@link Zoneout} there. Dropout of a layer's inputs and outputs with one mask is {@link Dropout}.
 *
 * <pre>{@code
 * Layer layer = new RecurrentDropout(new LSTM(64, 128), 0.25).create(params); // parameters cell.wx, …
 * }</pre>
 *
 * <p>Cost: the cell's composed step in training, its hand-written one otherwise. Source: Gal and Ghahramani, "A theoretically grounded
 * application of dropout in recurrent neural networks", 2016, section 4.
 *
 * @param cell one time step with a state part named {@code h}
 * @param rate the probability of a zero, from 0 to below 1
 * @param stateful see {@link Time}
 */
public record RecurrentDropout(CellSpec cell, double rate, Boolean stateful) implements LayerSpec<Layer> {
    private static final String PART = "h";

    /** Checks the values; a {@code stateful} of null is false. */
    public RecurrentDropout {
        stateful = new Time(cell, stateful).stateful();
        Spec.rate("rate", rate);
    }

    /** Each window starts from zeros. */
    public RecurrentDropout(CellSpec cell, double rate) {
        this(cell, rate, null);
    }

    @Override
    public Layer create(Params params) {
        Recurrent whole = cell.part("cell", params);
        int width = whole.state().stream()
                .filter(part -> part.name().equals(PART))
                .mapToInt(part -> part.row().size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cell: its state " + whole.state() + " has no part h, which is what is dropped"));
        Time time = new Time(cell, stateful);
        if (!params.training() || rate == 0) {
            return (x, pass) -> time.unroll(whole, x, pass);
        }
        return (x, pass) -> {
            Tensor mask = Dropout.factors(x, Shape.of(x.shape().dim(0), width), rate, pass.draws());
            return time.unroll(new Dropped(whole, mask, pass), x, pass);
        };
    }

    /** The cell, which sees its state through the mask. */
    private record Dropped(Recurrent cell, Tensor mask, Pass pass) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return cell.state();
        }

        @Override
        public Step step(Tensor x, State previous) {
            return pass.step(cell, x, previous.with(PART, previous.get(PART).times(mask)));
        }
    }
}
