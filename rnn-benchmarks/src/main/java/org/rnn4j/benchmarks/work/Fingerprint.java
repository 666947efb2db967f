package org.rnn4j.benchmarks.work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.core.Parameter;

/** Trains W2 and prints the SHA-256 of every bit that a checkpoint would hold: the program of a process that is compared with others. */
public final class Fingerprint {
    private Fingerprint() {}

    /** The arguments are a name and settings: {@code W2 steps=200}, or {@code small hidden=32 rows=10 time=10 steps=20}. */
    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        int hidden = settings.get("hidden", 128);
        LanguageModel model = LanguageModel.characters(
                new LanguageModel.Size(65, hidden, hidden, settings.get("rows", 50), settings.get("time", 50)));
        int steps = settings.get("steps", 200);
        float loss = Float.NaN;
        for (int i = 0; i < steps; i++) {
            loss = model.step(i);
        }
        System.out.printf(
                Locale.ROOT, "HASH work=%s steps=%d loss=%.6f sha256=%s%n", arguments[0], steps, loss, of(model));
    }

    /** The SHA-256 of the parameters, of what the optimizer remembers, and of their names. */
    static String of(LanguageModel model) {
        MessageDigest digest = sha256();
        for (Parameter parameter : model.model().parameters()) {
            add(digest, parameter.name(), parameter.values());
        }
        model.optimizer().memory().forEach((name, values) -> add(digest, name, values.toFloats()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String name, float[] values) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }
}
