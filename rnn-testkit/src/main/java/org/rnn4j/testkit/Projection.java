package org.rnn4j.testkit;

import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/** Makes one number of many results, so that a wrong gradient of any of them shows: {@code Σ result * a fixed random number}. */
final class Projection {
    private static final Draws WEIGHTS = Draws.of(7);

    private Projection() {}

    /**
     * The sum over all results.
     *
     * @param results by name, each {@code (N,…)}
     * @param rows which rows of the whole batch they are: a row has the same random numbers alone and among others
     */
    static Tensor of(Map<String, Tensor> results, int... rows) {
        Tensor sum = DoubleTensor.of(Shape.of(), 0);
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Tensor value = result.getValue();
            sum = sum.plus(
                    value.times(weights(result.getKey(), value.shape(), rows).constant())
                            .sum());
        }
        return sum;
    }

    /** The random numbers of a result. */
    static Numbers weights(String name, Shape shape, int... rows) {
        return Numbers.drawn(WEIGHTS.at(name), shape.without(0), rows);
    }
}
