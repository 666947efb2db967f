package org.rnn4j.api;

import java.util.Map;

/**
 * Provides the types that a configuration can name: layers, cells and losses, and the kinds of other modules, such as update rules, data sources and
 * listeners. Found by {@link java.util.ServiceLoader}: name it in {@code module-info.java} ({@code provides TypeProvider with …})
 * and in {@code META-INF/services/org.rnn4j.api.TypeProvider}.
 *
 * <p>If the types of a jar belong to several modules, some of which may be missing, the jar has a provider for each module.
 */
public interface TypeProvider {
    /** The types by kind and name. */
    Types types();

    /** The version of a layer's configuration and parameters. Increase it when saved models need a migration. */
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
