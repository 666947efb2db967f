package org.rnn4j.serialization.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** YAML has line breaks and other characters that mean something else outside of quotes. */
    @Test
    void everyCharacterComesBackFromYamlAsKeyAndAsValue() {
        for (char c = 0; c < 0x2100; c++) {
            int character = c;
            for (String text : List.of(c + "", "a" + c + "b", "a" + c, c + " b")) {
                Tree.Keys tree = (Tree.Keys) TreeParser.parse(Json.yaml(Map.of(text, List.of(text))), "a.yaml");
                Map.Entry<String, Tree> entry =
                        tree.entries().entrySet().iterator().next();
                assertEquals(text, entry.getKey(), () -> "key with character " + character);
                assertEquals(List.of(text), entry.getValue().plain(), () -> "value with character " + character);
            }
        }
    }
}
