package org.rnn4j.api;

import java.util.List;

/**
 * A node that asks queries of values, as an attention's weight does, in two parts: what is made of the values alone, the keys, is the same for
 * all queries. So who asks one query after the other, as a decoder does in each of its steps, makes the keys once.
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
    /** What queries are compared with; no part of it may depend on padding. */
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
