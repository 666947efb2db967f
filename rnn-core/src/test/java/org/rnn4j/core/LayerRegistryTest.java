package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.LayerSpec;

class LayerRegistryTest {
    private final LayerRegistry registry = LayerRegistry.of(new Toys.Provider());

    private static final class Other implements LayerProvider {
        @Override
        public Map<String, Class<? extends LayerSpec<?>>> layers() {
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

    @Test
    void namesTheNearestWord() {
        assertEquals("; did you mean TimeLSTM?", Spelling.hint("TimeLstm", java.util.List.of("TimeLSTM", "TimeGRU")));
        assertEquals("", Spelling.hint("bananas", java.util.List.of("TimeLSTM", "GRU")));
    }
}
