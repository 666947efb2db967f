package org.rnn4j.examples.initial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.Batch;

class InitialValuesTest {
    private static final int H = 32; // of adding's LSTM, and of traffic's GRU

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static InitialChoice choice(String name) {
        return InitialChoice.TRIED.stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ModelSpec spec(InitialTask task) throws IOException {
        RunConfiguration configuration =
                new Runs(Path.of("config", "initial-values"), Path.of("none"), 1).read(task.label());
        return configuration.model(configuration.data().load().sizes());
    }

    @Test
    void theDefaultsAreOneOfThoseThatWereTried() throws IOException {
        for (InitialTask task : InitialTask.values()) {
            ModelSpec spec = spec(task);
            Model chosen = InitialChoice.CHOSEN.model(spec, 1);
            for (Parameter parameter : Model.create(spec, 1).parameters()) {
                float[] expected = chosen.parameter(parameter.name()).values();
                if (deviation(expected) == 0) {
                    assertArrayEquals(expected, parameter.values(), parameter.name());
                } else { // drawn from other numbers
                    double few = 5 / Math.sqrt(expected.length);
                    assertEquals(1, deviation(parameter.values()) / deviation(expected), few, parameter.name());
                }
            }
        }
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    @Test
    void pyTorchsBiasesAreSumsOfTwo() throws IOException {
        ModelSpec task = spec(InitialTask.ADDING);
        float[] b = choice("PyTorch's").model(task, 1).parameter("cell.cell.b").values();
        double bound = 1 / Math.sqrt(H);
        assertTrue(largest(b) > bound && largest(b) < 2 * bound, () -> Arrays.toString(b));
        assertEquals(bound * Math.sqrt(2 / 3.0), deviation(b), 0.2 * bound);
        float[] forget = Arrays.copyOfRange(
                choice("PyTorch's, forget bias 1")
                        .model(task, 1)
                        .parameter("cell.cell.b")
                        .values(),
                H,
                2 * H);
        for (int i = 0; i < H; i++) {
            assertEquals(1 + b[H + i], forget[i], 1e-6);
        }
    }

    @Test
    void theContentsBiasesOfAGruAreNotSummed() throws IOException {
        ModelSpec task = spec(InitialTask.TRAFFIC);
        Model model = choice("PyTorch's").model(task, 1);
        double bound = 1 / Math.sqrt(H);
        float[] b = model.parameter("cell.cell.b").values();
        assertTrue(largest(Arrays.copyOf(b, 2 * H)) > bound);
        assertTrue(largest(Arrays.copyOfRange(b, 2 * H, 3 * H)) < bound);
        assertTrue(largest(model.parameter("cell.cell.bn").values()) < bound);
    }

    @Test
    void aSumIsThatOfItsTwoMarkedNumbers() {
        Batch batch = new AddingSource(50, 30, 1).load().training().batch(3);
        Tensor x = (Tensor) batch.inputs().get("x");
        float[] numbers = x.toFloats();
        float[] sums = ((Tensor) batch.target()).toFloats();
        int steps = x.shape().dim(1);
        for (int n = 0; n < sums.length; n++) {
            List<Integer> marked = new ArrayList<>();
            double sum = 0;
            for (int t = 0; t < steps; t++) {
                int at = 2 * (n * steps + t);
                if (numbers[at + 1] == 1) {
                    marked.add(t);
                    sum += numbers[at];
                }
            }
            assertEquals(2, marked.size());
            assertTrue(marked.get(0) < steps / 2 && marked.get(1) >= steps / 2, marked::toString);
            assertEquals(sum, sums[n], 1e-6);
        }
    }
}
