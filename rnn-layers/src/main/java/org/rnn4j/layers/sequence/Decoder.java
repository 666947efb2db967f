package org.rnn4j.layers.sequence;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * {@link Time} that starts from a given state and also returns its last state: {@code (N,T,D)} and parts of the first state, {@code (N,H)} each,
 * to {@code (N,T,H)} and the parts of the last.
 *
 * <pre>
 * state = first                      of an LSTM: h (N,H), c (N,H)
 * for t in 0 … T-1:   outputs[:,t], state = cell(xs[:,t], state)
 * last = state                       of each row after its last valid step
 * </pre>
 *
 * <p>The parts come in the order of {@code given}; by default all of them, in the order in which the cell declares them. Parts that are not given
 * start as zeros: the book passes on h only, and its decoder's c is 0. Gradients flow through the parts into the {@link Encoder}, whose Javadoc shows
 * the complete model, and back from the last state, {@code decoder.h}. In training the inputs are the target tokens, shifted by one step (teacher
 * forcing), so that all steps run at once. In a session, which reads one token after the other, the first step starts from the given state and each
 * later step from the state of the previous one.
 *
 * <pre>{@code
 * .node("decoder", new Decoder(new LSTM(D, H), List.of("h")), "write", "encoder.h")
 * }</pre>
 *
 * <p>Cost: T times the cell's. Source: see {@link Encoder}.
 *
 * @param cell one time step; its parameters have {@code cell} in their paths
 * @param given the parts of the first state that are inputs, in their order; all by default
 */
public record Decoder(CellSpec cell, List<String> given) implements LayerSpec<Node> {
    /** Checks that there is a cell, and the names. */
    public Decoder {
        new Time(cell);
        given = FirstState.checked(given);
    }

    /** Given its complete first state. */
    public Decoder(CellSpec cell) {
        this(cell, null);
    }

    @Override
    public Node create(Params params) {
        Recurrent created = cell.part("cell", params);
        FirstState begin = FirstState.of(created, given);
        return new Node() {
            @Override
            public List<Value> forward(List<Value> inputs, Pass pass) {
                if (inputs.isEmpty()
                        || !(inputs.get(0) instanceof Tensor x)
                        || x.shape().rank() != 3
                        || !begin.takes(inputs.subList(1, inputs.size()))) {
                    throw new IllegalArgumentException(
                            "expects (N,T,D) and " + begin + ", got " + Value.shapes(inputs));
                }
                State first =
                        begin.of(inputs.subList(1, inputs.size()), x.shape().dim(0), pass);
                Step run = Time.unroll(created, x, pass.initial(first), pass);
                return FirstState.values(List.of(run.output()), run.state());
            }

            @Override
            public List<String> outputs() {
                return begin.outputs("output");
            }
        };
    }
}
