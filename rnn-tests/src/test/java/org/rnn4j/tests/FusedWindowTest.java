package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.RNN;

/** Windows by hand beside the same cells step by step: every output and every gradient, where rows are many enough for several threads. */
class FusedWindowTest {
    private static final CellPass PLAIN = new CellPass(Spans.full());

    private static CellSpec spec(String cell, int inputs, int hidden) {
        return switch (cell) {
            case "RNN" -> new RNN(inputs, hidden);
            case "LSTM" -> new LSTM(inputs, hidden);
            case "GRU after" -> new GRU(inputs, hidden);
            default -> new GRU(inputs, hidden, GRU.Reset.BEFORE, null);
        };
    }

    /** Parameters that are drawn and kept by name. */
    private record Drawn(Map<String, Tensor> byName, double scale) implements CellParams {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            byName.put(name, variable(name, scale, dims));
            return byName.get(name);
        }
    }

    /** The same cell without its hand-written step. */
    private record Composed(Recurrent cell) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return cell.state();
        }

        @Override
        public Step step(Tensor x, State previous) {
            return cell.step(x, previous);
        }
    }

    private static Tensor variable(String name, double scale, int... dims) {
        Draws draws = Draws.of(5).at(name);
        float[] values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * draws.normal(i));
        }
        return Tensors.variable(Shape.of(dims), values);
    }

    /** The names of all results and their numbers. */
    private static Map<String, float[]> everything(
            String name, int rows, int steps, int inputs, int hidden, CellPass pass, boolean composed) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        Recurrent made = spec(name, inputs, hidden).create(new Drawn(parameters, 1 / Math.sqrt(hidden)));
        Recurrent cell = composed ? new Composed(made) : made;
        assertEquals(!composed, cell instanceof FusedCell);
        Map<String, Tensor> leaves = new LinkedHashMap<>(parameters);
        leaves.put("x", variable("x", 1, rows, steps, inputs));
        Map<String, Tensor> first = new LinkedHashMap<>();
        for (StatePart part : cell.state()) {
            first.put(part.name(), variable("first " + part.name(), 1, rows, hidden));
            leaves.put("first " + part.name(), first.get(part.name()));
        }
        Step run = pass.unroll(cell, leaves.get("x"), State.of(first));
        Map<String, float[]> results = new LinkedHashMap<>();
        results.put("outputs", run.output().toFloats());
        Tensor loss = run.output().times(variable("dy", 1, rows, steps, hidden)).sum();
        for (StatePart part : cell.state()) {
            Tensor last = run.state().get(part.name());
            results.put("last " + part.name(), last.toFloats());
            loss = loss.plus(last.times(variable("dlast " + part.name(), 1, rows, hidden))
                    .sum());
        }
        Gradients gradients = Gradients.of(loss);
        leaves.forEach(
                (leaf, tensor) -> results.put("d" + leaf, gradients.get(tensor).toFloats()));
        return results;
    }

    private static void compare(String cell, int rows, int steps, int inputs, int hidden, CellPass pass) {
        Map<String, float[]> expected = everything(cell, rows, steps, inputs, hidden, pass, true);
        Map<String, float[]> found = everything(cell, rows, steps, inputs, hidden, pass, false);
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, numbers) -> {
            double largest = 1;
            for (float number : numbers) {
                largest = Math.max(largest, Math.abs(number));
            }
            assertArrayEquals(numbers, found.get(name), (float) (1e-5 * largest), cell + ": " + name);
        });
    }

    @ParameterizedTest
    @CsvSource({"RNN", "LSTM", "GRU after", "GRU before"})
    void equalsTheCellStepByStep(String cell) {
        compare(cell, 1, 9, 5, 7, PLAIN);
        compare(cell, 3, 1, 17, 33, PLAIN);
        compare(cell, 41, 13, 19, 37, PLAIN);
        // Enough work for several threads, each with rows of its own.
        compare(cell, 45, 20, 64, 100, PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"RNN", "LSTM", "GRU after", "GRU before"})
    void equalsTheCellStepByStepWithLengthsAndResets(String cell) {
        int rows = 39;
        int steps = 21;
        int[] lengths = new int[rows];
        boolean[][] begins = new boolean[rows][steps];
        Draws draws = Draws.of(9);
        for (int n = 0; n < rows; n++) {
            // No row is as long as the window; some are empty.
            lengths[n] = draws.below(n, steps);
            begins[n][draws.below(1000 + n, steps)] = true;
            begins[n][0] = n % 5 == 0;
        }
        compare(cell, rows, steps, 65, 90, new CellPass(Spans.of(lengths)));
        compare(cell, rows, steps, 65, 90, new CellPass(Spans.full().beginning(begins)));
        compare(cell, rows, steps, 65, 90, new CellPass(Spans.of(lengths).beginning(begins)));
        compare(cell, 1, steps, 5, 9, new CellPass(Spans.of(4)));
        compare(cell, 2, 3, 5, 9, new CellPass(Spans.of(0, 0)));
    }

    @Test
    void aSecondBackwardPassIsRefused() {
        Recurrent cell = new LSTM(3, 4).create(new Drawn(new LinkedHashMap<>(), 1));
        Tensor xs = variable("x", 1, 40, 9, 3);
        State first = State.of("h", Tensors.zeros(Shape.of(40, 4)), "c", Tensors.zeros(Shape.of(40, 4)));
        Tensor loss = PLAIN.unroll(cell, xs, first).output().sum();
        Gradients.of(loss);
        String message = assertThrows(IllegalStateException.class, () -> Gradients.of(loss))
                .getMessage();
        assertTrue(message.contains("run the forward pass again"), message);
    }
}
