package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/figures} with a table and pages of the test's. */
class FiguresProgramTest {
    private static final Path PROGRAM = Path.of("..", "docs", "Figures.java");
    private static final String PAGE = """
            # Results

            | LSTM | 0.812 (0.800 to 0.820) |
            | GRU | 12,000 | 3.5 |
            It takes 78 seconds a seed.
            """;

    @TempDir
    private Path home;

    private Path table;

    @BeforeEach
    void aPage() throws IOException {
        table = Files.createDirectories(home.resolve("docs")).resolve("figures.tsv");
        Files.writeString(home.resolve("page.md"), PAGE);
    }

    /** What it printed, and its exit status at the end. */
    private String run(String rows, String... options) throws IOException, InterruptedException {
        Files.writeString(table, rows.replace(" ; ", "\t"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM.toString(),
                table.toString()));
        command.addAll(List.of(options));
        Path out = home.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int status = process.waitFor();
        return Files.readString(out) + "status " + status;
    }

    private static void assertHas(String text, String part) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void figuresAreComparedAfterRoundingAndWithinTheirSpread() throws Exception {
        String said = run("""
                $ printf '  0.8124 (0.7996 to 0.8204)  accuracy\\nGRU: 12000\\nGRU, beer: 4.0\\n' ; 0.1 ; any
                page.md ; | LSTM | ; 0.812 (0.800 to 0.820) ; 0 ; # (# to #)  accuracy
                page.md ; | GRU | ; 12,000 | 3.5 ; 10% ; GRU: # && GRU, *: #
                page.md ; It takes ; 78 seconds a seed ; timing 10% ; took # seconds a seed
                """);
        assertHas(said, "3.5: now 12,000 | 4.0");
        assertHas(said, "2 figures compared, 1 moved or failed.");
        assertHas(said, "status 1");
        assertEquals(PAGE, Files.readString(home.resolve("page.md")));
    }

    @Test
    void whatMovedIsWrittenIntoThePageAndTheTable() throws Exception {
        String rows = """
                $ printf '0.8136 (0.8 to 0.9)  accuracy\\n0.5  accuracy, clipped\\n' ; 0.1 ; any
                page.md ; | LSTM | ; 0.812 (0.800 to 0.820) ; 0.001 ; # (# to #)  accuracy
                """;
        assertHas(run(rows, "--write"), "status 1");
        assertEquals(
                PAGE.replace("0.812 (0.800 to 0.820)", "0.814 (0.800 to 0.900)"),
                Files.readString(home.resolve("page.md")));
        String written = Files.readString(table);
        assertEquals(rows.replace(" ; ", "\t").replace("0.812 (0.800 to 0.820)", "0.814 (0.800 to 0.900)"), written);
        assertHas(run(written), "1 figures compared, 0 moved or failed.\nstatus 0");
    }

    @Test
    void whatCannotBeComparedIsSaid() throws Exception {
        String said = run("""
                $ echo nothing; exit 3 ; 0.1 ; any
                page.md ; | LSTM | ; 0.812 ; 0 ; #  accuracy
                $ echo something ; 0.1 ; any
                page.md ; | LSTM | ; 0.812 ; 0 ; #  accuracy
                page.md ; | LSTM | ; 0.820 ; 0 ; passes
                page.md ; | GRU | ; 12,000 ; 0 ; by hand
                $ touch ran-slow ; 60 ; any
                $ touch ran-timing ; 0.1 ; timing
                $ none ; 0 ; given
                page.md ; It takes ; 78 ; - ; guessed
                """, "--fast");
        assertHas(said, "echo nothing; exit 3: exit status 3");
        assertHas(said, "no line of the output looks like: #  accuracy");
        assertHas(said, "To compare by hand:\n  page.md: | GRU | … 12,000");
        assertHas(said, "2 figures compared, 2 moved or failed.");
        assertFalse(Files.exists(home.resolve("ran-slow")), said);
        assertFalse(Files.exists(home.resolve("ran-timing")), said);
    }
}
