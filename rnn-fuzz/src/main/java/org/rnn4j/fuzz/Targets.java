package org.rnn4j.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.configuration.JsonFile;
import org.rnn4j.serialization.configuration.JsonLines;
import org.rnn4j.serialization.configuration.ModelFormat;
import org.rnn4j.serialization.safetensors.SafetensorsEntry;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.SeriesData;
import org.rnn4j.training.data.SeriesSource;
import org.rnn4j.training.text.LabelledSource;
import org.rnn4j.training.text.PairsSource;
import org.rnn4j.training.text.Reading;
import org.rnn4j.training.text.SentencesSource;
import org.rnn4j.training.text.TaggedSource;
import org.rnn4j.training.text.TextSource;
import org.rnn4j.training.text.Unit;
import org.rnn4j.training.text.Vocabulary;

/** All readers of bytes from outside. */
final class Targets {
    /** Held, because a logger that nobody holds loses its level. */
    private static final Logger LOG = Logger.getLogger("org.rnn4j");

    static {
        // What readers say of each damaged file is not for whoever looks at millions of them.
        LOG.setLevel(Level.OFF);
    }

    private static final TypeRegistry LAYERS = TypeRegistry.load();

    /** A configuration may ask for as much memory as there is. */
    private static final Pattern LARGE = Pattern.compile("[0-9]{3}");

    /** What reading a text as data throws. */
    private static final Set<Class<? extends Exception>> TEXT =
            Set.of(IOException.class, IllegalArgumentException.class);

    static final List<Target> ALL = List.of(
            new Target(
                    "safetensors",
                    input -> input,
                    Targets::safetensors,
                    Set.of(SafetensorsException.class),
                    Limits.HEADER_MULTIPLE),
            new Target(
                    "safetensors-header",
                    SafetensorsText::file,
                    Targets::safetensors,
                    Set.of(SafetensorsException.class),
                    Limits.HEADER_MULTIPLE),
            new Target(
                    "checkpoint",
                    input -> input,
                    Targets::checkpoint,
                    Set.of(SafetensorsException.class),
                    Limits.JSON_MULTIPLE),
            new Target(
                    "checkpoint-text",
                    CheckpointText::file,
                    Targets::checkpoint,
                    Set.of(SafetensorsException.class),
                    Limits.JSON_MULTIPLE),
            new Target("json", Stretch::of, Targets::json, Set.of(ConfigException.class), Limits.JSON_MULTIPLE),
            new Target("model.json", Stretch::of, Targets::model, Set.of(ConfigException.class), Limits.JSON_MULTIPLE),
            new Target("model.yaml", Stretch::of, Targets::model, Set.of(ConfigException.class), Limits.YAML_MULTIPLE),
            new Target(
                    "run.yaml",
                    Stretch::of,
                    Targets::run,
                    Set.of(IllegalArgumentException.class, UncheckedIOException.class),
                    Limits.YAML_MULTIPLE),
            // Beside 1 MB, a line costs most: a document as short as {"step":1}, a sentence of one letter, a pair of
            // two.
            new Target("metrics", Stretch::of, Targets::metrics, Set.of(), 400),
            new Target("text", Stretch::of, Targets::text, TEXT, 450),
            new Target("labelled", Stretch::of, Targets::labelled, TEXT, 250),
            new Target("sentences", Stretch::of, Targets::sentences, TEXT, 500),
            new Target("pairs", Stretch::of, Targets::pairs, TEXT, 500),
            new Target("tagged", Stretch::of, Targets::tagged, TEXT, 350),
            new Target("series", Stretch::of, Targets::series, TEXT, 200));

    private Targets() {}

