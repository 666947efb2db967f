package org.rnn4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs from which fuzzing begins, and those that were found: every reader does with them what it says. */
class InputsTest {
    static final Path INPUTS = Path.of("src/test/resources/inputs");

    @TempDir
    Path directory;

    static List<Target> targets() {
        return Targets.ALL;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void inputsAreReadOrRefusedInTheWordsOfTheReader(Target target) throws IOException {
        List<Path> inputs = files(INPUTS.resolve(target.name()));
        Probe probe = new Probe(target, 1, directory);
        for (Path input : inputs) {
            try {
                probe.read(Files.readAllBytes(input));
            } catch (Finding | AssertionError | StackOverflowError e) {
                throw new AssertionError(input + ": " + e.getMessage(), e);
            }
        }
        // What no reader understands would lead a fuzzer nowhere.
        assertTrue(probe.understood() >= 1, probe.toString());
    }

    /** More than fits a small file; looking each class up in a list took 22 s. */
    @Test
    void asManyClassesAsLines() throws IOException {
        String lines = IntStream.range(0, 100_000).mapToObj(i -> i + "\ttext").collect(Collectors.joining("\n"));
        new Probe(Targets.named("labelled"), 1, directory).read(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachTargetHasInputsOfItsOwn() throws IOException {
        assertEquals(
                Targets.ALL.stream().map(Target::name).sorted().toList(),
                files(INPUTS).stream()
                        .map(folder -> folder.getFileName().toString())
                        .toList());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
