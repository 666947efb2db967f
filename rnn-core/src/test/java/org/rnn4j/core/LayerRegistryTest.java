package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.Spec;

class LayerRegistryTest {
    private final LayerRegistry registry = LayerRegistry.of(new Toys.Provider());

    private static final class Other implements LayerProvider {
        @Override
        public Map<String, Class<? extends Spec<?>>> layers() {
            return Map.of("toy.leaky", Toys.Noise.class);
        }
    }

    @Test
    void knowsTypesByIdAndIdsByType() {
        assertEquals(Toys.Leaky.class, registry.type("toy.leaky"));
        assertEquals("toy.leaky", registry.id(Toys.Leaky.class));
        assertEquals(3, registry.types().size());
        assertEquals(1, registry.provider("toy.leaky").version("toy.leaky"));
    }

    @Test
    void anUnknownIdNamesTheNearest() {
        assertEquals(
                "unknown layer type toy.laky; did you mean toy.leaky? Known are toy.leaky, toy.product, toy.table",
                assertThrows(IllegalArgumentException.class, () -> registry.type("toy.laky"))
                        .getMessage());
    }

    @Test
    void twoProvidersOfOneIdAreNamedWithTheirJars() {
        String message = assertThrows(
                        IllegalStateException.class, () -> LayerRegistry.of(new Toys.Provider(), new Other()))
                .getMessage();
        assertTrue(
                message.matches("layer id toy.leaky is brought by two providers: "
                        + "org.rnn4j.core.Toys\\$Provider in file:.* and "
                        + "org.rnn4j.core.LayerRegistryTest\\$Other in file:.*"),
                message);
    }

    @Test
    void noProviderAtAllIsNamed() {
        assertEquals(
                "no layers found: no jar on the class path has the file META-INF/services/org.rnn4j.api.LayerProvider,"
                        + " and no module on the module path provides it; rnn-layers brings the built-in layers",
                assertThrows(IllegalStateException.class, LayerRegistry::load).getMessage());
    }

    /** A provider that does as it is told. */
    private record Told(Supplier<Map<String, Class<? extends Spec<?>>>> types, int of) implements LayerProvider {
        @Override
        public Map<String, Class<? extends Spec<?>>> layers() {
            return types.get();
        }

        @Override
        public int version(String id) {
            return of;
        }
    }

    private static Map<String, Class<? extends Spec<?>>> types(String id, Class<? extends Spec<?>> type) {
        Map<String, Class<? extends Spec<?>>> result = new HashMap<>();
        result.put(id, type);
        return result;
    }

    /** As in a provider that cannot be initialized. */
    private static final class Broken {
        static final int VALUE = Integer.parseInt("ten");
    }

    @Test
    void aProviderThatCannotBeUsedIsNamed() {
        Map<Told, String> faults = new LinkedHashMap<>();
        faults.put(new Told(() -> null, 1), "it gave null, expected a map of types by id");
        faults.put(
                new Told(() -> types("a.b", null), 1), "layer id a.b has the type null, expected neither to be null");
        faults.put(
                new Told(() -> types(null, Toys.Noise.class), 1),
                "layer id null has the type " + Toys.Noise.class + ", expected neither to be null");
        for (int version : new int[] {0, -1}) {
            faults.put(
                    new Told(() -> types("a.b", Toys.Noise.class), version),
                    "layer id a.b has the version " + version + ", expected 1 or more");
        }
        faults.put(
                new Told(
                        () -> {
                            throw new IllegalStateException("ill");
                        },
                        1),
                "java.lang.IllegalStateException: ill");
        faults.put(
                new Told(
                        () -> {
                            throw new NoClassDefFoundError("some/Missing");
                        },
                        1),
                "java.lang.NoClassDefFoundError: some/Missing");
        faults.put(
                new Told(() -> types("a" + Broken.VALUE, Toys.Noise.class), 1),
                "java.lang.NumberFormatException: For input string: \"ten\"");
        faults.forEach((provider, problem) -> {
            String message = assertThrows(IllegalStateException.class, () -> LayerRegistry.of(provider))
                    .getMessage();
            assertTrue(message.startsWith("the provider of layers " + Told.class.getName() + " in file:"), message);
            assertTrue(message.endsWith(" cannot be used: " + problem), message);
        });
        assertEquals(
                "a provider of layers is null",
                assertThrows(IllegalStateException.class, () -> LayerRegistry.of((LayerProvider) null))
                        .getMessage());
    }

    @Test
    void namesTheNearestWord() {
        assertEquals("; did you mean TimeLSTM?", Spelling.hint("TimeLstm", java.util.List.of("TimeLSTM", "TimeGRU")));
        assertEquals("", Spelling.hint("bananas", java.util.List.of("TimeLSTM", "GRU")));
    }
}
