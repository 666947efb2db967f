package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What surrounds the files of docs/custom-layers.md; the files themselves are cut out of the page, built and tested by src/it/mgu-plugin. */
class CustomLayersPageTest {
    private static final Path PLUGIN = Path.of("src/it/mgu-plugin");

    private final Page page = Page.read("docs/custom-layers.md");
    private final String text = Files.readString(page.path());

    CustomLayersPageTest() throws IOException {}

    @Test
    void everyBlockOfCodeHasItsPlace() {
        TreeSet<String> files = new TreeSet<>();
        for (Page.Block block : page.blocks()) {
            boolean isCode = List.of("java", "xml", "text").contains(block.language());
            assertEquals(isCode, !block.file().isEmpty(), block.content());
            if (isCode) {
                files.add(block.file());
            }
        }
        assertEquals(List.of(String.join("\n", files) + "\n"), page.contents(""));
        // What the plugin has is on the page alone.
        assertTrue(Files.notExists(PLUGIN.resolve("src")));
        assertTrue(Files.notExists(PLUGIN.resolve("pom.xml")));
    }

    @Test
    void theVersionsAreOurs() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        List<String> expected = List.of(
                value(pom, "version"),
                value(pom, "version"),
                value(pom, "version"),
                value(pom, "junit.version"),
                value(pom, "compiler-plugin.version"),
                value(pom, "surefire-plugin.version"));
        List<String> shown = Pattern.compile("(?s)<artifactId>[^<]*</artifactId>\\s*<version>([^<]*)</version>")
                .matcher(page.contents("xml").get(0))
                .results()
                .map(version -> version.group(1))
                .skip(1)
                .toList();
        assertEquals(expected, shown);
        assertTrue(text.contains("exec-maven-plugin:" + value(pom, "exec-plugin.version") + ":java"));
    }

    /** The text of the first such element of a pom. */
    static String value(String pom, String element) {
        Matcher value =
                Pattern.compile("<" + element + ">(.*)</" + element + ">").matcher(pom);
        assertTrue(value.find(), element);
        return value.group(1);
    }

    /** The first puts RNN4J into a repository, which the build does in its own way; the last measures. */
    @Test
    void theCommandsAreThoseOfTheBuild() throws IOException {
        List<String> commands = page.contents("sh");
        assertEquals("mvn install -DskipTests\n", commands.get(0));
        String goals = commands.get(1).strip().replaceFirst("^mvn ", "");
        assertTrue(
                Files.readAllLines(PLUGIN.resolve("invoker.properties")).contains("invoker.goals.1 = " + goals), goals);
        assertEquals(3, commands.size());
    }

    @Test
    void theConfigurationIsTheApplications() throws IOException {
        String configuration = Files.readString(Path.of("src/it/application/src/main/resources/run.json"));
        List<String> shown = page.contents("json");
        assertEquals(1, shown.size());
        assertTrue(configuration.contains(shown.get(0).strip()), shown.get(0));
    }

    /** What one has to know of before a first cell works. */
    @Test
    void theFirstCellNeedsSevenTypesAndThePageNamesThem() {
        List<String> types = Pattern.compile("import org[.]rnn4j[.]([a-z.]+)[.]([A-Za-z]+);")
                .matcher(page.file("src/main/java/acme/mgu/Mgu.java"))
                .results()
                .peek(used -> assertEquals("api", used.group(1)))
                .map(used -> "`" + used.group(2) + "`")
                .toList();
        assertEquals(7, types.size());
        String named = String.join(", ", types.subList(0, 6)) + " and " + types.get(6);
        assertTrue(text.contains("no others: " + named + "."), named);
    }

    @Test
    void linksLeadSomewhere() {
        assertTrue(page.links().size() >= 4, page.links().toString());
        for (String link : page.links()) {
            assertTrue(Files.exists(page.path().resolveSibling(link)), link);
        }
    }
}
