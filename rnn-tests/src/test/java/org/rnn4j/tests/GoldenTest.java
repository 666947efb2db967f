package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What {@link Golden} lets pass. */
class GoldenTest {
    private static void check(double[] expected, double... found) {
        ObjectNode arrays = JsonNodeFactory.instance.objectNode();
        ArrayNode values = arrays.putObject("grad.w").putArray("values");
        for (double value : expected) {
            values.add(value);
        }
        ((ObjectNode) arrays.get("grad.w")).putArray("shape").add(expected.length);
        new Golden("by hand", arrays, arrays).check("grad.w", found);
    }

    private static void refuses(double[] expected, double... found) {
        assertThrows(AssertionError.class, () -> check(expected, found));
    }

    @Test
    void smallNumbersAreNotZeros() {
        double[] small = {5e-6, -3e-6, 0};
        check(small, 5e-6 + 2e-11, -3e-6 - 2e-11, 2e-11);
        refuses(small, 0, 0, 0);
        refuses(small, 5e-6, -3e-6 + 1e-9, 0);
    }

    @Test
    void ofLargeOnesTheLastDigitsMayDiffer() {
        check(new double[] {3000, 0.5}, 3000.01, 0.500009);
        refuses(new double[] {3000, 0.5}, 3000.1, 0.5);
        refuses(new double[] {3000, 0.5}, 3000, 0.501);
    }

    @Test
    void zerosAreZeros() {
        check(new double[] {0, 0}, 0, 1e-12);
        refuses(new double[] {0, 0}, 0, 1e-6);
    }

    @Test
    void nothingStandsForANumber() {
        refuses(new double[] {1, 2}, 1);
        refuses(new double[] {1, 2}, 1, Double.NaN);
    }
}
