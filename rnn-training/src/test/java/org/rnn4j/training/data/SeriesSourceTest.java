package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Tensor;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.metric.Smape;

class SeriesSourceTest {

    private static SeriesSource source(Path file, String column, Integer period) {
        return new SeriesSource(null, file.toString(), column, 4, 5, null, null, period, null, null, null);
    }

    private static String message(Path file, String text, String column) throws IOException {
        Files.writeString(file, text);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> source(file, column, null).load())
                .getMessage();
    }

    /** 100 values with a season of 4. */
    private static String numbers() {
        return IntStream.range(0, 100).mapToObj(i -> (i % 4) + " ").collect(Collectors.joining("\n"));
    }

    @Test
    void scaledByTheTrainingPart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("series.txt"), numbers());
        SeriesData data = source(file, null, 4).load();
        // 0, 1, 2 and 3 equally often: the mean is 1.5 and the variance 1.25.
        assertEquals(-1.5 / Math.sqrt(1.25), data.scale(0), 1e-12);
        assertEquals(3, data.unscale(data.scale(3)), 1e-12);
        assertEquals(
                data.scale(1), ((Tensor) data.validation().batch(0).inputs().get("x")).toFloats()[1], 1e-6);
        assertEquals(Map.of("horizon", 1), data.sizes());
        assertEquals(
                List.of(
                        "repeat last: mean squared error",
                        "seasonal naive (period 4): mean squared error",
                        "repeat last: mean absolute error",
                        "seasonal naive (period 4): mean absolute error",
                        "repeat last: sMAPE",
                        "seasonal naive (period 4): sMAPE"),
                data.baselines().stream()
                        .map(b -> b.method() + ": " + b.metric())
                        .toList());
        // The 9 forecasts of 10 values: six steps of 1, or two of -3 and the other seven of 1, over the variance.
        assertEquals((7 + 2 * 9) / 9.0 / 1.25, data.baselines().get(0).value(), 1e-9);
        assertEquals(0, data.baselines().get(1).value());
        // 0 to 1 is off by 200 percent, 1 to 2 by 200/3, 2 to 3 by 40, 3 to 0 by 200; three, two, two and two of them.
        assertEquals(
                (3 * 200 + 2 * 200 / 3.0 + 2 * 40 + 2 * 200) / 9,
                data.baselines().get(4).value(),
                1e-4);
        // The last season repeats exactly, which is no unit.
        assertEquals(List.of(new Smape((float) data.scale(0))), data.metrics());
    }

    @Test
    void aColumnIsAPlainSeries(@TempDir Path folder) throws IOException {
        Path plain = Files.writeString(folder.resolve("series.txt"), numbers());
        String rows = numbers().lines().map(n -> "\"Monday, 1\"," + n + ",x").collect(Collectors.joining("\r\n"));
        Path table = Files.writeString(folder.resolve("table.csv"), "day, \"bits\" ,note\r\n" + rows);
        SeriesData data = source(table, "bits", null).load();
        assertEquals(source(plain, null, 4).load().fingerprint(), data.fingerprint());
        assertEquals(4, data.baselines().size());
        SeriesSource other = new SeriesSource(null, plain.toString(), null, 4, 5, 2, null, null, null, null, null);
        assertNotEquals(data.fingerprint(), other.load().fingerprint());
        assertEquals(2, other.load().training().batch(0).target().shape().dim(2));
    }

    @Test
    void badSeries(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("series.csv");
        assertEquals(file + ": line 2: \"x\", expected a finite number", message(file, "1\nx\n3", null));
        assertEquals(file + ": line 1: \"NaN\", expected a finite number", message(file, "NaN\n", null));
        assertEquals(
                file + ": column bit is not among those that line 1 names, day, bits; did you mean bits?",
                message(file, "day,bits\n1,2\n", "bit"));
        assertEquals(file + ": line 3: 1 values, expected 2 as in line 1", message(file, "day,bits\n1,2\n1\n", "bits"));
        assertEquals(
                file + ": training part: series part [0, 5) of 6 values: expected at least one window of 6 values"
                        + " (5 steps and a horizon of 1) in it",
                message(file, "1\n2\n3\n4\n5\n6\n", null));
        assertEquals(
                file + ": training part: all 80 values are 7.0, expected values that vary",
                message(file, "7\n".repeat(100), null));
        assertEquals(
                file + ": training part: the variance of its 80 values is too large for a number, expected values in"
                        + " a larger unit",
                message(file, "1e200\n-1e200\n".repeat(50), null));
        assertEquals(
                file + ": value 85 is 1.0E300, too far from the training part's mean, 1.5, and deviation, 0.5, to be"
                        + " scaled",
                message(file, "1\n2\n".repeat(42) + "1e300\n" + "1\n".repeat(15), null));
        assertEquals(file + ": empty corpus, expected text", message(file, "", null));
        Files.writeString(file, numbers());
        assertEquals(
                file + ": period is 90, but only 80 values come before the validation part",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> source(file, null, 90).load())
                        .getMessage());
        assertEquals(
                "period is 0, expected 1 or more",
                assertThrows(IllegalArgumentException.class, () -> source(file, null, 0))
                        .getMessage());
    }

    @Test
    void baselinesOfAPlainConstructor() {
        double[] values = IntStream.range(0, 40).mapToDouble(i -> i % 3).toArray();
        SeriesData data = new SeriesData(
                values,
                Split.contiguous(40, 0.5, 0.5),
                new SlidingWindows.Cut(2, 5, 1, 1),
                List.of(new SeasonalNaive(3)),
                1);
        assertEquals(
                List.of(0.0, 0.0, 0.0),
                data.baselines().stream().map(Baseline::value).toList());
    }
}
