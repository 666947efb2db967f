package org.rnn4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.TimeRNN;

class BatchTest {
    private static final Batch TWO =
            Batch.of(Ids.of(new int[][] {{0, 1, 0}, {1, 0, 1}}), Ids.of(new int[][] {{1, 1, 1}, {1, 1, 1}}));

    private static Carry carry() {
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(2, 3))
                        .then("rnn", TimeRNN.stateful(3, 3))
                        .build(),
                1);
        return model.forward(Window.of(Ids.of(new int[][] {{0}, {1}}))).carry();
    }

    @Test
    void whereEveryRowBeginsAnewNothingIsCarriedAndNoLayerIsTold() {
        Carry carry = carry();
        Window anew = TWO.with(Spans.full().beginningAtStart(true, true)).window(carry, 3);
        assertSame(Carry.none(), anew.carry());
        assertFalse(anew.spans().begins(0, 0) || anew.spans().begins(1, 0));
        assertEquals(3, anew.step());
    }

    @Test
    void otherBeginningsAreTold() {
        Carry carry = carry();
        Spans one = Spans.full().beginningAtStart(true, false);
        assertSame(one, TWO.with(one).window(carry, 0).spans());
        assertSame(carry, TWO.with(one).window(carry, 0).carry());
        // One more in the last step of a row.
        Spans later = Spans.full().beginning(new boolean[] {true}, new boolean[] {true, false, true});
        assertSame(later, TWO.with(later).window(carry, 0).spans());
        assertSame(Carry.none(), TWO.with(later).window(carry, 0).carry());
    }

    @Test
    void eachInputMayHaveLengthsOfItsOwn() {
        Spans target = Spans.of(1, 3);
        Spans source = Spans.of(2, 1);
        Batch two = Batch.of(Map.of("source", TWO.target(), "target", TWO.target()), TWO.target());
        Window window = two.with(target).with("source", source).window(Carry.none(), 0);
        assertSame(target, window.spans("target"));
        assertSame(source, window.spans("source"));
        assertTrue(two.inputSpans().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Batch.of(Map.of(), TWO.target()));
    }
}
