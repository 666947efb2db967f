package org.rnn4j.serialization.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import acme.Linear;
import acme.Over;
import acme.Settings;
import acme.Squares;
import acme.Table;
import acme.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Types;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.input.Printable;
import org.rnn4j.serialization.Golden;
import org.rnn4j.serialization.RunFile;

class ModelFormatTest {
    static final ModelSpec MODEL = ModelSpec.chain()
            .then("embed", new Table(65, 8, Init.orthogonal(0.1)))
            .then("unit", new Over(new Unit(8, 16, 1e-5), false))
            .then("settings", new Settings(false, Settings.Mask.ELEMENT, 1L << 60, 0x1p-44, "no", null, null, null))
            .then("out", new Linear(16, 65, new SameAs("embed.weight"), Init.gates(Init.zeros(), Init.lecun())))
            .build();

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsPinned() throws IOException {
        assertEquals(Golden.text("/golden/model.json"), ModelFormat.toJson(MODEL, RunFile.LAYERS));
        assertEquals(Golden.text("/golden/model.yaml"), ModelFormat.toYaml(MODEL, RunFile.LAYERS));
    }

    /** These files are those of a release: they must be readable for ever. */
    @Test
    void pinnedFilesAreRead() throws IOException {
        for (String name : List.of("model.json", "model.yaml", "model-chain.yaml")) {
            assertEquals(MODEL, ModelFormat.parse(Golden.text("/golden/" + name), name, RunFile.LAYERS), name);
        }
    }

    @Test
    void filesAreWrittenByTheirEnding() throws IOException {
        for (String name : List.of("a.json", "a.yaml", "a.yml")) {
            Path file = directory.resolve(name);
            ModelFormat.write(file, MODEL, RunFile.LAYERS);
            assertEquals(MODEL, ModelFormat.read(file, RunFile.LAYERS));
        }
    }

    @Property(tries = 300)
    void whatIsReadEqualsWhatWasWritten(@ForAll("models") ModelSpec model) {
        assertEquals(model, ModelFormat.parse(ModelFormat.toJson(model, RunFile.LAYERS), "a.json", RunFile.LAYERS));
        assertEquals(model, ModelFormat.parse(ModelFormat.toYaml(model, RunFile.LAYERS), "a.yaml", RunFile.LAYERS));
    }

