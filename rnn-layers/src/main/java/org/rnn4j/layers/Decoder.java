package org.rnn4j.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * {@link Time} that begins with a state it is given: {@code (N,T,D)} and every part of the first state, {@code (N,H)} each, to
 * {@code (N,T,H)}.
 *
 * <pre>
 * state = first                      of an LSTM: h (N,H), c (N,H)
 * for t in 0 … T-1:   outputs[:,t], state = cell(xs[:,t], state)
 * </pre>
 *
 * <p>The parts come in the order in which the cell declares them. Gradients flow through them, into the {@link Encoder}, whose Javadoc shows
 * the whole model. In training the inputs are the wanted tokens, moved by one step (teacher forcing), so that all steps run at once. In a
 * session, which reads one token after the other, the first step begins with the given state and each later one where the one before ended.
 *
 * <p>Cost: T times the cell's. Source: see {@link Encoder}.
 *
 * @param cell one time step; its parameters have {@code cell} in their paths
 */
public record Decoder(LayerSpec<? extends Recurrent> cell) implements LayerSpec<Node> {
    /** Checks that there is a cell. */
    public Decoder {
        new Time(cell);
    }

    @Override
    public Node create(Params params) {
        Recurrent created = Cells.create("cell", cell, params);
        return (inputs, pass) -> List.of(outputs(created, inputs, pass));
    }

    private static Tensor outputs(Recurrent cell, List<Value> inputs, Pass pass) {
        List<StatePart> parts = cell.state();
        if (inputs.size() != 1 + parts.size()
                || !inputs.stream().allMatch(Tensor.class::isInstance)
                || inputs.get(0).shape().rank() != 3) {
            throw new IllegalArgumentException("expects (N,T,D) and the parts "
                    + parts.stream().map(StatePart::name).toList()
                    + " of the first state, got "
                    + inputs.stream().map(Value::shape).toList());
        }
        Tensor x = (Tensor) inputs.get(0);
        State first = first(parts, inputs.subList(1, inputs.size()), x.shape().dim(0));
        return Cells.unroll(cell, x, pass.initial(first), pass).output();
    }

    /** The first state of these parts, known to fit. */
    static State first(List<StatePart> parts, List<Value> given, int rows) {
        Map<String, Tensor> first = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            first.put(parts.get(i).name(), (Tensor) given.get(i));
        }
        return State.of(first).matching(parts, rows);
    }
}
