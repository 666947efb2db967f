package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.data.Span;

class TextSourceTest {

    private static TextSource file(Path file, int rows, int steps) {
        return new TextSource(null, file.toString(), null, rows, steps, null, null, null, null);
    }

    private static String messageOf(Class<? extends Exception> type, TextSource source) {
        return assertThrows(type, source::load).getMessage();
    }

    @Test
    void aFileOfCharacters(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abcde".repeat(36) + "abcdeabcdx" + "abcdeabcde");
        TextData data = file(file, 4, 6).load();
        assertEquals(
                List.of("\uFFFD", "a", "b", "c", "d", "e"), data.vocabulary().tokens());
        assertEquals(Map.of("vocabulary", 6), data.sizes());
        assertEquals(
                Ids.of(new int[][] {{1, 2, 3, 4, 5, 1}, {5, 1, 2, 3, 4, 5}, {5, 1, 2, 3, 4, 5}, {5, 1, 2, 3, 4, 5}}),
                data.training().batch(0).inputs().get("x"));
        // The ten characters of the validation part make one row only, and x is not in the training part.
        Batch first = data.validation().batch(0);
        assertEquals(Ids.of(new int[][] {{2, 3, 4, 5, 1, 2}}), first.target());
        assertEquals(Ids.of(new int[][] {{3, 4, 0}}), data.validation().batch(1).target());
        assertEquals(2, data.validation().perEpoch());
    }

    @Test
    void aResourceIsFoundWithAndWithoutASlash() throws IOException {
        for (String name : List.of("lines.txt", "/lines.txt")) {
            TextData data = new TextSource(name, null, Unit.WORD, 1, 3, null, null, 0.5, 0.5).load();
            assertTrue(data.vocabulary().contains("cat"));
            assertFalse(data.vocabulary().contains("dog"));
            assertEquals(
                    List.of("perplexity", "perplexity", "perplexity", "perplexity"),
                    data.baselines().stream().map(Baseline::metric).toList());
        }
    }

    @Test
    void baselinesAreThoseOfTheTokensThatAreJudged(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abcabdabcabe".repeat(40));
        TextData data = new TextSource(null, file.toString(), null, 3, 5, null, null, 0.8, 0.2).load();
        int[] train = data.vocabulary().encode("abcabdabcabe".repeat(32));
        int[] held = data.vocabulary().encode("abcabdabcabe".repeat(8));
        // 96 tokens make 95 pairs, of which three rows judge 93.
        List<Baseline> baselines = data.baselines();
        assertEquals(
                List.of(1, 2, 3, 5),
                baselines.stream()
                        .map(b -> Integer.parseInt(b.method().substring(0, 1)))
                        .toList());
        double all = data.metric().of(new NGram(train, 2, 6).nats(held));
        assertEquals("bits per character", baselines.get(1).metric());
        assertEquals(all, baselines.get(1).value(), 0.1);
        assertNotEquals(all, baselines.get(1).value());
        assertTrue(baselines.get(3).value() < baselines.get(0).value());
        assertSame(baselines, data.baselines());
    }

