package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MajorityTest {

    @Test
    void majority() {
        Majority majority = Majority.of(new int[] {2, 1, 1, 2, 0});
        assertEquals(new Majority(1), majority); // of two that are equally frequent
        assertEquals(0.25, majority.score(new int[] {1, 0, 2, 2}).value());
        assertThrows(IllegalArgumentException.class, () -> Majority.of(new int[0]));
    }

    @Property
    void noOtherConstantIsBetterOnTheTrainingLabels(
            @ForAll @Size(min = 1, max = 60) int[] raw, @ForAll @IntRange(max = 6) int other) {
        int[] labels = Arrays.stream(raw).map(x -> Math.floorMod(x, 7)).toArray();
        double best = Majority.of(labels).score(labels).value();
        assertEquals(best, Math.max(best, new Majority(other).score(labels).value()));
    }
}
