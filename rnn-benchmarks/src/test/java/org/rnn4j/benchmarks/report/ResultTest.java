package org.rnn4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTest {
    @Test
    void fieldsAreRead() {
        Result result = Result.parse("RESULT peer=djl work=W1 median=0.6300 rss_mib=267")
                .orElseThrow();
        assertEquals("RESULT", result.kind());
        assertEquals("W1", result.work());
        assertEquals(0.63, result.number("median"));
        assertTrue(Double.isNaN(result.number("alloc_kb")));
        assertThrows(IllegalArgumentException.class, () -> result.text("unit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RESULT",
                "SLF4J: Defaulting to no-operation (NOP) logger implementation",
                "WARNING: Using incubator modules: jdk.incubator.vector",
                "INFO  loaded a=1 b",
                "INFO =1"
            })
    void whatLibrariesPrintIsNone(String line) {
        assertEquals(Optional.empty(), Result.parse(line));
    }
}
