package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/custom-layers.md shows is the outsider's plugin, which the build compiles, tests and uses. */
class CustomLayersPageTest {
    private static final Path PLUGIN = Path.of("src/it/mgu-plugin");
    private static final Path SERVICES =
            PLUGIN.resolve("src/main/resources/META-INF/services/org.rnn4j.api.LayerProvider");
    private static final Path MGU = PLUGIN.resolve("src/main/java/acme/mgu/Mgu.java");

    private final Page page = Page.read("docs/custom-layers.md");

    CustomLayersPageTest() throws IOException {}

    /** From its comment on, or from where the class begins. */
    private static String shown(Path file) throws IOException {
        String source = Regions.without(Files.readString(file));
        Matcher begin = Pattern.compile("(?m)^(/[*][*]|class )").matcher(source);
        assertTrue(begin.find(), file.toString());
        return source.substring(begin.start());
    }

    @Test
    void everyBlockOfJavaIsThePluginsCode() throws IOException {
        Path main = MGU.getParent();
        Path tests = PLUGIN.resolve("src/test/java/acme/mgu");
        List<String> expected = List.of(
                shown(MGU),
                shown(main.resolve("MguProvider.java")),
                Files.readString(PLUGIN.resolve("src/main/java/module-info.java")),
                shown(tests.resolve("MguTest.java")),
                shown(tests.resolve("MguProviderTest.java")),
                shown(main.resolve("MguKernel.java")),
                Regions.of(MGU).get("fused"));
        assertEquals(expected, page.contents("java"));
    }

    @Test
    void theDependenciesAreThePlugins() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        String expected = Regions.of(PLUGIN.resolve("pom.xml"))
                .get("dependencies")
                .replace("@project.version@", value(pom, "version"))
                .replace("@junit.version@", value(pom, "junit.version"));
        assertEquals(List.of(expected), page.contents("xml"));
    }

    private static String value(String pom, String element) {
        Matcher value =
                Pattern.compile("<" + element + ">(.*)</" + element + ">").matcher(pom);
        assertTrue(value.find(), element);
        return value.group(1);
    }

    @Test
    void theFilesAreThePlugins() throws IOException {
        try (Stream<Path> files = Files.walk(PLUGIN)) {
            String found = String.join(
                    "\n",
                    files.filter(Files::isRegularFile)
                            .map(file -> PLUGIN.relativize(file).toString().replace('\\', '/'))
                            // What lets our build run it.
                            .filter(file -> !file.equals("verify.bsh") && !file.equals("invoker.properties"))
                            .sorted()
                            .toList());
            assertEquals(List.of(found + "\n"), page.contents(""));
        }
        assertEquals(List.of(Files.readString(SERVICES)), page.contents("text"));
    }

    @Test
    void theConfigurationIsTheApplications() throws IOException {
        String configuration = Files.readString(Path.of("src/it/application/src/main/resources/run.json"));
        List<String> shown = page.contents("json");
        assertEquals(1, shown.size());
        assertTrue(configuration.contains(shown.get(0).strip()), shown.get(0));
    }

    @Test
    void linksLeadSomewhere() {
        assertTrue(page.links().size() >= 5, page.links().toString());
        for (String link : page.links()) {
            assertTrue(Files.exists(page.path().resolveSibling(link)), link);
        }
    }
}
