package org.rnn4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final int COUNT = 200_000;
    private final Draws draws = Draws.of(42).at("layer").at(17);

    private static double mean(LongToDoubleFunction number) {
        double sum = 0;
        for (long i = 0; i < COUNT; i++) {
            sum += number.applyAsDouble(i);
        }
        return sum / COUNT;
    }

    @Test
    void uniformNumbersHaveTheMomentsOfTheUniformDistribution() {
        assertEquals(0.5, mean(draws::uniform), 3e-3);
        assertEquals(1 / 3.0, mean(i -> draws.uniform(i) * draws.uniform(i)), 3e-3);
        assertEquals(0.25, mean(i -> draws.uniform(i) * draws.uniform(i + 1)), 3e-3);
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        assertEquals(0, mean(draws::normal), 0.01);
        assertEquals(1, mean(i -> draws.normal(i) * draws.normal(i)), 0.015);
        assertEquals(0, mean(i -> draws.normal(i) * draws.normal(i + 1)), 0.01);
        assertEquals(3, mean(i -> StrictMath.pow(draws.normal(i), 4)), 0.1);
    }

    @Test
    void boundedNumbersAreUniform() {
        int[] counts = new int[7];
        for (long i = 0; i < COUNT; i++) {
            counts[draws.below(i, 7)]++;
        }
        for (int count : counts) {
            assertEquals(COUNT / 7.0, count, 800);
        }
        assertThrows(IllegalArgumentException.class, () -> draws.below(0, 0));
    }

    @Test
    void placesAndSeedsAreUnrelated() {
        Draws[] others = {
            Draws.of(43).at("layer").at(17),
            Draws.of(42).at("layes").at(17),
            Draws.of(42).at("layer").at(18),
            Draws.of(42).at(17).at("layer"),
            Draws.of(42).at("lay").at("er").at(17),
            Draws.of(42).at("layer")
        };
        for (Draws other : others) {
            assertEquals(0.25, mean(i -> draws.uniform(i) * other.uniform(i)), 3e-3);
            assertNotEquals(draws.bits(0), other.bits(0));
        }
    }

    @Test
    void theSamePlaceHasTheSameNumbersForEver() {
        assertEquals(draws.bits(5), Draws.of(42).at("layer").at(17).bits(5));
        // A change here changes every run that anybody has repeated.
        assertEquals(EXPECTED, Long.toHexString(draws.bits(5)));
        assertTrue(draws.uniform(5) < 1);
    }

    private static final String EXPECTED = "a5274a8dac7d2843";
}
