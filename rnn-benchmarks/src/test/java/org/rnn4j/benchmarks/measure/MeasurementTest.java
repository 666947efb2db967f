package org.rnn4j.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static int calls(Settings settings, int calls) throws Exception {
        AtomicInteger count = new AtomicInteger();
        Measurement measurement = calls == 1
                ? Measurement.ofSteps("test", "W0", 1, settings)
                : Measurement.ofCalls("test", "W0", 1, calls, settings);
        measurement.run(i -> {
            assertEquals(count.getAndIncrement(), i);
            return i;
        });
        return count.get();
    }

    @Test
    void withoutTimeItTakesThreeSamplesAndFive() throws Exception {
        assertEquals(8, calls(Settings.of("W0", "warm=0", "seconds=0"), 1));
        assertEquals(80, calls(Settings.of("W0", "warm=0", "seconds=0"), 10));
    }

    @Test
    void withStepsItTakesThose() throws Exception {
        assertEquals(1, calls(Settings.of("W0", "steps=1"), 1));
        assertEquals(30, calls(Settings.of("W0", "warmup=10", "steps=20"), 1));
    }

    @Test
    void settingsSayWhatIsWrong() {
        assertThrows(IllegalArgumentException.class, () -> Settings.of());
        assertThrows(IllegalArgumentException.class, () -> Settings.of("W1", "threads"));
        assertEquals(3, Settings.of("W1", "threads=3").threads());
        assertEquals(6, Settings.of("W1", "warm=2").with("warm", 6).get("warm", 0.0));
    }

    @Test
    void aLayersNameHoldsItsSizes() {
        LayerAlone.ALL.forEach(layer -> assertEquals(layer, LayerAlone.of(layer.name())));
        assertEquals(12, LayerAlone.ALL.size());
        assertThrows(IllegalArgumentException.class, () -> LayerAlone.of("W5-lstm-1x2x3"));
        assertThrows(IllegalArgumentException.class, () -> LayerAlone.of("W7"));
        // 2 operations, forward once and backward twice
        assertEquals(
                6 * 32 * 64 * 4 * 128 * 256.0,
                LayerAlone.of("W5-lstm-32x64x128x128").operations());
    }

    @Test
    void everyProgramSeesTheSameTokens() {
        Minibatches data = Minibatches.of(65, 2, 6);
        // As the peers' programs in Python made them.
        assertArrayEquals(FIRST, data.x()[0]);
        assertEquals(data.x()[0][1], data.y()[0][0]);
        assertEquals(data.x()[1][0], data.y()[0][5]);
    }

    @Test
    void theSystemKnowsThisProcess() {
        assertTrue(ProcessFacts.allocatedBytes() > 0);
        double seconds = ProcessFacts.secondsSinceStart();
        assertTrue(Double.isNaN(seconds) || (seconds > 0 && seconds < 3600), "" + seconds);
        double peak = ProcessFacts.peakMebibytes();
        assertTrue(Double.isNaN(peak) || peak > 10, "" + peak);
    }

    private static final int[] FIRST = {0, 3, 18, 28, 13, 3, 47, 43, 23, 53, 23, 53};
}
