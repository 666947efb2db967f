package org.rnn4j.examples.shared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ConfigException;

class RunsTest {
    private static Runs runs(Path folder) {
        return new Runs(Path.of("config", "addition"), folder, 7);
    }

    private static RunConfiguration small(Runs runs) {
        return runs.read("reversed-peeky")
                .with("data.train", 60)
                .with("data.judged", 10)
                .with("model.nodes.encoder.layer.cell.hidden", 8)
                .with("model.nodes.decoder.layer.cell.inputs", 16 + 8)
                .with("model.nodes.decoder.layer.cell.hidden", 8)
                .with("model.nodes.output.layer.inputs", 2 * 8);
    }

    private static float[] output(Model model) {
        return model.parameter("output.weight").values();
    }

    @Test
    void theSeedIsThatOfTheRuns(@TempDir Path folder) {
        assertEquals(7, runs(folder).read("reversed-peeky").seed());
    }

    /** A rate at which it only gets worse: the first validation is the best. */
    @Test
    void theBestModelIsThatOfTheBestValidation(@TempDir Path folder) throws IOException {
        Runs runs = runs(folder);
        RunConfiguration configuration = small(runs)
                .with("training.epochs", null)
                .with("training.steps", 4)
                .with("training.validateEvery", 1)
                .with("schedule.rate", 0.5);
        Trained trained = runs.train("run", configuration);
        Checkpoint best = CheckpointFile.load(trained.run().folder().best(), TypeRegistry.load());
        assertArrayEquals(output(best.model()), output(trained.best()));
        assertFalse(Arrays.equals(output(trained.last()), output(trained.best())));
    }

    @Test
    void aRunThatEndedIsNotBegunAgain(@TempDir Path folder) throws IOException {
        Runs runs = runs(folder);
        RunConfiguration configuration = small(runs).with("training.epochs", 1);
        Trained trained = runs.train("run", configuration);
        byte[] ended = Files.readAllBytes(trained.run().folder().checkpoint());
        assertThrows(IllegalStateException.class, () -> runs.train("run", configuration));
        Trained again = runs.resuming().train("run", configuration);
        assertArrayEquals(ended, Files.readAllBytes(again.run().folder().checkpoint()));
        assertArrayEquals(trained.validations(), again.validations());
    }

    /** The seed is put into the file's text, whatever else is in it. */
    @Test
    void aNumberThatIsNoneIsNamedWhereItIsRead(@TempDir Path folder) throws IOException {
        for (String rate : new String[] {".nan", "99999999999999999999"}) {
            Files.writeString(
                    folder.resolve("odd.yaml"),
                    "format: 1\nseed: 1\nschedule: {type: ConstantRate, rate: 0.1}\ntraining: {steps: " + rate + "}\n");
            RunConfiguration odd = new Runs(folder, folder, 2).read("odd");
            ConfigException e = assertThrows(ConfigException.class, () -> odd.training(odd.schedule(), List.of()));
            assertTrue(e.getMessage().contains("odd.yaml:4: training.steps: "), e.getMessage());
        }
    }
}
