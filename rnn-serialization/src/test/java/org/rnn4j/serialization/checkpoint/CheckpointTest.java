package org.rnn4j.serialization.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import acme.Linear;
import acme.Over;
import acme.Table;
import acme.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.SavedValues;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.core.input.Printable;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.serialization.Golden;
import org.rnn4j.serialization.RunFile;
import org.rnn4j.serialization.configuration.Json;
import org.rnn4j.serialization.configuration.ModelFormat;
import org.rnn4j.serialization.safetensors.Dtype;
import org.rnn4j.serialization.safetensors.SafetensorsEntry;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;
import org.rnn4j.serialization.safetensors.Seal;

class CheckpointTest {
    private static final ModelSpec SPEC = ModelSpec.chain()
            .then("embed", new Table(7, 3, null))
            .then("rnn", new Over(new Unit(3, 4, 0.5), null))
            .then("out", new Linear(4, 7, null, Init.he()))
            .build();

    @TempDir
    Path directory;

    /** A training run by hand: what a trainer does, without one. */
    private static final class Run {
        private final Model model;
        private final Optimizer optimizer;
        private Carry carry = Carry.none();
        private long step;

        Run(Model model) {
            this.model = model;
            this.optimizer = new Optimizer(new Adam(), model);
        }

        void steps(int count) {
            for (long end = step + count; step < end; step++) {
                int shift = (int) step;
                Ids ids = Ids.of(new int[] {shift % 7, (shift + 3) % 7}, new int[] {(shift + 1) % 7, (2 * shift) % 7});
                Forward forward = model.forward(Window.of(ids).with(carry).atStep(step));
                Tensor loss = forward.output().logSoftmax().pick(ids).sum().times(-0.25);
                optimizer.step(Gradients.of(loss), 0.01);
                carry = forward.carry();
            }
        }

        Checkpoint checkpoint() {
            Map<String, Object> progress = new LinkedHashMap<>();
            progress.put("step", step);
            progress.put("optimizerSteps", optimizer.steps());
            progress.put("best", 0.1 + 0.2);
            return new Checkpoint(
                    SPEC,
                    model.seed(),
                    Checkpoint.of(model).parameters(),
                    optimizer.memory(),
                    carry.tensors(),
                    progress);
        }

        static Run resume(Checkpoint checkpoint) {
            Run run = new Run(checkpoint.model());
            run.optimizer.restore(SavedValues.number(checkpoint.progress(), "optimizerSteps"), checkpoint.optimizer());
            run.carry = Carry.ofTensors(checkpoint.carry());
            run.step = SavedValues.number(checkpoint.progress(), "step");
            return run;
        }
    }

    private Path save(Checkpoint checkpoint, String name) throws IOException {
        Path file = directory.resolve(name);
        CheckpointFile.save(checkpoint, file, RunFile.LAYERS);
        return file;
    }

    @Test
    void tenStepsAreFiveStepsSavedLoadedAndFiveMore() throws IOException {
        Run whole = new Run(Model.create(SPEC, 11));
        whole.steps(10);
        Run first = new Run(Model.create(SPEC, 11));
        first.steps(5);
        Run second = Run.resume(CheckpointFile.load(save(first.checkpoint(), "five"), RunFile.LAYERS));
        second.steps(5);
        for (Parameter parameter : whole.model.parameters()) {
            assertArrayEquals(
                    parameter.values(), second.model.parameter(parameter.name()).values(), parameter.name());
        }
        assertArrayEquals(
                Files.readAllBytes(save(whole.checkpoint(), "whole")),
                Files.readAllBytes(save(second.checkpoint(), "resumed")));
    }

