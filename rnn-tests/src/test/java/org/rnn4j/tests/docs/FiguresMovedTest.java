package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures whose commands take under a minute are still what these print. */
@Tag("figures")
class FiguresMovedTest {
    @Test
    void noneMoved(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(Path.of("..", "docs", "figures").toString(), "--fast")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(out));
    }
}
