package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.TypeRegistry;

/**
 * Checks the properties that every provider of layers must have. The test of a provider is
 *
 * <pre>{@code
 * class MguProviderTest extends ProviderContract {
 *     protected TypeProvider provider() {
 *         return new MguProvider();
 *     }
 *
 *     protected List<Spec<?>> specs() {
 *         return List.of(new Mgu(4, 6));
 *     }
 * }
 * }</pre>
 *
 * <p>Every failure message begins with the violated property.
 */
public abstract class ProviderContract {
    private static final String OURS = "org.rnn4j.";
    private static final String SERVICES = "META-INF/services/" + TypeProvider.class.getName();
    private static final String MODULE = "module-info.class";

    private static final String IDS = "ids are vendor.name, and those without a dot belong to RNN4J";
    private static final String RECORDS = "every spec is a public record in an exported package";
    private static final String VERSIONS = "every version is 1 or more";
    private static final String JSON = "every spec is itself again after it was written as JSON and read";
    private static final String FOUND = "META-INF/services and the module descriptor name the provider";

    /** For subclasses. */
    protected ProviderContract() {}

    /** The provider to test. */
    protected abstract TypeProvider provider();

    /** A spec of each type that it provides, and several for types with different kinds of settings. */
    protected abstract List<Spec<?>> specs();

    /** The layers, cells and losses. */
    private Map<String, ? extends Class<?>> layers() {
        return provider().types().in(Spec.class);
    }

    /** Ids by the rule of {@link Types#of}, one for each type, of whatever kind. */
    @Test
    @DisplayName(IDS)
    public void idsFollowTheRule() {
        Law law = new Law(IDS);
        Types brought = provider().types();
        law.holds(
                brought.kinds().stream().anyMatch(kind -> !brought.in(kind).isEmpty()),
                () -> provider().getClass().getName() + " brings nothing");
        brought.kinds().forEach(kind -> idsFollowTheRule(law, brought.in(kind)));
    }

    private void idsFollowTheRule(Law law, Map<String, ? extends Class<?>> layers) {
        boolean ours = provider().getClass().getName().startsWith(OURS);
        String rule = ours ? "[A-Z][A-Za-z0-9]*" : "[a-z][A-Za-z0-9_-]*([.][A-Za-z][A-Za-z0-9_-]*)+";
        for (String id : layers.keySet()) {
            law.holds(id.matches(rule), () -> "the id is " + id + (ours ? "" : ", expected one such as acme.mgu"));
        }
        Set<Class<?>> types = new HashSet<>(layers.values());
        law.holds(types.size() == layers.size(), () -> "a type has two ids: " + layers);
    }

    /** The classes that JSON is bound to are accessible. */
    @Test
    @DisplayName(RECORDS)
    public void specsArePublicRecords() {
        Law law = new Law(RECORDS);
        layers().forEach((id, type) -> {
            law.holds(type.isRecord(), () -> id + ": " + type.getName() + " is no record");
            law.holds(Modifier.isPublic(type.getModifiers()), () -> id + ": " + type.getName() + " is not public");
            law.holds(
                    type.getModule().isExported(type.getPackageName()),
                    () -> id + ": " + type.getModule() + " does not export " + type.getPackageName());
        });
    }

    /** The version of a configuration begins at 1. */
    @Test
    @DisplayName(VERSIONS)
    public void versionsBeginAtOne() {
        Law law = new Law(VERSIONS);
        layers().keySet().forEach(id -> {
            int version = provider().version(id);
            law.holds(version >= 1, () -> "that of " + id + " is " + version);
        });
    }

    /** Specs of all types, including nested ones, read with the layers that are available at run time. */
    @Test
    @DisplayName(JSON)
    public void specsAreThemselvesAgain() {
        Law law = new Law(JSON);
        Set<Class<?>> left = new HashSet<>(layers().values());
        specs().forEach(spec -> left.remove(spec.getClass()));
        law.holds(left.isEmpty(), () -> "specs() has none of " + left);
        Set<TypeProvider> providers = ServiceLoader.load(TypeProvider.class).stream()
                .filter(found -> found.type() != provider().getClass())
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toSet());
        providers.add(provider());
        law.run("registering it", () -> {
            TypeRegistry alone = TypeRegistry.of(providers);
            layers().keySet().forEach(id -> alone.type(Spec.class, id));
            return alone;
        });
        providers.add(SpecLaws.OWN);
        TypeRegistry withOurs = TypeRegistry.of(providers);
        specs().forEach(spec -> SpecLaws.itselfAgain(law, spec, withOurs));
    }

    /** The services file is read on the class path, the descriptor on the module path. */
    @Test
    @DisplayName(FOUND)
    public void providerIsFound() throws IOException {
        Law law = new Law(FOUND);
        Class<?> type = provider().getClass();
        Optional<Path> place = place(type);
        assumeTrue(place.isPresent(), "a provider whose files cannot be looked at");
        String name = type.getName();
        Set<String> services = read(place.get(), SERVICES)
                .map(bytes -> names(new String(bytes, StandardCharsets.UTF_8)))
                .orElse(Set.of());
        law.holds(services.contains(name), () -> SERVICES + " names " + services + ", expected " + name);
        Set<String> provided = read(place.get(), MODULE).isEmpty() ? services : provided(place.get());
        law.holds(
                provided.equals(services),
                () -> "module-info provides " + provided + ", and " + SERVICES + " names " + services);
        law.holds(Modifier.isPublic(type.getModifiers()), () -> name + " is not public, so it cannot be created");
    }

    /** Where a class comes from: a jar or a directory. */
    private static Optional<Path> place(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource()).map(source -> {
            try {
                return Path.of(source.getLocation().toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(source.getLocation() + " is no file", e);
            }
        });
    }

    private static Optional<byte[]> read(Path place, String name) throws IOException {
        if (Files.isDirectory(place)) {
            Path file = place.resolve(name);
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            Path file = jar.getPath(name);
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        }
    }

    private static Set<String> names(String services) {
        return services.lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> provided(Path place) {
        return ModuleFinder.of(place).findAll().stream()
                .map(reference -> reference.descriptor().provides())
                .flatMap(Set::stream)
                .filter(provides -> provides.service().equals(TypeProvider.class.getName()))
                .map(ModuleDescriptor.Provides::providers)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