    @Test
    void equalContentGivesEqualBytes() throws IOException {
        Run run = new Run(Model.create(SPEC, -3));
        run.steps(2);
        Checkpoint one = run.checkpoint();
        Checkpoint other = new Checkpoint(
                ModelFormat.parse(ModelFormat.toYaml(SPEC, RunFile.LAYERS), "a.yaml", RunFile.LAYERS),
                -3,
                reversed(one.parameters()),
                reversed(one.optimizer()),
                reversed(one.carry()),
                reversed(one.progress()));
        assertArrayEquals(Files.readAllBytes(save(one, "one")), Files.readAllBytes(save(other, "other")));
        Checkpoint loaded = CheckpointFile.load(directory.resolve("one"), RunFile.LAYERS);
        assertArrayEquals(Files.readAllBytes(directory.resolve("one")), Files.readAllBytes(save(loaded, "again")));
        assertEquals(SPEC, loaded.spec());
        assertEquals(-3, loaded.seed());
        assertEquals(one.progress(), loaded.progress());
    }

    private static <V> Map<String, V> reversed(Map<String, V> map) {
        Map<String, V> result = new TreeMap<>(Collections.reverseOrder());
        result.putAll(map);
        return result;
    }

    @Test
    void aModelAloneIsSaved() throws IOException {
        Model model = Model.create(SPEC, 5);
        try (SafetensorsReader reader = SafetensorsReader.open(save(Checkpoint.of(model), "model"))) {
            assertEquals(
                    List.of("format", "progress", "seed", "sha256", "spec"),
                    List.copyOf(reader.metadata().keySet()));
        }
        Checkpoint loaded = CheckpointFile.load(save(Checkpoint.of(model), "model"), RunFile.LAYERS);
        assertEquals(Map.of(), loaded.progress());
        Ids ids = Ids.of(new int[] {1, 2, 3});
        assertArrayEquals(
                model.forward(ids).toFloats(), loaded.model().forward(ids).toFloats());
    }

    @Property(tries = 200)
    void progressIsReadAsItWasWritten(@ForAll("plainValues") Map<String, Object> progress) throws IOException {
        Path file = Files.createTempFile("progress", ".safetensors");
        try {
            Checkpoint checkpoint = Checkpoint.of(Model.create(SPEC, 1));
            CheckpointFile.save(
                    new Checkpoint(SPEC, 1, checkpoint.parameters(), Map.of(), Map.of(), progress),
                    file,
                    RunFile.LAYERS);
            assertEquals(progress, CheckpointFile.load(file, RunFile.LAYERS).progress());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, Object>> plainValues() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(5).filter(Printable::isUnicode);
        Arbitrary<Object> single = Arbitraries.oneOf(
                text,
                Arbitraries.longs(),
                Arbitraries.longs().map(Double::longBitsToDouble).map(d -> d.isNaN() ? (Object) Double.NaN : d),
                Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 0x1p-44, Double.MIN_VALUE),
                Arbitraries.of(true, false));
        Arbitrary<Object> value = Arbitraries.oneOf(
                single,
                single.list().ofMaxSize(3).map(list -> (Object) list),
                Arbitraries.maps(text, single).ofMaxSize(3).map(map -> (Object) map));
        return Arbitraries.maps(text, value).ofMaxSize(4);
    }

