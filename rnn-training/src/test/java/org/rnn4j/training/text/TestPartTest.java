package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.SeriesSource;

/** What a source keeps for tests can be judged: of forty lines, half train, twelve validate, and eight are left. */
class TestPartTest {
    private interface Source {
        DataSource of(String file);
    }

    static Stream<Source> sources() {
        return Stream.of(
                file -> new SentencesSource(null, file, null, 4, null, null, 0.5, 0.3, null),
                file -> new LabelledSource(null, file, null, 4, null, null, 0.5, 0.3, null, null),
                file -> new PairsSource(null, file, null, null, 4, null, null, 0.5, 0.3, null));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void linesThatAreLeftAreJudged(Source source, @TempDir Path folder) throws IOException {
        String lines = IntStream.range(0, 40).mapToObj(i -> "same\t" + (10 + i)).collect(Collectors.joining("\n"));
        check(source.of(write(folder, lines)));
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void sequencesThatAreLeftAreJudged(Source source, @TempDir Path folder) throws IOException {
        check(source.of(write(folder, "a\tx\nb\ty\n\n".repeat(40))));
    }

    static Stream<Source> tagged() {
        return Stream.of(file -> new TaggedSource(null, file, 4, null, null, 0.5, 0.3, null));
    }

    @ParameterizedTest
    @MethodSource("series")
    void valuesThatAreLeftAreJudged(Source source, @TempDir Path folder) throws IOException {
        String values = IntStream.range(0, 40).mapToObj(i -> "" + i * i).collect(Collectors.joining("\n"));
        DataSource read = source.of(write(folder, values));
        // A part of n values has n - 1 with one behind it.
        assertEquals(11, steps(read.load().validation()));
        assertEquals(7, steps(read.test().validation()));
    }

    static Stream<Source> series() {
        return Stream.of(file -> new SeriesSource(null, file, null, 4, 1, null, null, null, 0.5, 0.3, null));
    }

    private static String write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("data"), text).toString();
    }

    private static void check(DataSource source) throws IOException {
        DataSet load = source.load();
        DataSet test = source.test();
        assertEquals(20, rows(load.training()));
        assertEquals(20, rows(test.training()));
        assertEquals(12, rows(load.validation()));
        assertEquals(8, rows(test.validation()));
        assertEquals(load.sizes(), test.sizes());
        assertNotEquals(load.fingerprint(), test.fingerprint());
    }

    private static int rows(Batches batches) {
        return dimensions(batches, 0);
    }

    private static int steps(Batches batches) {
        return dimensions(batches, 1);
    }

    private static int dimensions(Batches batches, int axis) {
        return LongStream.range(0, batches.perEpoch())
                .mapToObj(batches::batch)
                .map(batch -> batch.inputs().values().iterator().next().shape())
                .mapToInt(shape -> shape.dim(axis))
                .sum();
    }
}
