package org.rnn4j.serialization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rnn4j.core.input.Printable;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.safetensors.SafetensorsException;

class PrintableTest {
    /** A name can clear the screen of whoever reads the message, or pretend to be a line of it. */
    @Test
    void whatATerminalWouldObeyIsEscapedInMessages() {
        Config config = Config.parse("{\"format\": 1, \"a\\u001b[2J\\n\": 2}", "run.json");
        assertEquals(
                "run.json:1: unknown key a\\u001b[2J\\u000a; known here: seed",
                assertThrows(ConfigException.class, () -> config.only("seed")).getMessage());
        assertEquals(
                "m: the model has no node a\\u0007",
                new SafetensorsException(Path.of("m"), "the model has no node a\u0007").getMessage());
    }

    @Test
    void otherLettersStayAsTheyAre() {
        assertEquals("\u00e9 \uD83D\uDE00", Printable.text("\u00e9 \uD83D\uDE00"));
        assertEquals("\\ud83d", Printable.text("\uD83D"));
    }
}
