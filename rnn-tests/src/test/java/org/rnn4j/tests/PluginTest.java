package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One jar of a third party brings a layer, an update rule, a schedule, a data source, a metric and a listener, and one configuration names all six:
 * on the class path and on the module path. The plugin is in {@code src/test/resources/plugin}.
 */
class PluginTest {
    private static final long TIMEOUT_SECONDS = 60;

    @TempDir
    static Path directory;

    private static Path sources;
    private static Path jar;

    @BeforeAll
    static void build() throws IOException, URISyntaxException {
        sources = Path.of(PluginTest.class.getResource("/plugin").toURI());
        Path classes = directory.resolve("classes");
        List<Path> files;
        try (Stream<Path> found = Files.walk(sources)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertEquals(9, files.size(), files.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "--module-path", ofAll());
            assertTrue(
                    compiler.getTask(messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                            .call(),
                    messages.toString());
        }
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

    private static String run(String folder, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.add(sources.resolve("run.yaml").toString());
        command.add(directory.resolve(folder).toString());
        Path output = directory.resolve(folder + ".txt");
        Path errors = directory.resolve(folder + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String problems = Files.readString(errors, StandardCharsets.UTF_8);
        assertTrue(ended, problems);
        assertEquals(0, process.exitValue(), problems);
        assertFalse(problems.contains("cannot be used"), problems);
        assertTrue(Files.exists(directory.resolve(folder).resolve("checkpoint.safetensors")));
        return Files.readString(output, StandardCharsets.UTF_8);
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
        assertEquals(
                expected("unnamed"), run("classes-run", "-cp", jar + File.pathSeparator + ofAll(), "acme.six.Main"));
    }

    @Test
    void onTheModulePath() throws Exception {
        assertEquals(
                expected("acme.six"),
                run(
                        "modules-run",
                        "--module-path",
                        jar + File.pathSeparator + ofAll(),
                        "-m",
                        "acme.six/acme.six.Main"));
    }
}
