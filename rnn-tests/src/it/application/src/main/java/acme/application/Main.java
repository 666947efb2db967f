package acme.application;
import org.rnn4j.serialization.checkpoint.CheckpointFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Model;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;

/** Trains the model of run.json, which has a cell of the plugin, and loads it again from its checkpoint. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("text.txt"), "the quick brown fox jumps over the lazy dog. ".repeat(60));
        Path configuration = folder.resolve("run.json");
        try (InputStream in = Main.class.getResourceAsStream("/run.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(configuration, text.replace("FOLDER", folder.toString().replace('\\', '/')));
        }

        TrainingRun run = RunModule.run(configuration, folder.resolve("run"));
        double bits = run.start().scores().orElseThrow().metrics().get("bits per character");

        Model trained = run.trainer().model().inference();
        Model loaded = CheckpointFile.load(run.folder().checkpoint(), TypeRegistry.load())
                .model()
                .inference();
        Ids ids = Ids.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8});
        float[] before = trained.forward(ids).toFloats();
        float[] after = loaded.forward(ids).toFloats();
        if (!Arrays.equals(before, after)) {
            throw new IllegalStateException("the loaded model gives other numbers");
        }
        System.out.println(loaded.parameter("mgu.cell.wx") + " " + before.length + " equal numbers, " + bits
                + " bits per character, " + (Main.class.getModule().isNamed() ? "module path" : "class path"));
    }
}
