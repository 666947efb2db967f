package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    /** What begins with an @ is a name like any other, though there be a file of the rest of the name. */
    @Test
    void aFileNamedWithAnAtIsNotTakenForArguments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), "format: 1");
        var parsed = Main.commandLine().parseArgs("quickstart", "--config", "@" + file);
        Path config = parsed.subcommand().matchedOptionValue("--config", null);
        assertEquals(Path.of("@" + file), config);
    }
}
