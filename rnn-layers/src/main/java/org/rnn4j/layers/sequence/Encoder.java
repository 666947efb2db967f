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
 * {@link Time} with its last state as additional outputs: {@code (N,T,D)} to {@code (N,T,H)} and every part of the state after each row's last valid
 * step.
 *
 * <pre>
 * outputs, state = cell(xs)          of an LSTM: output (N,T,H), h (N,H), c (N,H)
 * </pre>
 *
 * <p>With a {@link Decoder} it forms a sequence-to-sequence model: the decoder starts from the complete state, and its gradients flow back through
 * it. In a graph its outputs are {@code encoder} (every step, for an attention), {@code encoder.h} and, of an LSTM,
 * {@code encoder.c}; the embedding, which is part of the book's Encoder, is a separate node. This is the book's Seq2seq:
 *
 * <pre>{@code
 * ModelSpec seq2seq = ModelSpec.graph("source", "target")
 *         .node("read", new Embedding(V, D), "source")
 *         .node("encoder", new Encoder(new LSTM(D, H)), "read")
 *         .node("write", new Embedding(V, D), "target")
 *         .node("decoder", new Decoder(new LSTM(D, H)), "write", "encoder.h", "encoder.c")
 *         .node("output", new Affine(H, V), "decoder")
 *         .build("output");
 * }</pre>
 *
 * <p>Cost: T times the cell's. Source: Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014; Sutskever, Vinyals and
 * Le, "Sequence to sequence learning with neural networks", 2014. The book passes on h only; these papers, and this class, h and c.
 *
 * @param cell one time step; its parameters have {@code cell} in their paths
 */
public record Encoder(CellSpec cell) implements LayerSpec<Node> {
    /** Checks that there is a cell. */
    public Encoder {
        new Time(cell);
    }

    @Override
    public Node create(Params params) {
        Recurrent created = cell.part("cell", params);
        FirstState begin = FirstState.of(created, List.of());
        return new Node() {
            @Override
            public List<Value> forward(List<Value> inputs, Pass pass) {
                Tensor x = Node.only(inputs, Tensor.class);
                State first = pass.initial(created.state(), x.shape().dim(0));
                Step run = Time.unroll(created, x, first, pass);
                return FirstState.values(List.of(run.output()), run.state());
            }

            @Override
            public List<String> outputs() {
                return begin.outputs("output");
            }
        };
    }
}
