package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Alias;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.layers.Layers;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ConfigException;

class AliasTest {
    private static final Map<String, Alias> NAMES = Map.of(
            "x.Affine", Alias.of("Affine"),
            "x.Dropout", Alias.of("Dropout").with("mask", "element"),
            "x.Both", Alias.of("LSTM").in("Bidirectional", "cell"),
            "x.Chain", Alias.of("x.Affine"),
            "x.Circle", Alias.of("LSTM").in("x.Circle", "cell"),
            "x.Nothing", Alias.of("Nothing"));

    private static final TypeProvider PROVIDER =
            () -> Types.of(Spec.class, () -> Map.of()).alias(Spec.class, NAMES);
    private static final TypeRegistry TYPES = TypeRegistry.of(new Layers(), PROVIDER);

    private static LayerSpec<?> read(String... lines) {
        return Config.parse("format: 1\nlayer:\n  " + String.join("\n  ", lines) + "\n", "run.yaml")
                .with(TYPES)
                .with(Map.of("vocabulary", 7))
                .spec("layer", LayerSpec.class);
    }

    private static void refused(String message, String... lines) {
        assertEquals(
                message, assertThrows(ConfigException.class, () -> read(lines)).getMessage());
    }

    @Test
    void standsForAType() {
        assertEquals(new Affine(4, 7), read("type: x.Affine", "inputs: 4", "outputs: $vocabulary"));
        assertEquals(new Dropout(0.25, Dropout.Mask.ELEMENT), read("type: x.Dropout", "rate: 0.25"));
        assertEquals(new Bidirectional(new LSTM(4, 5)), read("type: x.Both", "inputs: 4", "hidden: 5"));
    }

    /** Each value keeps its line and what it says. */
    @Test
    void errorsAreThoseOfTheType() {
        refused(
                "run.yaml:5: layer.outputs: expected a whole number, got 010",
                "type: x.Affine",
                "inputs: 4",
                "outputs: 010");
        refused("run.yaml:5: layer: outputs is -4, expected 1 or more", "type: x.Affine", "inputs: 4", "outputs: -4");
        refused(
                "run.yaml:5: layer.cell.hidden: expected a whole number, got \"many\"",
                "type: x.Both",
                "inputs: 4",
                "hidden: many");
    }

    @Test
    void aValueThatTheNameImpliesIsNotOverwritten() {
        refused(
                "run.yaml:5: layer.mask: is element by the name x.Dropout: leave it out, or use the type Dropout",
                "type: x.Dropout",
                "rate: 0.25",
                "mask: window");
    }

    @Test
    void standsForATypeAndForNoOtherName() {
        refused(
                "run.yaml:3: layer: x.Chain is another name for x.Affine, which is one itself",
                "type: x.Chain",
                "inputs: 4");
        refused(
                "run.yaml:3: layer: x.Circle is another name for x.Circle, which is one itself",
                "type: x.Circle",
                "inputs: 4");
        assertTrue(assertThrows(ConfigException.class, () -> read("type: x.Nothing"))
                .getMessage()
                .startsWith("run.yaml:3: layer.type: unknown layer type Nothing"));
    }

    @Test
    void aProviderThatContradictsItselfHurtsItselfAlone() {
        TypeProvider both = () -> Types.of(Spec.class, () -> Map.of("x.A", Affine.class))
                .alias(Spec.class, Map.of("x.A", Alias.of("Affine")));
        TypeProvider twice = () -> Types.of(Spec.class, () -> Map.of("y.A", Affine.class, "y.B", Affine.class));
        TypeRegistry types = TypeRegistry.of(new Layers(), both, twice);
        assertEquals(Affine.class, types.type(Spec.class, "Affine"));
        String why = types.whyMissing(Spec.class);
        assertTrue(why.contains("x.A is both a type and an alias"), why);
        assertTrue(why.contains("has two ids, y.A and y.B: expected one, and an alias for the other"), why);
    }

    @Test
    void twoProvidersOfOneNameAreNamed() {
        TypeRegistry types =
                TypeRegistry.of(PROVIDER, () -> Types.of(Spec.class, () -> Map.of("x.Affine", Affine.class)));
        assertTrue(assertThrows(IllegalStateException.class, () -> types.types(Spec.class))
                .getMessage()
                .contains("layer id x.Affine is brought by two providers"));
    }

    @Test
    void anAliasSaysWhatItMeans() {
        Types types = Types.of(Spec.class, () -> Map.of()).alias(Spec.class, NAMES);
        assertThrows(IllegalArgumentException.class, () -> types.alias(Spec.class, NAMES));
        assertThrows(IllegalArgumentException.class, () -> Alias.of(null));
        assertThrows(IllegalArgumentException.class, () -> new Alias("LSTM", Map.of(), "Bidirectional", null));
        assertEquals(Map.of(), types.aliases(String.class));
    }
}
