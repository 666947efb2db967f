package org.rnn4j.serialization.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import acme.Linear;
import acme.Over;
import acme.Settings;
import acme.Squares;
import acme.Table;
import acme.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Types;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.serialization.RunFile;

class ConfigTest {
    private static final String RUN = """
            # A run with everything.
            format: 1
            seed: 42
            model:
              chain:
                embed: {type: acme.Table, ids: $vocabulary, width: 8, init: He}
                unit:
                  cell: {hidden: 16, inputs: 8, version: 3, leak: 1e-1, type: acme.Unit}
                  type: acme.Over
                between:
                  type: acme.Settings
                  flag: yes
                  rate: 1
                  mask: window
                  name: "1e5"
                  sizes: [1, $classes, 2]
                  pairs: {b: {first: 1}, a: {second: -2.5e-3, first: null}}
                  parts:
                    - acme.Squares
                    - {type: acme.Linear, inputs: 1, outputs: 2, init: {type: Gates, blocks: [Zeros, He]}}
                out: {type: acme.Linear, inputs: 16, outputs: $vocabulary, weight: {sameAs: embed.weight}}
            loss: {type: acme.Squares}
            optimizer: {beta1: 0.5, weightDecay: 0.25, type: Adam}
            groups: [{pattern: "*.weight", rateFactor: 2}]
            schedule: {type: ConstantRate, rate: .5}
            """.replace("Zeros", "{type: Constant, value: 0}");

    private static final ModelSpec MODEL = ModelSpec.chain()
            .then("embed", new Table(65, 8, Init.he()))
            .then("unit", new Over(new Unit(8, 16, 0.1), true))
            .then(
                    "between",
                    new Settings(
                            true,
                            Settings.Mask.WINDOW,
                            null,
                            1,
                            "1e5",
                            List.of(1, 3, 2),
                            Map.of("b", new Settings.Pair(1, null), "a", new Settings.Pair(null, -0.0025)),
                            List.of(new Squares(), new Linear(1, 2, null, Init.gates(Init.zeros(), Init.he())))))
            .then("out", new Linear(16, 65, new SameAs("embed.weight"), null))
            .build();

    @TempDir
    Path directory;

    @Test
    void aWholeRunIsBound() {
        RunFile run = RunFile.of(Config.parse(RUN, "run.yaml"));
        RunFile expected = new RunFile(
                42,
                MODEL,
                new Squares(),
                new Adam(0.5, null, null),
                0.25,
                List.of(new Group("*.weight", 2.0, null, null)),
                new ConstantRate(0.5));
        assertEquals(expected, run);
        Settings between = (Settings) run.model().nodes().get("between").layer();
        assertEquals(List.of("b", "a"), List.copyOf(between.pairs().keySet()), "the document's order");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        String json = Json.compact(TreeParser.parse(RUN, "run.yaml").plain());
        Path file = Files.writeString(directory.resolve("run.JSON"), "\uFEFF\t" + json);
        assertEquals(RunFile.of(Config.parse(RUN, "run.yaml")), RunFile.of(Config.read(file)));
    }

    @Test
    void longFormOfAModel() {
        ModelSpec spec = ModelFormat.parse("""
                format: 1
                outputs: [sum, embed]
                inputs: [a, b]
                nodes:
                  embed: {inputs: [a], layer: {type: acme.Table, ids: 5, width: 3}}
                  sum: {inputs: [embed, b], layer: {type: acme.Linear, inputs: 3, outputs: 1}}
                """, "model.yaml", RunFile.LAYERS);
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        nodes.put("embed", new NodeSpec(new Table(5, 3, null), List.of("a")));
        nodes.put("sum", new NodeSpec(new Linear(3, 1, null, null), List.of("embed", "b")));
        assertEquals(new ModelSpec(List.of("a", "b"), nodes, List.of("sum", "embed")), spec);
        assertEquals(List.of("embed", "sum"), List.copyOf(spec.nodes().keySet()));
    }

    @Test
    void olderVersionsAreMigratedStepByStep() {
        assertEquals(new Unit(2, 3, 0.5), unit("inputs: 2, hidden: 3, leak: 0.5"), "left out, it is the newest");
        assertEquals(new Unit(2, 3, 0.5), unit("version: 1, inputs: 2, size: 3, leak: 50"));
        assertEquals(new Unit(2, 3, 0.5), unit("version: 2, inputs: 2, hidden: 3, leak: 50"));
        assertEquals(new Unit(2, 3, 0.5), unit("version: 3, inputs: 2, hidden: 3, leak: 0.5"));
        ConfigException mixed = assertThrows(ConfigException.class, () -> unit("version: 2, inputs: 2, size: 3"));
        assertTrue(mixed.getMessage().contains("unknown key size"), mixed.getMessage());
    }

    private static CellSpec unit(String keys) {
        return Config.parse("format: 1\ncell: {type: acme.Unit, " + keys + "}", "unit.yaml")
                .with(RunFile.NAMES)
                .spec("cell", CellSpec.class);
    }

