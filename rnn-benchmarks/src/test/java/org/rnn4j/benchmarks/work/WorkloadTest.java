package org.rnn4j.benchmarks.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Parameter;

class WorkloadTest {
    /** The loss of the first steps, and that of the last ones. */
    private static void assertLearns(int steps, IntToDoubleFunction step) {
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step.applyAsDouble(i);
        }
        double before = Arrays.stream(losses).limit(3).average().orElseThrow();
        double after = Arrays.stream(losses).skip(steps - 3).average().orElseThrow();
        assertTrue(after < 0.9 * before, Arrays.toString(losses));
    }

    @Test
    void theBooksModelLearns() {
        assertLearns(60, LanguageModel.of("W1")::step);
    }

    @Test
    void theCharacterModelLearns() {
        assertLearns(30, LanguageModel.characters(new LanguageModel.Size(65, 16, 32, 8, 10))::step);
    }

    @Test
    void theForecastLearns() {
        assertLearns(40, new Forecast(new Forecast.Size(16, 16, 20))::step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "gru", "lstm"})
    void aLayerAloneHasAllGradients(String cell) {
        OneLayer layer = new OneLayer(new LayerAlone(cell, 2, 3, 4, 5));
        Gradients gradients = layer.gradients();
        for (Parameter parameter : layer.model().parameters()) {
            assertTrue(isNotZero(gradients.get(parameter)), parameter.name());
        }
        assertTrue(isNotZero(gradients.get(layer.x())));
    }

    private static boolean isNotZero(Tensor tensor) {
        for (float number : tensor.toFloats()) {
            if (number != 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void streamingCarriesTheState() {
        Streaming streaming = new Streaming(4, 8);
        streaming.step(0);
        float[] first = streaming.output().clone();
        streaming.step(1);
        float[] second = streaming.output().clone();
        assertNotEquals(Arrays.toString(first), Arrays.toString(second));
        streaming.sequence(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1", "W4", "W6", "W5-gru-2x3x4x5"})
    void aWorkloadRuns(String name) throws Exception {
        Workload.run(Settings.of(name, "steps=1"));
    }

    @Test
    void aCellInsideAnotherRunsInBothForms() throws Exception {
        List<Line> lines = new CellInside(2, 3, 4).lines();
        assertEquals(6, lines.size());
        for (Line line : lines) {
            line.step().run(0);
        }
    }

    @Test
    void aCheckpointIsSavedAndLoaded(@TempDir Path folder) throws Exception {
        for (Line line : Saving.in(folder, 50).lines()) {
            assertEquals("s/GB", line.unit());
            line.step().run(0);
        }
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            // Two tables of 50 x 128 numbers, a bias, a header.
            assertTrue(Files.size(file) > 4 * 2 * 50 * 128, file.toString());
        }
    }

    @Test
    void theFingerprintIsOfAllThatIsTrained() {
        LanguageModel one = LanguageModel.characters(new LanguageModel.Size(65, 4, 4, 2, 3));
        LanguageModel two = LanguageModel.characters(new LanguageModel.Size(65, 4, 4, 2, 3));
        one.step(0);
        two.step(0);
        String hash = Fingerprint.of(one);
        assertEquals(64, hash.length());
        assertEquals(hash, Fingerprint.of(two));
        two.step(1);
        assertNotEquals(hash, Fingerprint.of(two));
    }
}
