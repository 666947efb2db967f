package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that maps the book's classes to ours names classes and tests that there are. */
class BookPageTest {
    private static final Path PAGE = Path.of("..", "docs", "book.md");

    /** A class of ours between backticks. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[a-z][A-Za-z]*)?`");

    @Test
    void everyClassAndTestOnTheRightIsThere() throws IOException {
        Set<String> known;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            known = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Set<String> missing = new TreeSet<>();
        int tests = 0;
        for (String[] row : rows()) {
            for (String cell : List.of(row[1], row[2])) {
                Matcher named = CLASS.matcher(cell);
                while (named.find()) {
                    tests += named.group(1).endsWith("Test") ? 1 : 0;
                    if (!known.contains(named.group(1))) {
                        missing.add(named.group(1));
                    }
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(tests > 20, tests + " tests");
    }

    @Test
    void everyRowThatHasOursHasATest() throws IOException {
        List<String> unchecked = new ArrayList<>();
        for (String[] row : rows()) {
            if (row[2].isBlank() && !row[1].contains("not needed")) {
                unchecked.add(row[0].trim());
            }
        }
        assertEquals(List.of(), unchecked);
    }

    /** The rows of the tables with the heads: the book, RNN4J, checked by. */
    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        boolean mapping = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (!line.startsWith("|")) {
                mapping = false;
            } else if (line.startsWith("| the book | RNN4J | checked by |")) {
                mapping = true;
            } else if (mapping && !line.startsWith("|---")) {
                rows.add(line.substring(1).split("\\|"));
            }
        }
        assertTrue(rows.size() >= 20, rows.size() + " rows");
        return rows;
    }
}
