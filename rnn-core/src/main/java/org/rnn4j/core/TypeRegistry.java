package org.rnn4j.core;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rnn4j.api.Alias;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.input.Kinds;

/**
 * The types that the names in a configuration refer to: those of all providers, for each kind. Immutable except for a cache of requested kinds;
 * thread-safe.
 *
 * <p>A provider that cannot be used is logged. It causes an error only if a configuration needs one of its types; the message then names its jar and
 * the cause.
 */
public final class TypeRegistry {
    private static final System.Logger LOG = System.getLogger(TypeRegistry.class.getName());

    private static final int MOST_CAUSES = 100;

    private static final String SERVICES = "META-INF/services/" + TypeProvider.class.getName();

    private final List<Source> sources;
    /** What was wrong with providers that could not be used, with their jars. */
    private final List<String> broken;

    private final Map<Class<?>, Kind> kinds = new HashMap<>();

    private TypeRegistry(List<Source> sources, List<String> broken) {
        this.sources = List.copyOf(sources);
        this.broken = List.copyOf(broken);
    }

    /** A provider and its types, which are requested once. */
    private record Source(TypeProvider provider, Types types) {}

    /** These sources, and those of providers; what is wrong with one is logged and goes to {@code broken}. */
    private static TypeRegistry of(List<Source> sources, List<String> broken, List<TypeProvider> providers) {
        List<Source> all = new ArrayList<>(sources);
        List<String> problems = new ArrayList<>(broken);
        for (TypeProvider provider : checked(providers)) {
            try {
                all.add(new Source(provider, Objects.requireNonNull(provider.types(), "it gave null, expected types")));
            } catch (RuntimeException | LinkageError e) {
                problems.add(unusable(provider, innermost(e).toString()));
            }
        }
        return new TypeRegistry(all, problems);
    }

    private static String unusable(TypeProvider provider, String problem) {
        String whole = "the provider of types " + describe(provider.getClass()) + " cannot be used: " + problem;
        LOG.log(System.Logger.Level.WARNING, whole);
        return whole;
    }

    /** The types of one kind, and who brings them. */
    private static final class Kind {
        private final SortedMap<String, Class<?>> types = new TreeMap<>();
        private final Map<String, TypeProvider> providers = new HashMap<>();
        private final Map<String, Alias> aliases = new HashMap<>();
        private final Map<Class<?>, String> ids = new HashMap<>();
        private final List<String> broken = new ArrayList<>();

        void add(String id, Class<?> type, TypeProvider provider, String noun) {
            own(id, provider, noun);
            types.put(id, type);
            String otherId = ids.putIfAbsent(type, id);
            if (otherId != null) {
                throw new IllegalStateException(
                        type.getName() + " has two " + noun + " ids, " + otherId + " and " + id + ": expected one");
            }
        }

        void add(String alias, Alias meaning, TypeProvider provider, String noun) {
            own(alias, provider, noun);
            aliases.put(alias, meaning);
        }

        private void own(String id, TypeProvider provider, String noun) {
            TypeProvider other = providers.putIfAbsent(id, provider);
            if (other != null) {
                throw new IllegalStateException(noun + " id " + id + " is brought by two providers: "
                        + describe(other.getClass()) + " and " + describe(provider.getClass()));
            }
        }
    }

