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
 * The definition of a run over time: each row alone, one sequence after the other, step by step up to its end.
 *
 * <p>{@link org.rnn4j.api.Pass#unroll} runs all rows at once with masks; this is a plain loop without {@link org.rnn4j.api.Spans}.
 */
final class StepAfterStep {
    private final Recurrent cell;
    private final Map<String, Shape> outputs = new LinkedHashMap<>();

    /** Of a cell that is given inputs {@code (1,D)} of this width. */
    StepAfterStep(Recurrent cell, int inputs) {
        this.cell = cell;
        Shape x = Shape.of(1, inputs);
        cell.step(DoubleTensor.of(x, new double[x.size()]), beginning())
                .outputs()
                .forEach((name, output) -> outputs.put(name, output.shape()));
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
        Map<String, List<Tensor>> overTime = new LinkedHashMap<>();
        outputs.keySet().forEach(name -> overTime.put(name, new ArrayList<>()));
        State state = first;
        for (int t = 0; t < row.steps(); t++) {
            if (row.begins() != null && row.begins()[0][t]) {
                state = beginning();
            }
            if (t < row.valid(0)) {
                Step step = cell.step(xs.step(t), state);
                step.outputs().forEach((name, output) -> overTime.get(name).add(output));
                state = step.state();
            } else {
                outputs.forEach((name, shape) -> overTime.get(name).add(zeros(shape)));
            }
        }
        Map<String, Tensor> stacked = new LinkedHashMap<>();
        overTime.forEach((name, output) -> stacked.put(name, Tensor.stack(output)));
        return RecurrentContract.results(new Step(stacked, state));
    }
}
