package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Shuffle;

class PairNumbersTest {

    @Property(tries = 200)
    void numbersAsAnOrdinaryMapWould(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int pairs) {
        PairNumbers numbers = new PairNumbers(1);
        Map<List<Integer>, Integer> expected = new HashMap<>();
        int[] draws = Shuffle.permutation(Draws.of(seed), 3000);
        for (int i = 0; i < pairs; i++) {
            int left = draws[i] % 60 << 25; // large ids, many of them twice
            int right = draws[i] / 60 % 40;
            Integer known = expected.get(List.of(left, right));
            assertEquals(known == null ? -1 : known, numbers.find(left, right));
            int number = numbers.add(left, right);
            assertEquals(known == null ? expected.size() + 1 : known, number);
            expected.put(List.of(left, right), number);
        }
        assertEquals(expected.size() + 1, numbers.next());
        expected.forEach((pair, number) -> {
            assertEquals(number, numbers.find(pair.get(0), pair.get(1)));
            assertEquals(pair.get(0), numbers.left(number));
        });
    }
}
