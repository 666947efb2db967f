package org.rnn4j.testkit;

import java.util.HashMap;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/** Combines many results into one number, so that a wrong gradient of any of them shows: {@code Σ result * a fixed random number}. */
final class Projection {
    private static final Draws WEIGHTS = Draws.of(7);

    private final int[] rows;
    private final Map<String, Numbers> weights = new HashMap<>();

    /**
     * Of these rows of the whole batch.
     *
     * @param rows a row has the same random numbers alone and among others
     */
    Projection(int... rows) {
        this.rows = rows;
    }

    /**
     * The sum over all results.
     *
     * @param results by name, each {@code (N,…)}
     */
    Tensor of(Map<String, Tensor> results) {
        Tensor sum = DoubleTensor.of(Shape.of(), 0);
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Tensor value = result.getValue();
            Numbers own = weights.computeIfAbsent(result.getKey(), name -> weights(name, value.shape(), rows));
            sum = sum.plus(value.times(own.constant()).sum());
        }
        return sum;
    }

    /** The random numbers of a result. */
    static Numbers weights(String name, Shape shape, int... rows) {
        return Numbers.drawn(WEIGHTS.at(name), shape.without(0), rows);
    }
}
