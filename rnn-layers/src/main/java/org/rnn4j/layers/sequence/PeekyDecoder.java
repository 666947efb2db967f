package org.rnn4j.layers.sequence;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.layers.feedforward.Concat;

/**
 * A {@link Decoder} that sees the encoder's h at every step, before its cell and after it: {@code (N,T,D)} and the parts of the first
 * state to {@code (N,T,2H)}.
 *
 * <pre>
 * hs = decoder([h, xs])              the cell's input is H+D wide
 * y  = [h, hs]                       the input of the affine layer after it
 * </pre>
 *
 * <p>It equals {@link Concat} before and after a {@code Decoder}, except that the output past a row's end is 0. A cell that sees all of h at every
 * step need not keep it in its memory.
 *
 * <pre>{@code
 * .node("decoder", new PeekyDecoder(new LSTM(H + D, H), D), "write", "encoder.h", "encoder.c")
 * .node("output", new Affine(2 * H, V), "decoder")
 * }</pre>
 *
 * <p>Cost: the decoder's with a wider input. Source: Cho et al., 2014 (see {@link Encoder}), equation of section 2.2, where every step takes c;
 * the name is the book's.
 *
 * @param cell one time step, of the input's width and the first part's together
 * @param inputs D
 * @param given the parts of the first state that are inputs, in their order; all by default; other parts start as zeros. Every step sees the first of
 *     them
 */
public record PeekyDecoder(CellSpec cell, int inputs, List<String> given) implements LayerSpec<Node> {
    /** Checks that there is a cell, the width and the names. */
    public PeekyDecoder {
        new Time(cell);
        Spec.atLeast(1, "inputs", inputs);
        given = FirstState.checked(given);
    }

    /** Given its complete first state. */
    public PeekyDecoder(CellSpec cell, int inputs) {
        this(cell, inputs, null);
    }

    @Override
    public Node create(Params params) {
        Node decoder = new Decoder(cell, given).create(params);
        Node concat = new Concat().create(params);
        return new Node() {
            @Override
            public List<Value> forward(List<Value> values, Pass pass) {
                Shape x = values.get(0).shape();
                if (values.size() < 2 || x.rank() != 3 || x.columns() != inputs) {
                    throw new IllegalArgumentException(
                            "expects (N,T," + inputs + ") and the first state, got " + Value.shapes(values));
                }
                Value h = values.get(1);
                List<Value> seen = new ArrayList<>(values);
                seen.set(0, concat.forward(List.of(h, values.get(0)), pass).get(0));
                List<Value> outputs = new ArrayList<>(decoder.forward(seen, pass));
                Tensor both = (Tensor)
                        concat.forward(List.of(h, outputs.get(0)), pass).get(0);
                outputs.set(0, both.where(pass.spans().mask(x.dim(0), x.dim(1)), pass.zeros(both.shape())));
                return outputs;
            }

            @Override
            public List<String> outputs() {
                return decoder.outputs();
            }
        };
    }
}
