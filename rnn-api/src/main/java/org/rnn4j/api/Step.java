package org.rnn4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of one time step of a recurrent cell, or of T steps at once.
 *
 * @param outputs by name, in order: {@code (N,…)} of one step; {@code (N,T,…)} of T steps, zeros where a row is past its end
 * @param state what the next step starts from; of T steps, the state of every row after its last valid one
 */
public record Step(Map<String, Tensor> outputs, State state) {
    private static final String OUTPUT = "output";

    /** Copies the map. {@link Pass#unroll}, which knows the number of the step, checks that there are an output and a state. */
    public Step {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** One output, which is what the next layer sees: {@code (N,H)}. */
    public Step(Tensor output, State state) {
        this(Collections.singletonMap(OUTPUT, output), state);
    }

    /** The first output, or the only one. */
    public Tensor output() {
        return outputs.values().iterator().next();
    }
}
