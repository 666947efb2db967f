package org.rnn4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.layers.Embedding;
import org.rnn4j.layers.TimeRNN;

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
        Window anew = TWO.with(Resets.atStart(true, true)).window(carry, 3);
        assertSame(Carry.none(), anew.carry());
        assertSame(Resets.none(), anew.resets());
        assertEquals(3, anew.step());
    }

    @Test
    void otherBeginningsAreTold() {
        Carry carry = carry();
        Resets one = Resets.atStart(true, false);
        assertSame(one, TWO.with(one).window(carry, 0).resets());
        assertSame(carry, TWO.with(one).window(carry, 0).carry());
        // One more in the last step of a row.
        Resets later = Resets.of(new boolean[] {true}, new boolean[] {true, false, true});
        assertSame(later, TWO.with(later).window(carry, 0).resets());
        assertSame(Carry.none(), TWO.with(later).window(carry, 0).carry());
    }

    @Test
    void eachInputMayHaveLengthsOfItsOwn() {
        Lengths target = Lengths.of(1, 3);
        Lengths source = Lengths.of(2, 1);
        Batch two = Batch.of(Map.of("source", TWO.target(), "target", TWO.target()), TWO.target());
        Window window = two.with(target).with("source", source).window(Carry.none(), 0);
        assertSame(target, window.lengths("target"));
        assertSame(source, window.lengths("source"));
        assertTrue(two.inputLengths().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Batch.of(Map.of(), TWO.target()));
    }
}
