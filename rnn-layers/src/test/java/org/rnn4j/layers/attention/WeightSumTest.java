package org.rnn4j.layers.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Shape;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;

class WeightSumTest {
    /** It looks at all steps of the values: a session may stream the weights, and has to be given the values. */
    @Test
    void valuesAreNotStreamed() {
        Model model = Model.create(
                        ModelSpec.graph("weights", "values")
                                .node("sum", new WeightSum(2), "weights", "values")
                                .build("sum"),
                        1)
                .inference();
        Session session = model.session(Window.of(Map.of("weights", Tensors.zeros(Shape.of(1, 1, 1)))));
        LayerException failure =
                assertThrows(LayerException.class, () -> session.step(new float[] {1, 2}, new float[2]));
        assertEquals(
                "sum: needs the whole sequence of input 1, and a stream gives one step at a time: give this input to the session",
                failure.getMessage());
    }
}
