package org.rnn4j.serialization.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rnn4j.serialization.Golden;
import org.rnn4j.serialization.RunFile;

/** Documents with one mistake each, and the whole message that it gives: messages/config.txt. */
class ConfigMessageTest {
    private record Case(String name, String file, String document, String message) {}

    private static List<Case> cases() throws IOException {
        String golden = Golden.text("/messages/config.txt");
        List<Case> cases = new ArrayList<>();
        for (String block : golden.split("(?m)^=== ", -1)) {
            if (block.contains("\n>>> ")) {
                String[] head = block.substring(0, block.indexOf('\n')).split(" ", 2);
                int message = block.indexOf("\n>>> ");
                String document = block.substring(block.indexOf('\n') + 1, message + 1);
                cases.add(new Case(
                        head[0], head[1], document, block.substring(message + 5).strip()));
            }
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> everyMessageIsAsPinned() throws IOException {
        return cases().stream()
                .map(c -> dynamicTest(c.name(), () -> {
                    ConfigException mistake =
                            assertThrows(ConfigException.class, () -> RunFile.of(Config.parse(c.document(), c.file())));
                    assertEquals(c.message(), mistake.getMessage());
                }));
    }

    @Test
    void noCaseIsLost() throws IOException {
        assertEquals(98, cases().stream().map(Case::name).distinct().count());
    }
}
