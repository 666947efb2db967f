package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One jar of a third party brings a layer, an update rule, a schedule, a data source, a metric and a listener, and one configuration names all six:
 * on the class path and on the module path. The plugin is in {@code src/test/resources/plugin}.
 */
class PluginTest {
    @TempDir
    static Path directory;

    private static Path sources;
    private static Path jar;

    @BeforeAll
    static void build() throws IOException, URISyntaxException {
        sources = Modules.sources("/plugin");
        Path classes = directory.resolve("classes");
        Modules.compile(sources, 9, classes, ofAll());
        jar = directory.resolve("acme-six.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            add(zip, classes);
            add(zip, sources);
        }
    }

    private static void add(JarOutputStream zip, Path from) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".class")
                            || file.toString().contains("META-INF"))
                    .toList();
        }
        for (Path file : files) {
            zip.putNextEntry(new JarEntry(from.relativize(file).toString().replace(File.separatorChar, '/')));
            zip.write(Files.readAllBytes(file));
        }
    }

    private static String ofAll() {
        return ClassPath.of(List.copyOf(ClassPath.modules().keySet()));
    }

    private static String run(String folder, List<String> options, String main) throws Exception {
        Path run = directory.resolve(folder);
        try (Child child = Child.start(
                directory.resolve(folder + "-output"),
                Path.of(System.getProperty("java.home")),
                options,
                main,
                sources.resolve("run.yaml").toString(),
                run.toString())) {
            assertEquals(0, child.status(), child.err());
            assertFalse(child.err().contains("cannot be used"), child.err());
            assertTrue(Files.exists(run.resolve("checkpoint.safetensors")));
            return child.out();
        }
    }

    private static String expected(String module) {
        return String.join(
                        System.lineSeparator(),
                        "module " + module,
                        "rings in step 3 at the rate " + 0.5 / 3,
                        "all 20 steps are done",
                        "learnt")
                + System.lineSeparator();
    }

    @Test
    void onTheClassPath() throws Exception {
        String path = jar + File.pathSeparator + ofAll();
        assertEquals(expected("unnamed"), run("on-the-class-path", List.of("-cp", path), "acme.six.Main"));
    }

    @Test
    void onTheModulePath() throws Exception {
        String path = jar + File.pathSeparator + ofAll();
        assertEquals(
                expected("acme.six"),
                run("on-the-module-path", List.of("--module-path", path, "-m"), "acme.six/acme.six.Main"));
    }
}
