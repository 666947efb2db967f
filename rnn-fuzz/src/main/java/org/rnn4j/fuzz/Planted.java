package org.rnn4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A reader with a fault, which chance alone does not find: that the fuzzer does shows that it sees which code ran. */
final class Planted {
    static final Target TARGET = new Target("planted", input -> input, Planted::read, Set.of(), 200);

    private Planted() {}

    private static Target.Law read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        // Each of these branches is new code to the fuzzer, and what reached it is where it goes on.
        if (bytes.length > 2 && bytes[0] == 'f') {
            if (bytes[1] == 'u') {
                if (bytes[2] == 'z') {
                    throw new IllegalStateException("found");
                }
            }
        }
        return () -> {};
    }
}
