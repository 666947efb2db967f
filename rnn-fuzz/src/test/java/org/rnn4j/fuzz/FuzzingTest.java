package org.rnn4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of the fuzzer for every reader, four at a time; {@code ./rnn fuzz} runs as long as one likes. */
@Tag("fuzz")
@Execution(ExecutionMode.CONCURRENT)
class FuzzingTest {
    private static final long SECONDS = 60;

    /** A slow target reads as many where others take nine tenths of the machine; a fuzzer that reads fewer does not fuzz. */
    private static final long FEWEST = 300;

    /** Seeded, so that a build makes up about the same inputs as the one before; ./rnn fuzz looks elsewhere each time. */
    private static final Fuzzer FUZZER = new Fuzzer(InputsTest.INPUTS, Path.of("target/fuzz"), 1);

    static List<Target> targets() {
        return Targets.ALL;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingIsFound(Target target) throws Exception {
        Fuzzer.Outcome outcome = FUZZER.run(target, SECONDS);
        System.out.println(outcome.seen());
        assertEquals("", outcome.problem());
        assertTrue(outcome.executed() >= FEWEST, outcome.executed() + " inputs; the log is in target/fuzz");
    }

    @Test
    void aFaultThatChanceDoesNotFindIsFound() throws Exception {
        // Found in some ten thousand inputs, which take seconds where others leave a processor free.
        Fuzzer.Outcome outcome = FUZZER.run(Planted.TARGET, 2 * SECONDS);
        assertTrue(outcome.problem().contains("IllegalStateException: found"), outcome.toString());
        assertTrue(outcome.problem().contains("; the input: "), outcome.problem());
    }
}
