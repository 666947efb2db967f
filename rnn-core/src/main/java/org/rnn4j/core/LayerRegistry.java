package org.rnn4j.core;

import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.Spec;

/** Which layers, cells and losses there are, by type id. Immutable. */
public final class LayerRegistry {
    private final SortedMap<String, LayerProvider> providers = new TreeMap<>();
    private final SortedMap<String, Class<? extends Spec<?>>> types = new TreeMap<>();
    private final Map<Class<?>, String> ids = new HashMap<>();

    private LayerRegistry(Collection<LayerProvider> all) {
        for (LayerProvider provider : all) {
            layers(provider).forEach((id, type) -> add(id, type, provider));
        }
    }

    /**
     * The layers of all providers on the class path and the module path.
     *
     * @throws IllegalStateException where there is none, where one cannot be used, or where two bring one id
     */
    public static LayerRegistry load() {
        List<LayerProvider> found = new ArrayList<>();
        try {
            ServiceLoader.load(LayerProvider.class).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            String reason = e.getCause() == null
                    ? e.getMessage() + "; expected a public class with a public constructor without parameters"
                    : e.getMessage() + ": " + innermost(e);
            throw new IllegalStateException("a provider of layers cannot be used: " + reason, e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no layers found: no jar on the class path has the file META-INF/services/"
                    + LayerProvider.class.getName() + ", and no module on the module path provides it;"
                    + " rnn-layers brings the built-in layers");
        }
        return new LayerRegistry(found);
    }

    /**
     * The layers of these providers alone.
     *
     * @throws IllegalStateException where one cannot be used, or where two bring one id
     */
    public static LayerRegistry of(LayerProvider... providers) {
        return new LayerRegistry(Arrays.asList(providers));
    }

    /** The layers of these providers alone. */
    public static LayerRegistry of(Collection<LayerProvider> providers) {
        return new LayerRegistry(providers);
    }

    /** What a provider brings, and that it can be used. */
    private static Map<String, Class<? extends Spec<?>>> layers(LayerProvider provider) {
        if (provider == null) {
            throw new IllegalStateException("a provider of layers is null");
        }
        Map<String, Class<? extends Spec<?>>> layers;
        String problem;
        Throwable cause = null;
        try {
            layers = provider.layers();
            problem = problem(provider, layers);
        } catch (RuntimeException | LinkageError e) {
            layers = null;
            problem = innermost(e).toString();
            cause = e;
        }
        if (!problem.isEmpty()) {
            throw new IllegalStateException(
                    "the provider of layers " + describe(provider) + " cannot be used: " + problem, cause);
        }
        return layers;
    }

    /** What is wrong with what a provider gave; empty where nothing is. */
    private static String problem(LayerProvider provider, Map<String, Class<? extends Spec<?>>> layers) {
        if (layers == null) {
            return "it gave null, expected a map of types by id";
        }
        for (Map.Entry<String, Class<? extends Spec<?>>> layer : layers.entrySet()) {
            String id = layer.getKey();
            if (id == null || layer.getValue() == null) {
                return "layer id " + id + " has the type " + layer.getValue() + ", expected neither to be null";
            }
            int version = provider.version(id);
            if (version < 1) {
                return "layer id " + id + " has the version " + version + ", expected 1 or more";
            }
        }
        return "";
    }

    /** The reason behind all others: what wraps it, such as ExceptionInInitializerError, says nothing. */
    private static Throwable innermost(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }

    private void add(String id, Class<? extends Spec<?>> type, LayerProvider provider) {
        LayerProvider other = providers.putIfAbsent(id, provider);
        if (other != null) {
            throw new IllegalStateException("layer id " + id + " is brought by two providers: " + describe(other)
                    + " and " + describe(provider));
        }
        types.put(id, type);
        String otherId = ids.putIfAbsent(type, id);
        if (otherId != null) {
            throw new IllegalStateException(
                    type.getName() + " has two layer ids, " + otherId + " and " + id + ": expected one");
        }
    }

    /** The provider's class and the jar it comes from. */
    private static String describe(LayerProvider provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return provider.getClass().getName() + (location == null ? "" : " in " + location);
    }

    /** All types by id, sorted. */
    public SortedMap<String, Class<? extends Spec<?>>> types() {
        return Collections.unmodifiableSortedMap(types);
    }

    /**
     * The type of an id.
     *
     * @throws IllegalArgumentException with the nearest known id
     */
    public Class<? extends Spec<?>> type(String id) {
        Class<? extends Spec<?>> type = types.get(id);
        if (type == null) {
            String hint = Spelling.hint(id, types.keySet());
            throw new IllegalArgumentException("unknown layer type " + Spelling.brief(id)
                    + (hint.isEmpty() ? "." : hint) + " Known are " + String.join(", ", types.keySet()));
        }
        return type;
    }

    /** The provider of an id, which knows its version and migrations. */
    public LayerProvider provider(String id) {
        type(id);
        return providers.get(id);
    }

    /** The id of a spec's type. */
    public String id(Class<?> type) {
        String id = ids.get(type);
        if (id == null) {
            throw new IllegalArgumentException(type.getName() + " has no layer id: no provider brings it");
        }
        return id;
    }
}
