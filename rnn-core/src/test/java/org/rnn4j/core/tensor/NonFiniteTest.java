package org.rnn4j.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NonFiniteTest {
    @Test
    void theFirstOfSeveral() {
        float[] numbers = new float[100];
        assertEquals(-1, NonFinite.first(numbers, 100));
        numbers[70] = Float.NaN;
        numbers[41] = Float.NEGATIVE_INFINITY;
        assertEquals(41, NonFinite.first(numbers, 100));
        assertEquals(-1, NonFinite.first(numbers, 41), "what lies behind the numbers is none of them");
        assertEquals(-1, NonFinite.first(numbers, 0));
    }

    /** So many that threads share them: each part is looked at, up to its end. */
    @Test
    void inPartsOfThreads() {
        int size = (1 << 20) + 5;
        float[] numbers = new float[size];
        assertEquals(-1, NonFinite.first(numbers, size));
        for (int i = 0; i < size; i += 65_537) {
            numbers[i] = Float.NaN;
            assertEquals(i, NonFinite.first(numbers, size));
            numbers[i] = 0;
        }
        numbers[size - 1] = Float.POSITIVE_INFINITY;
        assertEquals(size - 1, NonFinite.first(numbers, size));
    }
}
