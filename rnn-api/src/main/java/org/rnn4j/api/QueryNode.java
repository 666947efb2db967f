package org.rnn4j.api;

import java.util.List;

/**
 * A node that answers queries about values, such as the weight of an attention, in two parts. The keys are computed from the values only and are the
 * same for all queries, so a decoder, which asks one query per step, computes them once.
 *
 * <pre>
 * forward(queries, values) = ask(queries, keys(values))
 *
 * queries (N,Q,D), or (N,D) of one step   values (N,T,H)   keys of any shape   the answer (N,Q,…), or (N,…)
 * </pre>
 *
 * <p>{@code pass.spans(1)} are those of the values, in both parts.
 */
public interface QueryNode extends Node {
    /** The keys, with which queries are compared; no part of them may depend on padding. */
    Tensor keys(Tensor values, Pass pass);

    /** The answer to queries, given the {@link #keys}. */
    Tensor ask(Tensor queries, Tensor keys, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        if (inputs.size() != 2
                || !(inputs.get(0) instanceof Tensor queries)
                || !(inputs.get(1) instanceof Tensor values)) {
            throw new IllegalArgumentException("expects queries and values, got "
                    + inputs.stream().map(Value::shape).toList());
        }
        return List.of(ask(queries, keys(values, pass), pass));
    }
}
