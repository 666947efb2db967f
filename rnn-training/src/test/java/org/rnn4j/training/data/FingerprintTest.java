package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    /** Other digits would keep every saved run from being resumed. */
    @Test
    void digitsArePinned() {
        assertEquals("e3b0c44298fc1c14", new Fingerprint().digits()); // SHA-256 of nothing
        // printf '\0\0\0\0\0\0\0\1a\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\7' | sha256sum
        assertEquals(
                "456dca9c3f3ef355",
                new Fingerprint().add("a").add(new int[] {7}).digits());
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertNotEquals(
                new Fingerprint().add("ab").add("c").digits(),
                new Fingerprint().add("a").add("bc").digits());
        assertNotEquals(
                new Fingerprint().add(1, 2).add(3).digits(),
                new Fingerprint().add(1).add(2, 3).digits());
        assertNotEquals(
                new Fingerprint().add(new double[] {0.0}).digits(),
                new Fingerprint().add(new double[] {-0.0}).digits());
    }
}