    @Provide
    Arbitrary<ModelSpec> models() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("ABNO0129-_")
                .ofMinLength(1)
                .ofMaxLength(4)
                .map(name -> "n" + name);
        return Arbitraries.maps(names, layers(2)).ofMinSize(1).ofMaxSize(4).map(layers -> {
            Map<String, NodeSpec> nodes = new LinkedHashMap<>();
            layers.forEach((name, layer) -> nodes.put(name, new NodeSpec(layer, List.of("X", "Y"))));
            return new ModelSpec(List.of("X", "Y"), nodes, List.copyOf(nodes.keySet()));
        });
    }

    private static Arbitrary<LayerSpec<?>> layers(int depth) {
        Arbitrary<Integer> width = Arbitraries.integers().greaterOrEqual(1);
        Arbitrary<Double> number = Arbitraries.doubles();
        Arbitrary<Double> leak =
                Arbitraries.doubles().between(0, false, 1, true).ofScale(300);
        Arbitrary<Init> init = Arbitraries.oneOf(
                Arbitraries.of(Init.he(), Init.xavier(), Init.gates(Init.lecun(), Init.normal(1e-300))),
                number.map(Init::uniform));
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.of(
                        "",
                        " ",
                        "null",
                        "~",
                        "yes",
                        "1e5",
                        "012",
                        "a: b",
                        "- a",
                        "#",
                        "'",
                        "\"",
                        "&a",
                        "*a",
                        "!a",
                        "$a",
                        "\n",
                        "a\n b",
                        "0x1f",
                        "1_000",
                        ".inf",
                        "\u2028",
                        "\ud83d\ude00",
                        "1:30"));
        Arbitrary<LayerSpec<?>> table =
                Combinators.combine(width, width, init.injectNull(0.3)).as(Table::new);
        Arbitrary<LayerSpec<?>> unit = Combinators.combine(width, width, leak)
                .as((inputs, hidden, by) -> new Over(new Unit(inputs, hidden, by), by > 0.5));
        if (depth == 0) {
            return Arbitraries.oneOf(table, unit);
        }
        Arbitrary<Settings.Pair> pair = Combinators.combine(
                        Arbitraries.integers().injectNull(0.3), number.injectNull(0.3))
                .as(Settings.Pair::new);
        Arbitrary<LayerSpec<?>> settings = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(Settings.Mask.class).injectNull(0.3),
                        Arbitraries.longs().injectNull(0.3),
                        number,
                        text.filter(Printable::isUnicode).injectNull(0.1),
                        Arbitraries.integers().list().ofMaxSize(3),
                        Arbitraries.maps(text.filter(Printable::isUnicode), pair)
                                .ofMaxSize(3),
                        layers(depth - 1).list().ofMaxSize(2))
                .as(Settings::new);
        return Arbitraries.oneOf(table, unit, settings);
    }

    /** Layers with components that would be written, and could not be read. */
    private static final class Unreadable {
        private record Single(float rate) implements LayerSpec<Layer> {
            @Override
            public Layer create(Params params) {
                return (x, pass) -> x;
            }
        }

        private record Boxed(List<Float> rates) implements LayerSpec<Layer> {
            @Override
            public Layer create(Params params) {
                return (x, pass) -> x;
            }
        }

        private record Anything(Object what) implements LayerSpec<Layer> {
            @Override
            public Layer create(Params params) {
                return (x, pass) -> x;
            }
        }

        private record Numbered(Map<Integer, String> names) implements LayerSpec<Layer> {
            @Override
            public Layer create(Params params) {
                return (x, pass) -> x;
            }
        }

        private record Within(List<Some> some) implements LayerSpec<Layer> {
            private record Some(Within again, Set<String> names) {}

            @Override
            public Layer create(Params params) {
                return (x, pass) -> x;
            }
        }
    }

    @Test
    void whatCannotBeReadIsNoComponent() {
        Map<Class<? extends Spec<?>>, String> faults = new LinkedHashMap<>();
        faults.put(Unreadable.Single.class, "rate with float");
        faults.put(Unreadable.Boxed.class, "rates with java.lang.Float");
        faults.put(Unreadable.Anything.class, "what with java.lang.Object");
        faults.put(Unreadable.Numbered.class, "names with java.lang.Integer");
        faults.put(Unreadable.Within.class, "some with java.util.Set<java.lang.String>");
        faults.forEach((type, component) -> {
            TypeRegistry layers = TypeRegistry.of(() -> Types.of(Spec.class, () -> Map.of("acme.Odd", type)));
            assertEquals(
                    "model.yaml:2: chain.odd: type acme.Odd: " + type.getName() + " has a component " + component
                            + " in it: expected boolean, int, long, double, their wrappers, String, enums, records, layers"
                            + " and other kinds that have names, and List and Map<String, …> of them",
                    assertThrows(
                                    ConfigException.class,
                                    () -> ModelFormat.parse(
                                            "format: 1\nchain: {odd: {type: acme.Odd}}\n", "model.yaml", layers))
                            .getMessage());
        });
    }

    /** A layer that keeps what it was given. */
    public record Kept(List<Double> numbers, Map<String, Integer> counts) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> x;
        }
    }

    @Test
    void nothingInAListIsNotWritten() {
        TypeRegistry layers = TypeRegistry.of(() -> Types.of(Spec.class, () -> Map.of("acme.Kept", Kept.class)));
        Map<Kept, String> faults = new LinkedHashMap<>();
        faults.put(new Kept(Arrays.asList(1.0, null), null), "numbers[1]");
        faults.put(new Kept(null, Collections.singletonMap("a", null)), "counts.a");
        faults.forEach((kept, place) -> {
            ModelSpec spec = ModelSpec.chain().then("kept", kept).build();
            assertEquals(
                    place + " is null and cannot be written: expected a value",
                    assertThrows(IllegalArgumentException.class, () -> ModelFormat.toJson(spec, layers))
                            .getMessage());
        });
        ModelSpec good =
                ModelSpec.chain().then("kept", new Kept(List.of(1.0), null)).build();
        assertEquals(good, ModelFormat.parse(ModelFormat.toJson(good, layers), "a.json", layers));
    }

    @Test
    void whatHasNoNameIsNotWritten() {
        record Own() implements Init.Custom {
            @Override
            public void fill(float[] values, Shape shape, Draws draws) {}
        }
        ModelSpec own =
                ModelSpec.chain().then("embed", new Table(1, 1, new Own())).build();
        assertEquals(
                Own.class.getName() + " cannot be written: it is no init type that has a name",
                assertThrows(IllegalArgumentException.class, () -> ModelFormat.toJson(own, RunFile.LAYERS))
                        .getMessage());
        ModelSpec infinite = ModelSpec.chain()
                .then("embed", new Table(1, 1, Init.uniform(Double.POSITIVE_INFINITY)))
                .build();
        assertEquals(
                "Infinity cannot be written: expected a finite number",
                assertThrows(IllegalArgumentException.class, () -> ModelFormat.toJson(infinite, RunFile.LAYERS))
                        .getMessage());
        ModelSpec loss = ModelSpec.chain()
                .then("a", new Settings(true, null, null, 1, "a", List.of(), Map.of(), List.of(new Squares())))
                .build();
        assertEquals(loss, ModelFormat.parse(ModelFormat.toJson(loss, RunFile.LAYERS), "a.json", RunFile.LAYERS));
    }
}
