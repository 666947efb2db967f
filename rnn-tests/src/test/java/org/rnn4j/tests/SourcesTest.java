package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that class files no longer tell: they are read from the sources of the published modules. */
class SourcesTest {
    private static final int LEAST_FILES = 150;
    private static final int LEAST_PACKAGES = 15;

    /** A try-with-resources catches Throwable in the class file, so only the source tells who meant it. */
    private static final Pattern CATCH_THROWABLE = Pattern.compile("catch\\s*\\([^)]*\\bThrowable\\b");

    /** A Javadoc comment with a sentence, then the package. */
    private static final Pattern PACKAGE_COMMENT =
            Pattern.compile("(?s)\\A/\\*\\*.*\\w\\.\\s.*\\*/\\s*package [a-z0-9.]+;\\s*\\z");

    private static final Pattern READ_FIRST = Pattern.compile("(?is)\\b(read|start at)\\b");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ClassPath.project(), 20)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').matches(".*/rnn-[a-z]+/src/main/java/.*"))
                    .sorted()
                    .toList();
            assertTrue(found.size() >= LEAST_FILES, found.size() + " sources found");
            return found;
        }
    }

    @Test
    void nobodyCatchesThrowable() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            if (CATCH_THROWABLE.matcher(Files.readString(file)).find()) {
                found.add(file.getFileName().toString());
            }
        }
        assertEquals(Set.of(), found);
        assertTrue(
                CATCH_THROWABLE.matcher("} catch (IOException | Throwable e) {").find());
    }

    @Test
    void everyPackageSaysWhatToReadFirst() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path file : sources()) {
            if (!file.endsWith("module-info.java")) {
                packages.add(file.getParent());
            }
        }
        assertTrue(packages.size() >= LEAST_PACKAGES, packages.toString());
        Set<String> silent = new TreeSet<>();
        for (Path directory : packages) {
            Path info = directory.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!PACKAGE_COMMENT.matcher(text).matches()
                    || !READ_FIRST.matcher(text).find()) {
                silent.add(ClassPath.project().relativize(info).toString());
            }
        }
        assertEquals(Set.of(), silent);
    }

    @Test
    void theArchitecturePageIsShort() throws IOException {
        long lines = Files.readString(ClassPath.project().resolve("docs/architecture.md"))
                .lines()
                .count();
        assertTrue(lines > 0 && lines <= 150, lines + " lines");
    }
}
