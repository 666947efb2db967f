package alone.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;

/** Writes a file and reads it. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) throws IOException {
        System.out.println("module " + name(Main.class));

        Path directory = Files.createTempDirectory("alone");
        Path file = directory.resolve("two.safetensors");
        new SafetensorsWriter()
                .metadata("made by", "hand")
                .add("encoder.wx", new float[] {1, -2, 0.5f, 4, 5, 6}, 2, 3)
                .add("steps", new long[] {20}, 1)
                .write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            System.out.println(reader.metadata() + " " + reader.entries().keySet());
            System.out.println(Arrays.toString(reader.entry("encoder.wx").dims()) + " "
                    + Arrays.toString(reader.floats("encoder.wx")) + " " + Arrays.toString(reader.longs("steps")));
        }
        Files.delete(file);
        Files.delete(directory); // fails if the writer left anything beside the file

        for (String name : forbidden) {
            System.out.println(name + " is " + (isThere(name) ? "there" : "absent"));
        }
    }

    private static String name(Class<?> type) {
        return type.getModule().isNamed() ? type.getModule().getName() : "unnamed";
    }

    private static boolean isThere(String name) {
        try {
            return Class.forName(name) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