    /**
     * The types of all providers on the class path and the module path.
     *
     * @throws IllegalStateException if there is no layer at all, or if two providers have the same id
     */
    public static TypeRegistry load() {
        List<TypeProvider> found = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Iterator<ServiceLoader.Provider<TypeProvider>> all =
                ServiceLoader.load(TypeProvider.class).stream().iterator();
        while (hasNext(all, broken)) {
            load(all, found, broken);
        }
        broken.forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem));
        TypeRegistry registry = of(List.of(), broken, found);
        if (registry.types(Spec.class).isEmpty()) {
            throw new IllegalStateException("no layers found: no jar on the class path that brings layers has the file"
                    + " " + SERVICES
                    + ", and no module on the module path provides it; rnn-layers brings the built-in layers"
                    + registry.whyMissing(Spec.class));
        }
        return registry;
    }

    /** Detects a provider whose class is missing or is not a provider; the next call continues after it. */
    private static boolean hasNext(Iterator<?> all, List<String> broken) {
        while (true) {
            try {
                return all.hasNext();
            } catch (ServiceConfigurationError e) {
                broken.add("a provider of types" + jar(e.getMessage()) + " cannot be used: " + reason(e));
            }
        }
    }

    /** The jar whose file of services names the provider that an error is about; empty where none does. */
    private static String jar(String message) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? TypeRegistry.class.getClassLoader() : context;
        try {
            for (URL services : Collections.list(loader.getResources(SERVICES))) {
                try (InputStream in = services.openStream()) {
                    boolean names = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .anyMatch(line -> !line.isEmpty() && message.contains("Provider " + line + " "));
                    if (names) {
                        return " in "
                                + services.toString()
                                        .replaceFirst("^jar:", "")
                                        .replaceFirst("!?/" + SERVICES + "$", "");
                    }
                }
            }
        } catch (IOException e) {
            return ""; // a jar that cannot be read is not what is wrong
        }
        return "";
    }

    private static void load(
            Iterator<ServiceLoader.Provider<TypeProvider>> all, List<TypeProvider> found, List<String> broken) {
        ServiceLoader.Provider<TypeProvider> provider = all.next();
        try {
            found.add(provider.get());
        } catch (ServiceConfigurationError | LinkageError e) {
            broken.add("the provider of types " + describe(provider.type()) + " cannot be used: " + reason(e));
        }
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : innermost(e).toString();
    }

    /** The types of these providers only. */
    public static TypeRegistry of(TypeProvider... providers) {
        return of(Arrays.asList(providers));
    }

    /** The types of these providers only. */
    public static TypeRegistry of(Collection<TypeProvider> providers) {
        return of(List.of(), List.of(), new ArrayList<>(providers));
    }

    /** These types and those of more providers. */
    public TypeRegistry and(TypeProvider... more) {
        return of(sources, broken, Arrays.asList(more));
    }

    private static List<TypeProvider> checked(List<TypeProvider> providers) {
        if (providers.stream().anyMatch(provider -> provider == null)) {
            throw new IllegalStateException("a provider of types is null");
        }
        return List.copyOf(providers);
    }

    private synchronized Kind kind(Class<?> kind) {
        return kinds.computeIfAbsent(kind, this::read);
    }

    private Kind read(Class<?> kind) {
        Kind result = new Kind();
        for (Source source : sources) {
            TypeProvider provider = source.provider();
            Map<String, Class<?>> types = Map.of();
            Map<String, Alias> aliases = Map.of();
            String problem;
            try {
                types = source.types().in(kind);
                problem = problem(kind, provider, types);
                if (problem.isEmpty()) {
                    types = new TreeMap<>(types);
                    aliases = new TreeMap<>(source.types().aliases(kind));
                    problem = twice(types, aliases);
                }
            } catch (RuntimeException | LinkageError e) {
                problem = innermost(e).toString();
            }
            if (problem.isEmpty()) {
                String noun = Kinds.noun(kind);
                types.forEach((id, type) -> result.add(id, type, provider, noun));
                aliases.forEach((id, alias) -> result.add(id, alias, provider, noun));
            } else {
                result.broken.add(unusable(provider, problem));
            }
        }
        return result;
    }

    /** What is wrong with what a provider gave; empty where nothing is. */
    private static String problem(Class<?> kind, TypeProvider provider, Map<String, ? extends Class<?>> types) {
        if (types == null) {
            return "it gave null, expected a map of types by id";
        }
        for (Map.Entry<String, ? extends Class<?>> entry : types.entrySet()) {
            String id = entry.getKey();
            Class<?> type = entry.getValue();
            if (id == null || type == null) {
                return Kinds.noun(kind) + " id " + id + " has the type " + type + ", expected neither to be null";
            }
            if (!kind.isAssignableFrom(type)) {
                return Kinds.noun(kind) + " id " + id + " has the type " + type.getName() + ", which is no "
                        + kind.getName();
            }
            int version = provider.version(id);
            if (version < 1) {
                return Kinds.noun(kind) + " id " + id + " has the version " + version + ", expected 1 or more";
            }
        }
        return "";
    }

    /** What a provider names twice; empty if there is nothing. */
    private static String twice(Map<String, Class<?>> types, Map<String, Alias> aliases) {
        Map<Class<?>, String> ids = new HashMap<>();
        for (Map.Entry<String, Class<?>> entry : types.entrySet()) {
            String other = ids.putIfAbsent(entry.getValue(), entry.getKey());
            if (other != null) {
                return entry.getValue().getName() + " has two ids, " + other + " and " + entry.getKey()
                        + ": expected one, and an alias for the other";
            }
            if (aliases.containsKey(entry.getKey())) {
                return entry.getKey() + " is both a type and an alias";
            }
        }
        return "";
    }

    /** The root cause: a wrapper such as ExceptionInInitializerError says nothing. */
    private static Throwable innermost(Throwable failure) {
        Throwable reason = failure;
        // Causes can be a circle.
        for (int i = 0; i < MOST_CAUSES && reason.getCause() != null; i++) {
            reason = reason.getCause();
        }
        return reason;
    }

    /** The provider's class and the jar it comes from. */
    private static String describe(Class<?> provider) {
        CodeSource source = provider.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return provider.getName() + (location == null ? "" : " in " + location);
    }

    /** Whether a provider brings types of a kind. */
    public boolean isKind(Class<?> kind) {
        return sources.stream().anyMatch(source -> source.types().kinds().contains(kind));
    }

    /** All types of a kind by id, sorted; each is known to be of the kind. */
    public SortedMap<String, Class<?>> types(Class<?> kind) {
        return Collections.unmodifiableSortedMap(kind(kind).types);
    }

    /** The end of a message about an unknown name of a kind: the providers that could not be used. Empty if all could. */
    public String whyMissing(Class<?> kind) {
        List<String> problems =
                Stream.concat(broken.stream(), kind(kind).broken.stream()).toList();
        return problems.isEmpty() ? "" : ". Not all could be loaded: " + String.join("; ", problems);
    }

    /**
     * The type of an id.
     *
     * @throws IllegalArgumentException with the nearest known id
     */
    public Class<?> type(Class<?> kind, String id) {
        SortedMap<String, Class<?>> types = types(kind);
        Class<?> type = types.get(id);
        if (type == null) {
            String hint = Spelling.hint(id, types.keySet());
            throw new IllegalArgumentException("unknown " + Kinds.noun(kind) + " type " + Spelling.brief(id)
                    + (hint.isEmpty() ? "." : hint) + " Known are " + String.join(", ", types.keySet())
                    + whyMissing(kind));
        }
        return type;
    }

    /** What another name stands for; empty if the name is none. */
    public Optional<Alias> alias(Class<?> kind, String name) {
        return Optional.ofNullable(kind(kind).aliases.get(name));
    }

    /** The provider of an id, which knows its version and migrations. */
    public TypeProvider provider(Class<?> kind, String id) {
        type(kind, id);
        return kind(kind).providers.get(id);
    }

    /** The id of a type of a kind. */
    public String id(Class<?> kind, Class<?> type) {
        String id = kind(kind).ids.get(type);
        if (id == null) {
            throw new IllegalArgumentException(
                    type.getName() + " has no " + Kinds.noun(kind) + " id: no provider brings it");
        }
        return id;
    }
}