    @Test
    void theTestPartIsJudgedInThePlaceOfTheValidationPart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "ab".repeat(40) + "a".repeat(10) + "b".repeat(10));
        TextSource source = new TextSource(null, file.toString(), null, 1, 5, null, null, 0.8, 0.1);
        TextData chosen = source.load();
        TextData judged = source.test();
        assertEquals(chosen.vocabulary(), judged.vocabulary());
        assertEquals(
                chosen.training().batch(3).inputs(), judged.training().batch(3).inputs());
        assertNotEquals(chosen.fingerprint(), judged.fingerprint());
        DataSource without = () -> chosen; // as a plugin's may be
        assertThrows(UnsupportedOperationException.class, without::test);
    }

    @Test
    void longerNGramsAreTriedForAsLongAsTheyGain(@TempDir Path folder) throws IOException {
        // Which of three letters follows up to six of another is to be known from the one in front of them.
        StringBuilder text = new StringBuilder();
        Draws draws = Draws.of(1);
        for (int i = 0; i < 400; i++) {
            text.append("xxxxxx", 0, 1 + draws.below(i, 6)).append("abc".charAt(i % 3));
        }
        Path file = Files.writeString(folder.resolve("book.txt"), text.toString());
        TextData data = new TextSource(null, file.toString(), null, 1, 20, null, null, 0.8, 0.2).load();
        List<Baseline> baselines = data.baselines();
        assertEquals(5, baselines.size());
        int best = Integer.parseInt(baselines.get(4).shortMethod().replace("-gram", ""));
        assertTrue(best > 5, baselines::toString);
        Corpus.Parts parts = Corpus.read(file).split(0.8, 0.2);
        int[] train = data.vocabulary().encode(parts.train());
        int[] held = data.vocabulary().encode(parts.validation());
        List<Span> judged = List.of(new Span(1, held.length));
        double previous = Double.POSITIVE_INFINITY;
        for (int order = 5; order <= best; order++) {
            double nats = new NGram(train, order, data.vocabulary().size())
                    .nats(held, judged)
                    .value();
            assertTrue(nats < previous - 0.001, order + "-gram: " + nats);
            previous = nats;
        }
        assertTrue(new NGram(train, best + 1, data.vocabulary().size())
                        .nats(held, judged)
                        .value()
                >= previous - 0.001);
        assertEquals(previous / Math.log(2), baselines.get(4).value(), 1e-9);
    }

    @Property
    void almostEveryValidationTokenIsJudgedOnce(
            @ForAll @IntRange(min = 2, max = 400) int held,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 20) int steps) {
        Corpus.Parts parts = new Corpus.Parts("ab".repeat(100), "a".repeat(held), "");
        TextData data = new TextData(parts, Vocabulary.of(new CharTokenizer(), parts.train()), rows, steps);
        long judged = 0;
        int judgedRows = 0;
        for (long k = 0; k < data.validation().perEpoch(); k++) {
            Batch batch = data.validation().batch(k);
            judged += batch.target().shape().size();
            judgedRows = batch.target().shape().dim(0);
            assertTrue(judgedRows <= rows && batch.target().shape().dim(1) <= steps);
        }
        assertTrue(judged <= held - 1 && judged > held - 1 - judgedRows);
    }

    @Test
    void theFingerprintIsOfDataAndCut(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abcde".repeat(40));
        Path same = Files.writeString(folder.resolve("copy.txt"), "abcde".repeat(40));
        Path other = Files.writeString(folder.resolve("other.txt"), "abcdf".repeat(40));
        String fingerprint = file(file, 4, 6).load().fingerprint();
        assertTrue(fingerprint.matches("[0-9a-f]{16}"), fingerprint);
        assertEquals(fingerprint, file(same, 4, 6).load().fingerprint());
        assertNotEquals(fingerprint, file(other, 4, 6).load().fingerprint());
        assertNotEquals(fingerprint, file(file, 6, 4).load().fingerprint());
    }

    @Test
    void whatCannotBeRead(@TempDir Path folder) throws IOException {
        assertEquals(
                "resource nowhere.txt was not found: expected a file of this name in a jar or folder of the class path,"
                        + " or in a module that is resolved (and, inside a package, opens it)",
                messageOf(IOException.class, new TextSource("/nowhere.txt", null, null, 1, 1, null, null, null, null)));
        Path missing = folder.resolve("missing.txt");
        assertEquals(
                missing + ": there is no such file; expected a UTF-8 text file at " + missing,
                messageOf(IOException.class, file(missing, 1, 1)));
        assertEquals(
                folder + ": is a directory; expected a UTF-8 text file at " + folder,
                messageOf(IOException.class, file(folder, 1, 1)));
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertEquals(
                empty + ": empty corpus, expected text", messageOf(IllegalArgumentException.class, file(empty, 1, 1)));
    }

    @Test
    void noTokenIsFrequentEnough(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abbbb".repeat(20));
        TextSource rare = new TextSource(null, file.toString(), null, 1, 1, Integer.MAX_VALUE, null, null, null);
        assertEquals(
                file + ": no token comes 2147483647 times in the training part: expected minimumCount to be at most 72,"
                        + " which is how often \"b\" comes",
                messageOf(IllegalArgumentException.class, rare));
    }

    @Test
    void whatIsTooShort(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("book.txt"), "abcde".repeat(20));
        assertEquals(
                file + ": training part: corpus of 90 ids is shorter than one window of 10 rows and 9 steps:"
                        + " expected at least 91 ids (10 x 9 + 1)",
                messageOf(IllegalArgumentException.class, file(file, 10, 9)));
        TextSource one = new TextSource(null, file.toString(), null, 1, 1, null, null, 0.9, 0.01);
        assertEquals(
                file + ": validation part: it has 1 tokens, expected at least 2, one to predict the other from",
                messageOf(IllegalArgumentException.class, one));
    }

    @Test
    void badSettings() {
        assertEquals(
                "resource or file: expected one of them, got neither",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TextSource(null, null, null, 1, 1, null, null, null, null))
                        .getMessage());
        assertEquals(
                "resource or file: expected one of them, got both, a and b",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TextSource("a", "b", null, 1, 1, null, null, null, null))
                        .getMessage());
        assertEquals(
                "file is empty, expected the name of a text",
                assertThrows(IllegalArgumentException.class, () -> new Origin(null, ""))
                        .getMessage());
        assertEquals(
                "file a\0b cannot be the name of a file here (Nul character not allowed)",
                assertThrows(IllegalArgumentException.class, () -> new Origin(null, "a\0b"))
                        .getMessage());
        assertEquals(
                "steps is 0, expected 1 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TextSource("a", null, null, 1, 0, null, null, null, null))
                        .getMessage());
        assertEquals(
                "train is 0.99 and validation is 0.05, expected train > 0, validation >= 0 and a sum of at most 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TextSource("a", null, null, 1, 1, null, null, 0.99, null))
                        .getMessage());
        assertEquals(
                "maximumSize is 1, expected 2 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TextSource("a", null, null, 1, 1, null, 1, null, null))
                        .getMessage());
    }
}
