package org.rnn4j.api;

import java.util.Map;

/**
 * Brings layers, cells and losses. Found by {@link java.util.ServiceLoader}: name it in {@code module-info.java}
 * ({@code provides LayerProvider with …}) and in {@code META-INF/services/org.rnn4j.api.LayerProvider}.
 */
public interface LayerProvider {
    /** Specs by type id. Ids without a dot belong to RNN4J; others use {@code vendor.name}. */
    Map<String, Class<? extends Spec<?>>> layers();

    /** The version of a layer's configuration and parameters; raised when a saved model needs a migration. */
    default int version(String id) {
        return 1;
    }

    /**
     * The configuration of one version, as the next version would have written it.
     *
     * @param from the version of {@code configuration}, below {@link #version}
     * @param configuration component names and plain values (maps, lists, strings, numbers, booleans); not modified
     */
    default Map<String, Object> migrate(String id, int from, Map<String, Object> configuration) {
        throw new UnsupportedOperationException("no migration of " + id + " from version " + from);
    }
}
