package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of the tests: each wrong implementation of {@link Mutant#all()} makes one of them fail. */
class MutantsTest {
    /** Those whose whole name this pattern matches. */
    private static final String CHOSEN = System.getProperty("mutants", ".*");

    /** A mutant that takes longer hangs, which is noticed too. */
    private static final long LIMIT_MINUTES = 5;

    private static final List<String> MODULES =
            List.of("rnn-api", "rnn-core", "rnn-layers", "rnn-serialization", "rnn-training", "rnn-run", "rnn-tests");

    /** By file name. */
    private static final Map<String, Path> TEST_SOURCES = testSources();

    @TempDir
    Path directory;

    private static Map<String, Path> testSources() {
        Map<String, Path> found = new HashMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ClassPath.project().resolve(module + "/src/test/java"))) {
                files.forEach(file -> found.put(file.getFileName().toString(), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /**
     * Runs test classes in a process.
     *
     * @param folder for what it writes
     * @param classes in front of its class path
     * @return the first test that failed, or nothing
     */
    private static String run(Path folder, List<Path> classes, List<String> tests)
            throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        classes.forEach(entry -> classPath.add(entry.toString()));
        classPath.addAll(Child.classPath());
        for (String module : MODULES) {
            classPath.add(
                    ClassPath.project().resolve(module + "/target/test-classes").toString());
        }
        List<String> options = List.of(
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                String.join(File.pathSeparator, classPath));
        Path java = Path.of(System.getProperty("java.home"));
        try (Child child =
                Child.start(folder.resolve("run"), java, options, FirstFailure.class, tests.toArray(String[]::new))) {
            if (!child.endsIn(TimeUnit.MINUTES.toMillis(LIMIT_MINUTES))) {
                return "no end in " + LIMIT_MINUTES + " minutes";
            }
            int status = child.status();
            if (status != 0 && status != FirstFailure.FAILED) {
                throw new AssertionError("status " + status + ": " + child.out() + child.err());
            }
            return status == 0 ? "" : child.out().strip();
        }
    }

    /** The names of the classes of a mutant's tests, as the JVM writes them. What comes after a dot is a nested class. */
    private static List<String> tests(Mutant mutant) throws IOException {
        List<String> tests = new ArrayList<>();
        for (String test : mutant.tests()) {
            String[] parts = test.split("\\.", 2);
            Path source = TEST_SOURCES.get(parts[0] + ".java");
            assertTrue(
                    source != null && Files.readString(source).contains("class " + parts[parts.length - 1] + " "),
                    mutant.name() + ": no test class " + test);
            String module = ClassPath.project().relativize(source).getName(0) + "/src/test/java";
            String path = ClassPath.project().resolve(module).relativize(source).toString();
            tests.add(path.replace(".java", "").replace(File.separatorChar, '.')
                    + (parts.length == 1 ? "" : "$" + parts[1]));
        }
        return tests;
    }

    @Test
    void theTableFitsTheSources() throws IOException {
        List<Mutant> mutants = Mutant.all();
        long repairs = mutants.stream()
                .filter(mutant -> mutant.name().startsWith("Repair: "))
                .count();
        assertSays("README.md", "on " + mutants.size() + " [wrong implementations]");
        assertSays(
                "docs/mutation.md",
                "holds " + mutants.size() + " wrong implementations. " + (mutants.size() - repairs)
                        + " are plausible mistakes");
        assertSays("docs/mutation.md", "The other " + repairs + " take back a repair");
        assertEquals(
                mutants.size(), mutants.stream().map(Mutant::name).distinct().count());
        for (Mutant mutant : mutants) {
            assertEquals(1, mutant.occurrences(), mutant.name());
            assertFalse(tests(mutant).isEmpty(), mutant.name());
        }
    }

    private static void assertSays(String page, String words) throws IOException {
        String text = Files.readString(ClassPath.project().resolve(page));
        assertTrue(text.contains(words), page + " does not say: " + words);
    }

    @Test
    @Tag("mutants")
    void theTestsNoticeEachMutant() throws Exception {
        List<Mutant> mutants = Mutant.all().stream()
                .filter(mutant -> mutant.name().matches(CHOSEN))
                .toList();
        assertFalse(mutants.isEmpty(), CHOSEN);
        Set<String> tests = new TreeSet<>();
        for (Mutant mutant : mutants) {
            tests.addAll(tests(mutant));
        }
        assertEquals("", run(folder("none"), List.of(), List.copyOf(tests)), "without any mutant");
        List<String> survivors = new ArrayList<>();
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            Map<Mutant, Future<String>> results = new HashMap<>();
            for (Mutant mutant : mutants) {
                results.put(mutant, workers.submit(() -> noticed(mutant, folder("m" + mutants.indexOf(mutant)))));
            }
            for (Mutant mutant : mutants) {
                String by = results.get(mutant).get();
                if (by.isEmpty()) {
                    survivors.add(mutant.name());
                }
                System.out.println(
                        by.isEmpty() ? "SURVIVED " + mutant.name() : "caught " + mutant.name() + " by " + by);
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.println((mutants.size() - survivors.size()) + " of " + mutants.size() + " caught");
        assertEquals(List.of(), survivors);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    private static String noticed(Mutant mutant, Path folder) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        mutant.compile(classes);
        return run(folder, List.of(classes), tests(mutant));
    }
}
