package org.rnn4j.serialization;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Pinned texts among the test's resources. */
public final class Golden {
    private Golden() {}

    public static String text(String resource) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
