package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

class TypeRegistryTest {
    private final TypeRegistry registry = TypeRegistry.of(new Toys.Provider());

    private static final class Other implements TypeProvider {
        @Override
        public Types types() {
            return Types.of(Spec.class, () -> Map.of("toy.leaky", Toys.Noise.class));
        }
    }

    @Test
    void knowsTypesByIdAndIdsByType() {
        assertEquals(Toys.Leaky.class, registry.type(Spec.class, "toy.leaky"));
        assertEquals("toy.leaky", registry.id(Spec.class, Toys.Leaky.class));
        assertEquals(3, registry.types(Spec.class).size());
        assertEquals(1, registry.provider(Spec.class, "toy.leaky").version("toy.leaky"));
    }

    @Test
    void anUnknownIdNamesTheNearest() {
        assertEquals(
                "unknown layer type toy.laky; did you mean toy.leaky? Known are toy.leaky, toy.product, toy.table",
                assertThrows(IllegalArgumentException.class, () -> registry.type(Spec.class, "toy.laky"))
                        .getMessage());
    }

    @Test
    void twoProvidersOfOneIdAreNamedWithTheirJars() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> TypeRegistry.of(new Toys.Provider(), new Other()).types(Spec.class))
                .getMessage();
        assertTrue(
                message.matches("layer id toy.leaky is brought by two providers: "
                        + "org.rnn4j.core.Toys\\$Provider in file:.* and "
                        + "org.rnn4j.core.TypeRegistryTest\\$Other in file:.*"),
                message);
    }

    @Test
    void noProviderAtAllIsNamed() {
        assertEquals(
                "no layers found: no jar on the class path that brings layers has the file"
                        + " META-INF/services/org.rnn4j.api.TypeProvider,"
                        + " and no module on the module path provides it; rnn-layers brings the built-in layers",
                assertThrows(IllegalStateException.class, TypeRegistry::load).getMessage());
    }

    /** A provider that does as it is told. */
    private record Told(Supplier<Map<String, Class<? extends Spec<?>>>> told, int of) implements TypeProvider {
        @Override
        public Types types() {
            return Types.of(Spec.class, told);
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
            TypeRegistry with = TypeRegistry.of(new Toys.Provider(), provider);
            assertEquals(3, with.types(Spec.class).size(), "it hurts only who needs it");
            String message = assertThrows(IllegalArgumentException.class, () -> with.type(Spec.class, "a.b"))
                    .getMessage();
            assertTrue(
                    message.startsWith("unknown layer type a.b. Known are toy.leaky, toy.product, toy.table."
                            + " Not all could be loaded: the provider of types " + Told.class.getName() + " in file:"),
                    message);
            assertTrue(message.endsWith(" cannot be used: " + problem), message);
        });
        assertEquals(
                "a provider of types is null",
                assertThrows(IllegalStateException.class, () -> TypeRegistry.of((TypeProvider) null))
                        .getMessage());
    }

    /** One that cannot even say its kinds. */
    @Test
    void aProviderWithoutTypesIsNamed() {
        TypeRegistry with = TypeRegistry.of(new Toys.Provider(), () -> null).and(() -> {
            throw new NoClassDefFoundError("some/Missing");
        });
        assertEquals(3, with.types(Spec.class).size());
        String message = assertThrows(IllegalArgumentException.class, () -> with.type(Spec.class, "a.b"))
                .getMessage();
        assertTrue(
                message.contains(" cannot be used: java.lang.NullPointerException: it gave null, expected types; "),
                message);
        assertTrue(message.endsWith(" cannot be used: java.lang.NoClassDefFoundError: some/Missing"), message);
    }

    @Test
    void namesTheNearestWord() {
        assertEquals("; did you mean TimeLSTM?", Spelling.hint("TimeLstm", java.util.List.of("TimeLSTM", "TimeGRU")));
        assertEquals("", Spelling.hint("bananas", java.util.List.of("TimeLSTM", "GRU")));
    }
}
