package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * What a run over time means: each row alone, and of it one sequence after the other, step by step as far as it goes.
 *
 * <p>{@link Recurrent#unroll} has all rows at once and masks; here are a plain loop, and neither {@link org.rnn4j.api.Lengths} nor
 * {@link org.rnn4j.api.Resets}.
 */
final class StepAfterStep {
    private final Recurrent cell;
    private final Shape output;

    /** Of a cell that is given inputs {@code (1,D)} of this width. */
    StepAfterStep(Recurrent cell, int inputs) {
        this.cell = cell;
        Shape x = Shape.of(1, inputs);
        this.output = cell.step(DoubleTensor.of(x, new double[x.size()]), beginning())
                .output()
                .shape();
    }

    private State beginning() {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        cell.state().forEach(part -> zeros.put(part.name(), zeros(part.row().under(1))));
        return State.of(zeros);
    }

    private static DoubleTensor zeros(Shape shape) {
        return DoubleTensor.of(shape, new double[shape.size()]);
    }

    /**
     * The results of one row, by the names of {@link RecurrentContract}.
     *
     * @param xs {@code (1,T,D)}
     * @param first the state before the first step
     * @param row a situation of one row
     */
    Map<String, Tensor> results(Tensor xs, State first, Situation row) {
        List<Tensor> outputs = new ArrayList<>();
        State state = first;
        for (int t = 0; t < row.steps(); t++) {
            if (row.begins() != null && row.begins()[0][t]) {
                state = beginning();
            }
            if (t < row.valid(0)) {
                Step step = cell.step(xs.step(t), state);
                outputs.add(step.output());
                state = step.state();
            } else {
                outputs.add(zeros(output));
            }
        }
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put(RecurrentContract.OUTPUTS, Tensor.stack(outputs));
        state.parts().forEach((name, part) -> results.put(RecurrentContract.LAST_STATE + name, part));
        return results;
    }
}
