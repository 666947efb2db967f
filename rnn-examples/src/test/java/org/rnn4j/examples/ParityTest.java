package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParityTest {
    @Test
    void aGruLearnsShortStringsAndIsRightOnLongerOnes() {
        Parity.Task small = new Parity.Task(6, 600, List.of(6, 24));
        Map<Integer, Double> reached = Parity.reached(System.out, Parity.cells().get("GRU"), 1, small);
        assertEquals(1, reached.get(6));
        assertTrue(reached.get(24) > 0.9, reached::toString);
    }

    @Test
    void withoutTrainingEveryCellIsRightHalfOfTheTime() {
        Parity.Task none = new Parity.Task(6, 1, List.of(64));
        Parity.cells().forEach((name, cell) -> {
            double accuracy = Parity.reached(System.out, cell, 1, none).get(64);
            assertEquals(0.5, accuracy, 0.06, name); // four deviations of 1000 coins
        });
    }
}
