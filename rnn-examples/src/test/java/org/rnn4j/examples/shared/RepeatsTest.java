package org.rnn4j.examples.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.Example;
import picocli.CommandLine;

class RepeatsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static Repeats with(String... arguments) {
        Repeats repeats = new Repeats();
        new CommandLine(repeats).parseArgs(arguments);
        return repeats;
    }

    @Test
    void eachSeedIsRunOnceAndTheMeanIsBetweenTheLowestAndTheHighest() {
        Map<String, List<Double>> all =
                with("--seed", "4", "--seeds", "3").each(out, seed -> Map.of("square", (double) (seed * seed)));
        assertEquals(Map.of("square", List.of(16.0, 25.0, 36.0)), all);
        assertTrue(
                bytes.toString(StandardCharsets.UTF_8).contains("25.667 (16.000 to 36.000)  square"), bytes::toString);
    }

    @Test
    void oneSeedHasNoSpread() {
        with().each(out, seed -> Map.of("seed", (double) seed));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains(" 1.000  seed"), bytes::toString);
    }

    @Test
    void noSeedIsAnError() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> with("--seeds", "0").each(out, seed -> Map.of()));
        assertEquals("--seeds is 0, expected 1 or more", e.getMessage());
    }

    @Test
    void theGroupListsEveryExampleWithALine() {
        String usage = new CommandLine(new Example()).getUsageMessage(CommandLine.Help.Ansi.OFF);
        for (String name : List.of("forecast", "gradient-flow", "names", "parity")) {
            assertTrue(usage.lines().anyMatch(line -> line.strip().matches(name + " +\\S.*")), usage);
        }
    }
}
