package org.rnn4j.layers.attention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.QueryNode;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.FirstState;
import org.rnn4j.layers.sequence.Time;

/**
 * A {@link Decoder} that attends to all steps of another sequence before each of its own steps: {@code (N,T,D)}, values {@code (N,S,H)} and the parts
 * of the first state to {@code (N,T,H+C)}.
 *
 * <pre>
 * state = first                      of an LSTM: h (N,C), c (N,C)
 * for t in 0 … T-1:
 *     a_t = weight(h, values)        (N,S), h the first part of the state that step t-1 ended with
 *     c_t = Σ_s a_t[s] * values_s    (N,H)
 *     o_t, state = cell([c_t, x_t], state)
 *     outputs[:,t] = [c_t, o_t]
 * </pre>
 *
 * <p>The attended values thus become part of the memory, on which the next attention depends. With the attention after the decoder
 * ({@link TimeAttention}) they do not, and the attention of all steps is computed at once, which is faster.
 *
 * <p>Its outputs are the above, the weights {@code (N,T,S)}, {@code decoder.weights}, and the parts of the last state, {@code decoder.h}. The two
 * sequences have separate lengths: past the end of the values the weight is exactly 0, so padding has no effect; past the end of the decoder's
 * sequence both outputs are 0. Parameters have {@code cell} and {@code weight} in their paths.
 *
 * <pre>{@code
 * .node("decoder", new AttentionDecoder(new GRU(H + D, C), new AdditiveWeight(C, H, A), D, H), "write", "encoder", "first")
 * .node("seen", new Concat(), "decoder", "write")
 * .node("output", new Affine(H + C + D, V), "seen")
 * }</pre>
 *
 * <p>Cost: T times the cell's and the weight's, and N·T·S·H multiply-adds; the keys, which depend only on the values ({@link QueryNode}), are
 * computed once. Source: Bahdanau, Cho and Bengio, 2015 (see {@link AdditiveWeight}), sections 3.1 and A.2.2. There the word is predicted from c,
 * from the previous word, which {@code Concat} adds above, and from the state: in section 3.1 from the new state, as here, and in the appendix from
 * the previous one.
 *
 * @param cell one time step, of the values' and the input's width together
 * @param weight what computes the attention weights: see {@link Attention}
 * @param inputs D
 * @param width H, the width of the values
 * @param given the parts of the first state that are inputs, in their order; all by default; other parts start as zeros
 */
public record AttentionDecoder(
        CellSpec cell, LayerSpec<? extends Node> weight, int inputs, int width, List<String> given)
        implements LayerSpec<Node> {
    private static final String OUTPUT = "output";
    private static final String WEIGHTS = "weights";

    /** Checks that there are a cell and a weight, the widths, and the names. */
    public AttentionDecoder {
        new Time(cell);
        new TimeAttention(weight, width);
        Spec.atLeast(1, "inputs", inputs);
        given = FirstState.checked(given);
    }

    /** Given its complete first state. */
    public AttentionDecoder(CellSpec cell, LayerSpec<? extends Node> weight, int inputs, int width) {
        this(cell, weight, inputs, width, null);
    }

    @Override
    public Node create(Params params) {
        Recurrent created = cell.part("cell", params);
        Node look = weight.part("weight", params);
        FirstState begin = FirstState.of(created, given);
        return new Node() {
            @Override
            public List<Value> forward(List<Value> values, Pass pass) {
                check(values, begin);
                pass.needsWholeSequence(1);
                Tensor x = (Tensor) values.get(0);
                State first =
                        begin.of(values.subList(2, values.size()), x.shape().dim(0), pass);
                Looking looking = Looking.of(created, look, (Tensor) values.get(1), pass);
                Step run = pass.unroll(looking, x, pass.initial(first));
                pass.carry(run.state());
                return FirstState.values(List.copyOf(run.outputs().values()), run.state());
            }

            @Override
            public List<String> outputs() {
                return begin.outputs(OUTPUT, WEIGHTS);
            }
        };
    }

    private void check(List<Value> values, FirstState begin) {
        if (values.size() < 2
                || !begin.takes(values.subList(2, values.size()))
                || !isWindow(values.get(0), inputs)
                || !isWindow(values.get(1), width)
                || values.get(0).shape().dim(0) != values.get(1).shape().dim(0)) {
            throw new IllegalArgumentException("expects (N,T," + inputs + "), values (N,S," + width + ") and " + begin
                    + ", got " + Value.shapes(values));
        }
    }

    private static boolean isWindow(Value value, int columns) {
        Shape shape = value.shape();
        return value instanceof Tensor && shape.rank() == 3 && shape.dim(1) > 0 && shape.columns() == columns;
    }

    /**
     * The attention and the step of the cell after it, as one step; its outputs are the attended value with the cell's output, and the weights.
     *
     * @param look the weights (N,S) of a query (N,C)
     * @param values without padding
     */
    private record Looking(Recurrent cell, UnaryOperator<Tensor> look, Tensor values, Pass pass) implements Recurrent {
        static Looking of(Recurrent cell, Node weight, Tensor values, Pass pass) {
            Shape shape = values.shape();
            Tensor valid = AttentionWeight.valid(values, pass.spans(1).mask(shape.dim(0), shape.dim(1)), pass);
            return new Looking(cell, look(weight, values, pass), valid, pass);
        }

        private static UnaryOperator<Tensor> look(Node weight, Tensor values, Pass pass) {
            if (weight instanceof QueryNode asked) {
                Tensor keys = pass.within("weight", place -> asked.keys(values, place));
                return query -> pass.within("weight", place -> asked.ask(query, keys, place));
            }
            return query -> pass.within("weight", place ->
                    (Tensor) weight.forward(List.of(query, values), place).get(0));
        }

        @Override
        public List<StatePart> state() {
            return cell.state();
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor a = look.apply(previous.get(state().get(0).name()));
            Tensor c = WeightSum.ofOneStep(a, values);
            Step step = pass.within("cell", place -> place.step(cell, Tensor.join(List.of(c, x)), previous));
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            outputs.put(OUTPUT, Tensor.join(List.of(c, step.output())));
            outputs.put(WEIGHTS, a);
            return new Step(outputs, step.state());
        }
    }
}
