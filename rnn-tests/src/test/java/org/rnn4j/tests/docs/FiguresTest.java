package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of figures lists what stands on the pages: no figure without a command, no command without its figure. */
class FiguresTest {
    private static final Path HOME = Path.of("..");
    private static final Path TABLE = HOME.resolve("docs/figures.tsv");

    /** A number with a decimal point, a bound such as 1e-7, or a number and its unit. */
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w.-])-?\\d[\\d,]*\\.\\d+"
            + "|\\b\\d+e-\\d+"
            + "|\\d[\\d,.]* (?:[KMG]i?B|ns|µs|ms|seconds|minutes|hours|%|GFLOP/s|times)(?!\\w)");

    /** What is no figure: where a link leads, a command, a version of ours. */
    private static final Pattern ASIDE = Pattern.compile("]\\([^)]*\\)|`[^`]*(?:\\./rnn|mvn|--|\\.java)[^`]*`");

    /** The line below the head of a table. */
    private static final Pattern RULE = Pattern.compile("\\|[-:| ]+");

    /**
     * A row of the table.
     *
     * @param page from the top of the repository
     * @param place a part of a line of the page
     * @param figure what stands in that line
     * @param spread how far it may move; {@code table} where the line is the head of a table that is listed as a whole
     */
    private record Row(String page, String place, String figure, String spread) {
        boolean isIn(String line) {
            return line.contains(place) && line.contains(figure);
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] fields = line.split("\t", -1);
                assertEquals(line.startsWith("$ ") ? 3 : 5, fields.length, line);
                if (!line.startsWith("$ ")) {
                    rows.add(new Row(fields[0], fields[1], fields[2], fields[3]));
                }
            }
        }
        return rows;
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("docs"))) {
            return Stream.concat(Stream.of("README.md"), files.map(file -> "docs/" + file.getFileName()))
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFigureOfTheTableStandsOnItsPage() throws IOException {
        List<Row> rows = rows();
        assertTrue(rows.size() > 80, rows.size() + " figures");
        List<Row> missing = new ArrayList<>();
        for (Row row : rows) {
            if (Files.readAllLines(HOME.resolve(row.page)).stream().noneMatch(row::isIn)) {
                missing.add(row);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyFigureOfThePagesIsInTheTable() throws IOException {
        List<Row> rows = rows();
        List<String> missing = new ArrayList<>();
        for (String page : pages()) {
            List<Row> own = rows.stream().filter(row -> row.page.equals(page)).toList();
            missing.addAll(missing(page, Files.readAllLines(HOME.resolve(page)), own));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void aFigureThatIsNotInTheTableIsFound() {
        List<String> lines = List.of(
                "It takes 78 seconds, [see](a-1.5.md), and `./rnn bench --warm 7.5`.",
                "```",
                "0.5",
                "```",
                "| | accuracy |",
                "|---|---|",
                "| one | 0.25 (0.20 to 0.30) |",
                "| two | 12 |",
                "",
                "| listed | by its head |",
                "|---|---|",
                "| 3 ms | 4.5 |",
                "",
                "| scale | 0.5 |",
                "|---|--:|",
                "| one | 6.5 |",
                "Within 1e-7, twice in Java 17.");
        List<Row> rows = List.of(
                new Row("page", "| one |", "0.25 (0.20", "0"),
                new Row("page", "| listed | by its head |", "listed", "table"),
                new Row("page", "| scale |", "0.5", "-"));
        assertEquals(
                List.of("page:1: 78 seconds", "page:7: 0.30", "page:16: 6.5", "page:17: 1e-7"),
                missing("page", lines, rows));
    }

    /** The figures that no row lists; the figures of a table of which a row names the head are. */
    private static List<String> missing(String page, List<String> lines, List<Row> rows) {
        List<String> missing = new ArrayList<>();
        boolean code = false;
        boolean listed = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            List<Row> here = rows.stream().filter(row -> row.isIn(line)).toList();
            if (line.startsWith("```")) {
                code = !code;
            } else if (!line.startsWith("|")) {
                listed = false;
            } else if (i + 1 < lines.size() && RULE.matcher(lines.get(i + 1)).matches()) {
                listed = here.stream().anyMatch(row -> row.spread.equals("table"));
            }
            if (code || listed) {
                continue;
            }
            Matcher figures = FIGURE.matcher(ASIDE.matcher(line).replaceAll(""));
            while (figures.find()) {
                String figure = figures.group();
                if (here.stream().noneMatch(row -> row.figure.contains(figure))) {
                    missing.add(page + ":" + (i + 1) + ": " + figure);
                }
            }
        }
        return missing;
    }
}
