package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Spec;
import org.rnn4j.serialization.configuration.ModelFormat;

/**
 * The same seed gives the same bits, whatever the model: run twice, resumed halfway, copied in the middle; with 1 to 4 threads, vectors of any
 * width or none, on each JDK. {@link DeterminismTest} pins the bits of one model; here are random ones.
 */
class DrawnModelsTest {
    private static final int FEW = 12;
    private static final int MANY = 60;

    // ---- in one process

    @Property(tries = 25)
    void oneHash(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 5039) Integer> choices) throws IOException {
        assertOneHash(choices);
    }

    @Property(tries = 200)
    @net.jqwik.api.Tag("kills")
    void oneHashOfMany(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 5039) Integer> choices)
            throws IOException {
        assertOneHash(choices);
    }

    private static void assertOneHash(List<Integer> choices) throws IOException {
        DrawnRun run = DrawnRun.of(choices);
        String hash = run.straight();
        assertEquals(hash, run.straight(), "run twice");
        assertEquals(hash, run.copied(), "copied in the middle");
        Path directory = Files.createTempDirectory("rnn4j-drawn");
        try {
            assertEquals(hash, run.resumed(directory), "resumed halfway");
        } finally {
            Files.deleteIfExists(directory.resolve("half.safetensors"));
            Files.delete(directory);
        }
    }

    /** The hash sees what is trained: other models have others. */
    @Test
    void otherModelsHaveOtherHashes() {
        Set<String> hashes = new HashSet<>();
        for (int number = 0; number < FEW; number++) {
            assertTrue(hashes.add(DrawnRun.of(number).straight()), "run " + number + " is one of those before");
        }
        assertNotEquals(0, hashes.size());
    }

    /** As many kinds of layers as there are, but for losses. */
    @Test
    void everyLayerIsDrawn() {
        Set<String> missing = new TreeSet<>();
        DrawnRun.LAYERS.types(Spec.class).forEach((id, type) -> {
            if (!type.getPackageName().endsWith(".loss")) {
                missing.add(id);
            }
        });
        Pattern type = Pattern.compile("\"type\"\\s*:\\s*\"(\\w+)\"");
        for (int number = 0; number < 5 * MANY; number++) {
            String json = ModelFormat.toJson(DrawnRun.of(number).drawn().spec(), DrawnRun.LAYERS);
            type.matcher(json).results().forEach(found -> missing.remove(found.group(1)));
        }
        assertEquals(Set.of(), missing);
    }

    // ---- in other processes

    /**
     * How a process is started.
     *
     * @param java the home of its JDK
     * @param threads of the kernels
     * @param vectorBytes the widest vectors; 0 for plain loops, without the Vector API
     */
    private record Setting(Path java, int threads, int vectorBytes) {
        List<String> options() {
            List<String> options = new ArrayList<>(List.of("-Drnn4j.threads=" + threads));
            if (vectorBytes > 0) {
                options.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + vectorBytes));
            }
            options.addAll(List.of("-cp", String.join(File.pathSeparator, Child.classPath())));
            return options;
        }
    }

    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

    @Test
    void oneHashInAnotherProcess(@TempDir Path directory) throws Exception {
        assertOneHash(directory, FEW, List.of(new Setting(THIS_JAVA, 3, 0)));
    }

    @Test
    @Tag("kills")
    void oneHashInEverySetting(@TempDir Path directory) throws Exception {
        List<Setting> settings = new ArrayList<>(List.of(
                new Setting(THIS_JAVA, 1, 0),
                new Setting(THIS_JAVA, 2, 16),
                new Setting(THIS_JAVA, 3, 32),
                new Setting(THIS_JAVA, 4, 64)));
        Optional<Path> other = otherJava();
        other.ifPresent(java -> settings.addAll(List.of(new Setting(java, 4, 0), new Setting(java, 2, 64))));
        assertOneHash(directory, MANY, settings);
        System.out.println("Determinism: one hash of each of " + MANY + " models in " + settings.size() + " processes"
                + (other.isPresent() ? "" : "; no other JDK was found beside " + THIS_JAVA));
    }

    /** A JDK of another version beside this one. */
    private static Optional<Path> otherJava() throws IOException {
        String version = "\"" + Runtime.version().feature();
        try (Stream<Path> homes = Files.list(THIS_JAVA.getParent())) {
            for (Path home : homes.sorted().toList()) {
                Path release = home.resolve("release");
                if (Files.exists(release) && Files.exists(home.resolve("bin/javac"))) {
                    String text = Files.readString(release);
                    if (text.contains("JAVA_VERSION=\"") && !text.contains("JAVA_VERSION=" + version)) {
                        return Optional.of(home);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Compares each process, two at a time, with this one. */
    private static void assertOneHash(Path directory, int count, List<Setting> settings) throws Exception {
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < settings.size(); from += 2) {
            List<Child> children = new ArrayList<>();
            try {
                for (int i = from; i < Math.min(from + 2, settings.size()); i++) {
                    Setting setting = settings.get(i);
                    children.add(Child.start(
                            directory.resolve("setting-" + i),
                            setting.java,
                            setting.options(),
                            DrawnHashes.class,
                            Integer.toString(count)));
                }
                for (int number = expected.size(); number < count; number++) {
                    expected.add(DrawnRun.of(number).straight());
                }
                for (int i = 0; i < children.size(); i++) {
                    assertHashes(expected, children.get(i), settings.get(from + i));
                }
            } finally {
                children.forEach(Child::close);
            }
        }
    }

    private static void assertHashes(List<String> expected, Child child, Setting setting) throws Exception {
        assertEquals(0, child.status(), () -> setting + " failed");
        List<String> lines = child.out().lines().toList();
        int passes = setting.vectorBytes > 0 ? 2 : 1;
        assertEquals(passes * expected.size(), lines.size(), setting::toString);
        for (int i = 0; i < lines.size(); i++) {
            int number = i % expected.size();
            String[] parts = lines.get(i).split(" ", -1);
            assertEquals(Integer.toString(number), parts[0]);
            assertEquals(expected.get(number), parts[1], () -> setting + ", run " + number + ", " + parts[2]);
        }
        String last = lines.get(lines.size() - 1);
        assertTrue(last.endsWith(passes == 2 ? " VectorKernels" : " PlainKernels"), last);
    }
}
