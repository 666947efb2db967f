package org.rnn4j.examples.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.shared.Runs;

class ParityTest {
    private static Map<Integer, Double> reached(Path folder, String cell, int steps, int... tested) {
        Runs runs = new Runs(Path.of("config", "parity"), folder, 1);
        return Parity.reached(
                runs.train(
                        cell,
                        runs.read(cell)
                                .with("data.longest", 6)
                                .with("training.steps", steps)
                                .with("training.validateEvery", steps)),
                Arrays.stream(tested).boxed().toList());
    }

    @Test
    void aGruLearnsShortStringsAndIsRightOnLongerOnes(@TempDir Path folder) {
        Map<Integer, Double> reached = reached(folder, "gru", 600, 6, 24);
        assertEquals(1, reached.get(6));
        assertTrue(reached.get(24) > 0.9, reached::toString);
    }

    @Test
    void withoutTrainingEveryCellIsRightHalfOfTheTime(@TempDir Path folder) {
        for (String cell : List.of("rnn", "orthogonal", "lstm", "gru")) {
            double accuracy = reached(folder, cell, 1, 64).get(64);
            assertEquals(0.5, accuracy, 0.06, cell); // four deviations of 1000 coins
        }
    }
}
