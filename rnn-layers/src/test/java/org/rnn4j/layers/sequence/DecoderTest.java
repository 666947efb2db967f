package org.rnn4j.layers.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.cell.GRU;

class DecoderTest {
    private static Tensor numbers(String place, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Draws.of(1).at(place).uniform(i);
        }
        return Tensors.of(shape, values);
    }

    /** A first state has no time: rows of 3 and of 5 steps say nothing of its two numbers. */
    @Test
    void lengthsOfAWindowAreNoneOfItsFirstState() {
        Model model = Model.create(
                        ModelSpec.graph("x", "h")
                                .node("decoder", new Decoder(new GRU(4, 2)), "x", "h")
                                .build("decoder"),
                        1)
                .inference();
        Window window = Window.of(Map.of("x", numbers("x", 2, 5, 4), "h", numbers("h", 2, 2)));
        Tensor byName = model.forward(window.with("x", Spans.of(3, 5))).output();
        Tensor ofAll = model.forward(window.with(Spans.of(3, 5))).output();
        assertArrayEquals(byName.toFloats(), ofAll.toFloats());
    }
}
