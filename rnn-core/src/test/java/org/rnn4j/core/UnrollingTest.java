package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/** What the loop over time says of a cell that does not give what it declares. */
class UnrollingTest {
    private record Cell(List<StatePart> state, BiFunction<Tensor, State, Step> steps) implements Recurrent {
        @Override
        public Step step(Tensor x, State previous) {
            return steps.apply(x, previous);
        }
    }

    /** The message of one window of one step: a wrong state must not get out of it. */
    private static String refusal(List<StatePart> parts, BiFunction<Tensor, State, Step> steps) {
        Recurrent cell = new Cell(parts, steps);
        LayerSpec<Layer> layer = params -> (x, pass) -> pass.unroll(
                        cell, x, pass.carried(cell.state(), x.shape().dim(0)))
                .output();
        Model model = Model.create(ModelSpec.chain().then("layer", layer).build(), 1);
        return assertThrows(LayerException.class, () -> model.forward(Toys.ramp(1, 1, 2)))
                .getMessage();
    }

    @Test
    void aStateHasThePartsThatAreDeclared() {
        List<StatePart> h = List.of(StatePart.of("h", 2));
        assertEquals(
                "layer: step 0 gave a wrong state: state part h has the shape (1,4), expected (1,2)",
                refusal(h, (x, s) -> new Step(x, State.of("h", Tensor.join(List.of(s.get("h"), x))))));
        assertEquals(
                "layer: step 0 gave a wrong state: state parts [g] are not declared; declared are [h]",
                refusal(h, (x, s) -> new Step(x, State.of("h", x, "g", x))));
        assertEquals(
                "layer: step 0 gave a wrong state: no state part named h; there are [g]",
                refusal(h, (x, s) -> new Step(x, State.of("g", x))));
        assertEquals(
                "layer: state part h is declared twice",
                refusal(List.of(StatePart.of("h", 2), StatePart.of("h", 2)), Step::new));
    }

    @Test
    void aStepIsAnOutputAndAState() {
        List<StatePart> h = List.of(StatePart.of("h", 2));
        String expected = ", expected an output and a state";
        assertEquals("layer: step 0 gave null" + expected, refusal(h, (x, s) -> null));
        assertEquals("layer: step 0 gave no output" + expected, refusal(h, (x, s) -> new Step((Tensor) null, s)));
        assertEquals("layer: step 0 gave no output" + expected, refusal(h, (x, s) -> new Step(Map.of(), s)));
        assertEquals("layer: step 0 gave no state" + expected, refusal(h, (x, s) -> new Step(x, null)));
    }
}