    @Test
    void theFirstDifferenceToAnotherModelIsNamed() {
        Checkpoint checkpoint = Checkpoint.of(Model.create(SPEC, 1));
        checkpoint.requireModel(SPEC, 1);
        Map<String, ModelSpec> others = new LinkedHashMap<>();
        others.put(
                "nodes.rnn.layer.cell.leak is 0.5 in the checkpoint, but 1.0 here",
                with("rnn", new NodeSpec(new Over(new Unit(3, 4, null), null), List.of("embed"))));
        others.put(
                "nodes.rnn.layer is a Over in the checkpoint, but a Linear here",
                with("rnn", new NodeSpec(new Linear(3, 4, null, null), List.of("embed"))));
        others.put(
                "nodes.embed.layer.init is left out in the checkpoint, but He[] here",
                with("embed", new NodeSpec(new Table(7, 3, Init.he()), List.of("x"))));
        others.put(
                "nodes.out.inputs[0] is rnn in the checkpoint, but embed here",
                with("out", new NodeSpec(SPEC.nodes().get("out").layer(), List.of("embed"))));
        others.put(
                "nodes.more is here, but not in the checkpoint",
                with("more", SPEC.nodes().get("embed")));
        Map<String, NodeSpec> fewer = new LinkedHashMap<>(SPEC.nodes());
        fewer.remove("out");
        others.put("nodes.out is in the checkpoint, but not here", new ModelSpec(List.of("x"), fewer, List.of("rnn")));
        others.put(
                "outputs is [out] in the checkpoint, but [out, rnn] here",
                new ModelSpec(List.of("x"), SPEC.nodes(), List.of("out", "rnn")));
        others.forEach((difference, other) -> assertEquals(
                "the checkpoint is of another model: " + difference,
                assertThrows(IllegalArgumentException.class, () -> checkpoint.requireModel(other, 1))
                        .getMessage()));
        assertEquals(
                "the checkpoint was made with the seed 1, but this run has the seed 2",
                assertThrows(IllegalArgumentException.class, () -> checkpoint.requireModel(SPEC, 2))
                        .getMessage());
        ModelSpec ab = parallel("a", "b");
        assertEquals(
                "the checkpoint is of another model: nodes are in the order [a, b] in the checkpoint, but [b, a] here",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Checkpoint.of(Model.create(ab, 1)).requireModel(parallel("b", "a"), 1))
                        .getMessage());
    }

    private static ModelSpec with(String node, NodeSpec spec) {
        Map<String, NodeSpec> nodes = new LinkedHashMap<>(SPEC.nodes());
        nodes.put(node, spec);
        return new ModelSpec(SPEC.inputs(), nodes, SPEC.outputs());
    }

    private static ModelSpec parallel(String... names) {
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        for (String name : names) {
            nodes.put(name, new NodeSpec(new Linear(1, 1, null, null), List.of("x")));
        }
        return new ModelSpec(List.of("x"), nodes, List.of("a"));
    }

    @Test
    void progressThatIsNotPlainIsRefused() {
        Checkpoint checkpoint = new Checkpoint(
                SPEC,
                1,
                Checkpoint.of(Model.create(SPEC, 1)).parameters(),
                Map.of(),
                Map.of(),
                Map.of("a", Shape.of(1)));
        assertEquals(
                "a org.rnn4j.api.Shape is no plain value; expected a map, a list, a string, a number, a boolean or null",
                assertThrows(IllegalArgumentException.class, () -> save(checkpoint, "none"))
                        .getMessage());
        assertEquals(false, Files.exists(directory.resolve("none")));
    }

    @Test
    void plainValuesOfProgress() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("step", 3L);
        plain.put("best", Double.NaN);
        plain.put("text", "abc");
        plain.put("losses", List.of(1L, 0.5, Double.POSITIVE_INFINITY));
        plain.put("states", Map.of("curve", Map.of("count", 7)));
        assertEquals(3, SavedValues.number(plain, "step"));
        assertEquals(Double.NaN, SavedValues.decimal(plain, "best"));
        assertEquals(3.0, SavedValues.decimal(plain, "step"));
        assertEquals("abc", SavedValues.text(plain, "text"));
        assertEquals(List.of(1L, 0.5, Double.POSITIVE_INFINITY), SavedValues.list(plain, "losses"));
        assertEquals(List.of(1.0, 0.5, Double.POSITIVE_INFINITY), SavedValues.decimals(plain, "losses"));
        assertEquals(
                7, SavedValues.number(SavedValues.section(SavedValues.section(plain, "states"), "curve"), "count"));
    }

    /** A value, who is asked for it, and the message. */
    @Test
    void aWrongPlainValueIsNamedWithItsKey() {
        String whole = ", expected a whole number from 0 to 9223372036854775807";
        assertRefused("step is NaN" + whole, Double.NaN, SavedValues::number);
        assertRefused("step is 1308.5" + whole, 1308.5, SavedValues::number);
        assertRefused("step is 1308.0" + whole, 1308.0, SavedValues::number);
        assertRefused("step is -1" + whole, -1L, SavedValues::number);
        assertRefused("step is x" + whole, "x", SavedValues::number);
        assertRefused("step is null" + whole, null, SavedValues::number);
        assertRefused("step is true, expected a number", true, SavedValues::decimal);
        assertRefused("step is 5, expected a text", 5L, SavedValues::text);
        assertRefused("step is {a=1}, expected a list", Map.of("a", 1L), SavedValues::list);
        assertRefused("step[1] is x, expected a number", List.of(1L, "x"), SavedValues::decimals);
        assertRefused("step is [1], expected a section of keys", List.of(1L), SavedValues::section);
        assertEquals(
                "progress: step is missing" + whole,
                assertThrows(IllegalArgumentException.class, () -> SavedValues.number(Map.of(), "step"))
                        .getMessage());
    }

    private static void assertRefused(String problem, Object value, BiFunction<Map<String, ?>, String, ?> accessor) {
        assertEquals(
                "progress: " + problem,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> accessor.apply(Collections.singletonMap("step", value), "step"))
                        .getMessage());
    }

    /** What is wrong with a file, and the message: DIR stands for its directory. */
    @Test
    void everyFileThatIsNoCheckpointIsRefused() throws IOException {
        Run run = new Run(Model.create(SPEC, 1));
        run.steps(1);
        Checkpoint sound = run.checkpoint();
        Map<String, Path> files = new LinkedHashMap<>();
        for (String key : List.of("format", "spec", "seed", "progress")) {
            files.put("without-" + key, edited("without-" + key, sound, Map.of(), key));
        }
        files.put("format-of-pytorch", edited("format-of-pytorch", sound, Map.of("format", "pt"), ""));
        files.put("seed-no-number", edited("seed-no-number", sound, Map.of("seed", "one"), ""));
        files.put("progress-no-json", edited("progress-no-json", sound, Map.of("progress", "{"), ""));
        files.put("progress-no-object", edited("progress-no-object", sound, Map.of("progress", "[1]"), ""));
        files.put(
                "progress-too-large",
                edited("progress-too-large", sound, Map.of("progress", "{\"a\":1" + "0".repeat(30) + "}"), ""));
        files.put("spec-no-json", edited("spec-no-json", sound, Map.of("spec", "format: 1"), ""));
        files.put(
                "spec-unknown-layer",
                edited("spec-unknown-layer", sound, Map.of("spec", specText().replace("acme.Over", "acme.Ovr")), ""));
        files.put(
                "spec-newer-layer",
                edited(
                        "spec-newer-layer",
                        sound,
                        Map.of("spec", specText().replace("\"version\":3", "\"version\":9")),
                        ""));
        files.put(
                "spec-of-another-model",
                edited(
                        "spec-of-another-model",
                        sound,
                        Map.of("spec", specText().replace("\"outputs\":7", "\"outputs\":8")),
                        ""));
        files.put(
                "parameter-missing",
                save(
                        new Checkpoint(
                                SPEC, 1, without(sound.parameters(), "rnn.cell.wh"), Map.of(), Map.of(), Map.of()),
                        "parameter-missing"));
        files.put(
                "parameter-unknown",
                save(
                        new Checkpoint(SPEC, 1, plus(sound.parameters(), "rnn.cell.b"), Map.of(), Map.of(), Map.of()),
                        "parameter-unknown"));
        files.put(
                "parameter-misshapen",
                save(
                        new Checkpoint(SPEC, 1, plus(sound.parameters(), "out.weight"), Map.of(), Map.of(), Map.of()),
                        "parameter-misshapen"));
        files.put(
                "optimizer-unknown",
                save(
                        new Checkpoint(
                                SPEC,
                                1,
                                sound.parameters(),
                                plus(sound.optimizer(), "out.wieght/m"),
                                Map.of(),
                                Map.of()),
                        "optimizer-unknown"));
        files.put(
                "optimizer-misshapen",
                save(
                        new Checkpoint(
                                SPEC,
                                1,
                                sound.parameters(),
                                plus(sound.optimizer(), "out.weight/m"),
                                Map.of(),
                                Map.of()),
                        "optimizer-misshapen"));
        files.put(
                "optimizer-unnamed",
                save(
                        new Checkpoint(SPEC, 1, sound.parameters(), plus(sound.optimizer(), "m"), Map.of(), Map.of()),
                        "optimizer-unnamed"));
        files.put(
                "carry-unknown",
                save(
                        new Checkpoint(SPEC, 1, sound.parameters(), Map.of(), plus(sound.carry(), "rn/h"), Map.of()),
                        "carry-unknown"));
        Path other = directory.resolve("other-tensor");
        new SafetensorsWriter()
                .add("lstm.weight", new float[1], 1)
                .metadata("format", "1")
                .metadata("spec", specText())
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .write(other);
        files.put("other-tensor", other);
        Path integers = directory.resolve("integers");
        new SafetensorsWriter()
                .add("model/out.weight", new long[1], 1)
                .metadata("format", "1")
                .metadata("spec", specText())
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .write(integers);
        files.put("integers", integers);
        Path unsealed = directory.resolve("without-digests");
        new SafetensorsWriter()
                .add("model/out.weight", new float[1], 1)
                .metadata("format", "2")
                .metadata("spec", specText())
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .write(unsealed);
        files.put("without-digests", unsealed);
        Path infinite = directory.resolve("parameter-infinite");
        new SafetensorsWriter()
                .add("model/out.weight", new float[] {0, 1, 2, Float.NEGATIVE_INFINITY}, 2, 2)
                .metadata("format", "2")
                .metadata("spec", specText())
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .writeSealed(infinite);
        files.put("parameter-infinite", infinite);
        Path large = directory.resolve("dimension-too-large");
        new SafetensorsWriter()
                .add("model/out.weight", Dtype.F32, new byte[0], 0, 1_000_000_000)
                .metadata("format", "1")
                .metadata("spec", specText())
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .write(large);
        String text = Files.readString(large, StandardCharsets.ISO_8859_1).replace("[0,1000000000]", "[0,3000000000]");
        Files.writeString(large, text, StandardCharsets.ISO_8859_1);
        files.put("dimension-too-large", large);
        files.put("truncated", Files.write(directory.resolve("truncated"), new byte[4]));
        StringBuilder messages = new StringBuilder();
        files.forEach((name, file) -> messages.append(
                        assertThrows(SafetensorsException.class, () -> CheckpointFile.load(file, RunFile.LAYERS), name)
                                .getMessage()
                                .replace(directory.toString(), "DIR"))
                .append('\n'));
        assertEquals(Golden.text("/messages/checkpoint.txt"), messages.toString());
    }

    private static String specText() {
        return Json.compact(ModelFormat.plain(SPEC, RunFile.LAYERS));
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        Map<String, V> result = new LinkedHashMap<>(map);
        result.remove(key);
        return result;
    }

    private static Map<String, Tensor> plus(Map<String, Tensor> map, String key) {
        Map<String, Tensor> result = new LinkedHashMap<>(map);
        result.put(key, Tensors.zeros(Shape.of(1, 1)));
        return result;
    }

    /** A checkpoint's file with other metadata. */
    private Path edited(String name, Checkpoint checkpoint, Map<String, String> metadata, String without)
            throws IOException {
        Path file = save(checkpoint, name);
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            reader.metadata().forEach((key, value) -> {
                if (!key.equals(without) && !key.equals(Seal.KEY)) {
                    writer.metadata(key, metadata.getOrDefault(key, value));
                }
            });
            for (SafetensorsEntry entry : reader.entries().values()) {
                writer.add(entry.name(), reader.floats(entry.name()), entry.dims());
            }
        }
        writer.writeSealed(file);
        return file;
    }
}