    @Test
    void sectionsListsMapsAndKeys() {
        Config config = Config.parse("format: 1\nb: {x: 1, y: 2}\na: [t, f]\nn: ~\nflag: off\n", "c.yaml");
        assertEquals(List.of("b", "a", "n", "flag"), List.copyOf(config.keys()));
        assertEquals(Map.of("x", 1.0, "y", 2.0), config.map("b", Double.class));
        assertEquals(List.of("x", "y"), List.copyOf(config.map("b", Long.class).keySet()));
        assertEquals(2, config.section("b").get("y", int.class));
        assertEquals(List.of("t", "f"), config.list("a", String.class));
        assertTrue(config.find("n", String.class).isEmpty());
        assertTrue(config.find("m", String.class).isEmpty());
        assertFalse(config.get("flag", Boolean.class));
        assertEquals(
                "c.yaml:3: a: names nothing", config.error("a", "names nothing").getMessage());
        assertEquals(
                "c.yaml:2: b.z: names nothing",
                config.section("b").error("z", "names nothing").getMessage());
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        assertThrows(NoSuchFileException.class, () -> Config.read(directory.resolve("none.yaml")));
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe4, '\n'});
        ConfigException mistake = assertThrows(ConfigException.class, () -> Config.read(latin));
        assertEquals(latin + ":1: the file is not UTF-8", mistake.getMessage());
    }

    @Test
    void deepDocumentsAreRefused() {
        for (String name : List.of("a.yaml", "a.json")) {
            String deep = "{\"format\": 1, \"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
            ConfigException mistake = assertThrows(ConfigException.class, () -> Config.parse(deep, name));
            assertTrue(mistake.getMessage().startsWith(name + ":1: a[0][0]"), mistake.getMessage());
            assertTrue(mistake.getMessage().endsWith("is nested more than 100 deep"), mistake.getMessage());
        }
    }

    @Test
    void wrongTypesAreRefusedWhereTheyAreNamed() {
        interface Kind {}
        record Typed(String type) implements Kind {}
        record Sound(int of) implements Kind {}
        enum Constant implements Kind {
            ONE
        }
        TypeRegistry types = TypeRegistry.of(() -> Types.of(
                Kind.class, () -> Map.of("typed", Typed.class, "constant", Constant.class, "sound", Sound.class)));
        Config config = Config.parse("format: 1\na: {type: typed}\nb: {type: constant}\nc: {type: sound}\n", "run.yaml")
                .with(types);
        assertTrue(assertThrows(ConfigException.class, () -> config.get("a", Kind.class))
                .getMessage()
                .contains("type typed: " + Typed.class.getName()
                        + " has a component type, which is a word of the configuration itself"));
        assertTrue(assertThrows(ConfigException.class, () -> config.get("b", Kind.class))
                .getMessage()
                .contains("type constant: " + Constant.class.getName() + " is no record"));
        assertTrue(assertThrows(ConfigException.class, () -> config.get("c", Kind.class))
                .getMessage()
                .contains("c: of is missing"));
        TypeRegistry twice = RunFile.NAMES.and(() -> Types.of(UpdateRule.class, () -> Map.of("Adam", Adam.class)));
        assertTrue(assertThrows(IllegalStateException.class, () -> twice.types(UpdateRule.class))
                .getMessage()
                .startsWith("update rule id Adam is brought by two providers: "));
    }

    @Test
    void withoutTypeNamesTheProgramIsWrong() {
        Config config = Config.parse("format: 1\nloss: {type: acme.Squares}\n", "run.yaml");
        assertEquals(
                "loss: no type names of org.rnn4j.api.LossSpec are known; give them to Config.with",
                assertThrows(IllegalStateException.class, () -> config.spec("loss", LossSpec.class))
                        .getMessage());
        assertEquals(
                "loss: a configuration holds no org.rnn4j.core.optim.UpdateRule",
                assertThrows(IllegalStateException.class, () -> config.get("loss", UpdateRule.class))
                        .getMessage());
    }

    @Test
    void noEditOfAFileGivesAnythingButAMistakeWithItsPlace() {
        Random random = new Random(7);
        String letters = "abtype:{}[]-,\"'#$&*!|>%@`~?\n \t01.9eE+\\\0\u00e4\ud83d\udE00";
        int sound = 0;
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(RUN);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
                    case 2 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                    default -> {
                        int from = random.nextInt(text.length());
                        text.insert(at, text.substring(from, Math.min(text.length(), from + random.nextInt(40))));
                    }
                }
            }
            try {
                RunFile.of(Config.parse(text.toString(), "run.yaml"));
                sound++;
            } catch (ConfigException e) {
                assertTrue(e.getMessage().matches("(?s)run\\.yaml:[1-9][0-9]*: .+"), e.getMessage());
            }
        }
        assertTrue(sound > 10 && sound < 1000, sound + " edited files were sound");
    }
}
