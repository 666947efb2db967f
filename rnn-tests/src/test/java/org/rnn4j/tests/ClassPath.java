package org.rnn4j.tests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this test's class path holds, by module name: our modules (directories of classes, or jars where they were packaged before) and
 * the jars that they need. A jar without a descriptor goes by its automatic name, as on the module path.
 */
final class ClassPath {
    /** Our modules that are published, in the order in which one may depend on another. */
    static final List<String> OURS = List.of(
            "org.rnn4j.api",
            "org.rnn4j.core",
            "org.rnn4j.layers",
            "org.rnn4j.serialization",
            "org.rnn4j.training",
            "org.rnn4j.run",
            "org.rnn4j.testkit",
            "org.rnn4j.examples");

    private static final Map<String, ModuleReference> MODULES = find();

    private ClassPath() {}

    private static Map<String, ModuleReference> find() {
        Map<String, ModuleReference> found = new LinkedHashMap<>();
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(ClassPath::isModule)
                .flatMap(entry -> ModuleFinder.of(entry).findAll().stream())
                .forEach(module -> found.putIfAbsent(module.descriptor().name(), module));
        return Map.copyOf(found);
    }

    /** Directories of test classes and of resources are no modules. */
    private static boolean isModule(Path entry) {
        return Files.isDirectory(entry) ? Files.exists(entry.resolve("module-info.class")) : Files.exists(entry);
    }

    /** All of them. */
    static Map<String, ModuleReference> modules() {
        return MODULES;
    }

    /** The descriptor of a module. */
    static ModuleDescriptor descriptor(String module) {
        return reference(module).descriptor();
    }

    /** The directory or the jar of a module. */
    static Path path(String module) {
        return Path.of(reference(module).location().orElseThrow());
    }

    /** These modules as a class path or a module path. */
    static String of(List<String> modules) {
        return modules.stream().map(module -> path(module).toString()).collect(Collectors.joining(File.pathSeparator));
    }

    private static ModuleReference reference(String module) {
        ModuleReference reference = MODULES.get(module);
        if (reference == null) {
            throw new IllegalArgumentException(
                    "no module " + module + " on the class path; there are " + MODULES.keySet());
        }
        return reference;
    }

    /** The size of a module in bytes: of its jar, or of all files of its directory, which no compression has made smaller. */
    static long bytes(String module) {
        try (Stream<Path> files = Files.walk(path(module))) {
            return files.filter(Files::isRegularFile).mapToLong(ClassPath::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of the whole project, for tests that read sources. */
    static Path project() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("rnn-api/src/main/java"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException(
                        "no directory above " + Path.of("").toAbsolutePath() + " has rnn-api/src/main/java");
            }
        }
        return directory;
    }
}
