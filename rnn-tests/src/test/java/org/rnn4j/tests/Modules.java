package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Modules that tests compile themselves, out of the sources among their resources. */
final class Modules {
    private Modules() {}

    /** The folder of a resource. */
    static Path sources(String resource) throws URISyntaxException {
        return Path.of(Modules.class.getResource(resource).toURI());
    }

    /**
     * Compiles a module.
     *
     * @param count how many files it has, so that none is overlooked
     */
    static void compile(Path sources, int count, Path classes, String modulePath) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(sources)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertEquals(count, files.size(), files.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "--module-path", modulePath);
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertTrue(compiled, messages.toString());
        }
    }
}
