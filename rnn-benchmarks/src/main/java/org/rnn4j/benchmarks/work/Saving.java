package org.rnn4j.benchmarks.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.serialization.checkpoint.CheckpointFile;

/** Saves a checkpoint and loads it again, in seconds a GB: no workload of the contest, as the peers' files are others. */
public final class Saving {
    /** The name of the workload. */
    public static final String NAME = "checkpoint";

    /** Of {@link #lines}. */
    public static final String UNIT = "s/GB";

    /** Two tables of 128 MB: 256 MB in all. */
    private static final int WORDS = 250_000;

    private static final int WIDTH = 128;

    private final Path file;
    private final TypeRegistry layers = TypeRegistry.load();
    private final Checkpoint checkpoint;

    private Saving(Path file, int words) {
        this.file = file;
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(words, WIDTH))
                        .then("output", new Affine(WIDTH, words))
                        .build(),
                1);
        checkpoint = Checkpoint.of(model);
    }

    /** With a file in a folder, which is deleted when the JVM ends. */
    static Saving in(Path folder) throws IOException {
        return in(folder, WORDS);
    }

    /** Of another size. */
    static Saving in(Path folder, int words) throws IOException {
        Path file = Files.createTempFile(folder, NAME, ".safetensors");
        file.toFile().deleteOnExit();
        return new Saving(file, words);
    }

    List<Line> lines() throws IOException {
        CheckpointFile.save(checkpoint, file, layers);
        double nanos = 1e9 * Files.size(file) / 1e9;
        return List.of(
                new Line("save", UNIT, nanos, 1, 1, i -> save()), new Line("load", UNIT, nanos, 1, 1, i -> load()));
    }

    private float save() throws IOException {
        CheckpointFile.save(checkpoint, file, layers);
        return Float.NaN;
    }

    private float load() throws IOException {
        if (CheckpointFile.load(file, layers).parameters().isEmpty()) {
            throw new IllegalStateException(file + ": no parameters");
        }
        return Float.NaN;
    }
}
