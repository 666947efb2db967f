package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizesTest {
    private static Path jar(Path folder, String name, int kilobytes) throws IOException {
        return Files.write(folder.resolve(name), new byte[1000 * kilobytes]);
    }

    @Test
    void addsUpTheFilesThatEachUseNeeds(@TempDir Path folder) throws IOException {
        List<Path> classPath = List.of(
                folder.resolve("classes"),
                jar(folder, "rnn-api-1.jar", 100),
                jar(folder, "rnn-core-1.jar", 200),
                jar(folder, "rnn-layers-1.jar", 300),
                jar(folder, "ejml-core-1.jar", 400),
                jar(folder, "rnn-serialization-1.jar", 10),
                jar(folder, "jackson-core-1.jar", 20),
                jar(folder, "snakeyaml-1.jar", 30),
                jar(folder, "rnn-training-1.jar", 40),
                jar(folder, "rnn-run-1.jar", 2000),
                jar(folder, "guice-1.jar", 3000),
                jar(folder, "rnn-examples-1.jar", 7000),
                jar(folder, "picocli-1.jar", 7000));
        assertEquals(
                List.of(
                        " 1.00 MB in  4 jars: inference (core, layers)",
                        " 1.04 MB in  5 jars: training in a program of one's own (training, layers)",
                        " 1.06 MB in  7 jars: models from files (serialization, layers)",
                        " 6.10 MB in 10 jars: training from a configuration file (run, layers)"),
                Sizes.sizes(classPath));
    }

    /** What stands in this module's project file alone is for the examples, but for the plots, which training draws too. */
    @Test
    void whatOnlyTheExamplesNeedDoesNotCount(@TempDir Path folder) throws IOException {
        String dependencies = Files.readString(Path.of("pom.xml")).split("</?dependencies>", -1)[1];
        List<String> names = Pattern.compile("<artifactId>(.*)</artifactId>")
                .matcher(dependencies)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name -> !name.startsWith("rnn-") && !name.equals("xchart"))
                .toList();
        assertTrue(names.size() > 4, names::toString);
        List<Path> jars = new ArrayList<>();
        for (String name : names) {
            jars.add(jar(folder, name + "-1.jar", 1000));
        }
        assertEquals(
                " 0.00 MB in  0 jars: training from a configuration file (run, layers)",
                Sizes.sizes(jars).get(3));
    }
}