    /** The target of a name. */
    static Target named(String name) {
        return Stream.concat(ALL.stream(), Stream.of(Planted.TARGET))
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target " + name + "; there are "
                        + ALL.stream().map(Target::name).collect(Collectors.joining(", "))));
    }

    /** Every tensor, as bytes and as numbers of its type. */
    private static Target.Law safetensors(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            long bytes = 0;
            for (SafetensorsEntry entry : reader.entries().values()) {
                bytes += reader.bytes(entry.name()).length;
                switch (entry.dtype()) {
                    case F32, F16, BF16 -> reader.floats(entry.name());
                    case F64 -> reader.doubles(entry.name());
                    case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 -> reader.longs(entry.name());
                    default -> {}
                }
            }
            long all = bytes;
            return () -> require(all < Files.size(file), "the tensors have more bytes than the file");
        }
    }

    /** Saved, and read and saved again, it is the same bytes. */
    private static Target.Law checkpoint(Path file) throws IOException {
        Checkpoint checkpoint = CheckpointFile.load(file, LAYERS);
        return () -> {
            Path first = file.resolveSibling("first");
            Path second = file.resolveSibling("second");
            CheckpointFile.save(checkpoint, first, LAYERS);
            CheckpointFile.save(CheckpointFile.load(first, LAYERS), second, LAYERS);
            require(Files.mismatch(first, second) < 0, "saved again, the checkpoint is another");
        };
    }

    /** Written, and read and written again, it is the same bytes. */
    private static Target.Law json(Path file) throws IOException {
        Map<String, Object> object = JsonFile.read(file);
        return () -> {
            Path first = file.resolveSibling("first");
            Path second = file.resolveSibling("second");
            JsonFile.write(first, object);
            JsonFile.write(second, JsonFile.read(first));
            require(Files.mismatch(first, second) < 0, "written again, the object is another");
        };
    }

    /** Written in either form, it is read as the same. */
    private static Target.Law model(Path file) throws IOException {
        ModelSpec spec = ModelFormat.read(file, LAYERS);
        return () -> {
            String json = ModelFormat.toJson(spec, LAYERS);
            require(ModelFormat.parse(json, "a.json", LAYERS).equals(spec), "written as JSON, the model is another");
            String yaml = ModelFormat.toYaml(spec, LAYERS);
            require(ModelFormat.parse(yaml, "a.yaml", LAYERS).equals(spec), "written as YAML, the model is another");
        };
    }

    /** Every section, and where its numbers are small, the model. */
    private static Target.Law run(Path file) {
        RunConfiguration run = RunConfiguration.read(file, LAYERS);
        run.seed();
        run.data();
        run.loss();
        run.listeners();
        run.training(run.schedule(), List.of(Unit.CHARACTER.metric()));
        ModelSpec spec = run.model(Map.of("vocabulary", 5, "source", 6, "target", 7, "tags", 3));
        if (!LARGE.matcher(run.text()).find()) {
            run.optimizer(Model.create(spec, run.seed()));
        }
        return () -> {};
    }

    /** What was cut is whole: it is not cut again, and nothing more is put aside. */
    private static Target.Law metrics(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-1");
        Files.deleteIfExists(aside);
        JsonLines.cut(file, 3);
        return () -> {
            byte[] kept = Files.readAllBytes(file);
            Files.deleteIfExists(aside);
            JsonLines.cut(file, 3);
            require(Arrays.equals(kept, Files.readAllBytes(file)), "cut twice, the file is another");
            require(Files.notExists(aside), "damaged lines are still there");
        };
    }

    /** By characters and by words; what a vocabulary decodes it encodes again. */
    private static Target.Law text(Path file) throws IOException {
        Corpus corpus = Corpus.read(file);
        List<Vocabulary> vocabularies = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            vocabularies.add(Vocabulary.of(unit.tokenizer(), corpus.text(), 1, 50));
            new TextSource(null, file.toString(), unit, 2, 3, 1, 50, 0.8, 0.1).load();
        }
        return () -> {
            for (Vocabulary vocabulary : vocabularies) {
                int[] ids = IntStream.range(0, vocabulary.size()).toArray();
                require(
                        Arrays.equals(ids, vocabulary.encode(vocabulary.decode(ids))),
                        "what was decoded is encoded as something else: " + vocabulary.tokens());
            }
        };
    }

    private static Target.Law labelled(Path file) throws IOException {
        new LabelledSource(null, file.toString(), Unit.CHARACTER, 2, 1, 50, 0.6, 0.4, 1L, false).load();
        return () -> {};
    }

    private static Target.Law sentences(Path file) throws IOException {
        new SentencesSource(null, file.toString(), Unit.WORD, 2, 1, 50, 0.6, 0.4, 1L).load();
        return () -> {};
    }

    private static Target.Law pairs(Path file) throws IOException {
        new PairsSource(null, file.toString(), Unit.WORD, Reading.REVERSED, 2, 1, 50, 0.6, 0.4, 1L).load();
        return () -> {};
    }

    private static Target.Law tagged(Path file) throws IOException {
        new TaggedSource(null, file.toString(), 2, 1, 50, 0.6, 0.4, 1L).load();
        return () -> {};
    }

    /** A column of several, and where there is none of its name, a number a line. */
    private static Target.Law series(Path file) throws IOException {
        SeriesData data;
        try {
            data = series(file, "b");
        } catch (IllegalArgumentException e) {
            data = series(file, null);
        }
        double scaled = data.scale(1);
        return () -> require(Double.isFinite(scaled), "a number is scaled to " + scaled);
    }

    private static SeriesData series(Path file, String column) throws IOException {
        return new SeriesSource(null, file.toString(), column, 2, 3, 1, 1, 2, 0.6, 0.2, 1L).load();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }
}
