package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.data.Corpus;

class LinesTest {

    private static final Corpus TEXT = new Corpus(
            "names.txt", IntStream.range(0, 50).mapToObj(i -> "line " + i).collect(Collectors.joining("\n\n")));

    private static SentencesSource sentences(Path file, Unit unit, Integer maximumSize) {
        return new SentencesSource(null, file.toString(), unit, 3, null, maximumSize, 0.8, 0.2, null);
    }

    private static LabelledSource labelled(Path file) {
        return new LabelledSource(null, file.toString(), null, 4, null, null, 0.75, 0.25, null, null);
    }

    @Test
    void linesAreDealtOnceAndAtRandom() {
        Lines<Lines.Line> lines = Lines.of(TEXT, 0.6, 0.3, 1);
        assertEquals(30, lines.train().size());
        assertEquals(15, lines.validation().size());
        Set<Lines.Line> all = new HashSet<>(lines.train());
        all.addAll(lines.validation());
        assertEquals(45, all.size());
        // Every second line is blank.
        assertTrue(all.stream().allMatch(line -> line.text().equals("line " + (line.number() - 1) / 2)));
        assertTrue(lines.validation().stream().anyMatch(line -> line.number() < 59));
        assertEquals(lines, Lines.of(TEXT, 0.6, 0.3, 1));
        assertNotEquals(lines, Lines.of(TEXT, 0.6, 0.3, 2));
    }

    @Test
    void sentencesOfWords(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("s.txt"), "one two\n\nthree one\none\ntwo one two three\none two\n");
        SentencesData data = sentences(file, Unit.WORD, null).load();
        Vocabulary vocabulary = data.vocabulary();
        assertEquals(Map.of("vocabulary", 5), data.sizes()); // <unk> one two three <s>
        Set<String> seen = new HashSet<>();
        for (long k = 0; k < data.training().perEpoch(); k++) {
            Batch batch = data.training().batch(k);
            Ids in = (Ids) batch.inputs().get("x");
            Ids out = (Ids) batch.target();
            for (int n = 0; n < in.shape().dim(0); n++) {
                int length =
                        batch.spans().positions(n + 1, 0) == 0 ? 0 : in.shape().dim(1);
                while (!batch.spans().valid(n, length - 1)) {
                    length--;
                }
                assertEquals("<s>", vocabulary.token(in.at(n, 0)));
                assertEquals("<s>", vocabulary.token(out.at(n, length - 1)));
                StringBuilder sentence = new StringBuilder();
                for (int t = 0; t + 1 < length; t++) {
                    assertEquals(in.at(n, t + 1), out.at(n, t));
                    sentence.append(vocabulary.token(out.at(n, t))).append(' ');
                }
                seen.add(sentence.toString().strip());
            }
        }
        assertTrue(Set.of("one two", "three one", "one", "two one two three").containsAll(seen), seen.toString());
        assertEquals(4, data.baselines().size());
        assertTrue(data.baselines().stream().allMatch(b -> b.metric().equals("perplexity") && b.value() > 1));
        assertEquals(data.fingerprint(), sentences(file, Unit.WORD, null).load().fingerprint());
    }

    @Test
    void theBoundaryHasAPlaceInASmallVocabulary(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("s.txt"), "a a a b b c\n".repeat(5));
        assertEquals(
                List.of("<unk>", "a", "<s>"),
                sentences(file, Unit.WORD, 3).load().vocabulary().tokens());
        SentencesData characters = sentences(file, Unit.CHARACTER, null).load();
        assertTrue(characters.vocabulary().contains("\n"));
        assertEquals("bits per character", characters.metric().label());
    }

    @Test
    void plainSentencesNeedABoundary() {
        Vocabulary vocabulary = new Vocabulary(new CharTokenizer(), List.of("a", "b"));
        int[][] sentences = {{0, 1}};
        assertEquals(
                "the vocabulary of 2 characters has no \"\\n\" for the beginning and the end of a sentence",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SentencesData(sentences, sentences, vocabulary, 1, 1))
                        .getMessage());
        Vocabulary whole = new Vocabulary(new CharTokenizer(), List.of("a", "b", "\n"));
        assertEquals(
                "validation part: no sequences: expected at least 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SentencesData(sentences, new int[0][], whole, 1, 1))
                        .getMessage());
        assertEquals(
                Ids.of(new int[][] {{2, 0, 1}}),
                new SentencesData(sentences, sentences, whole, 1, 1)
                        .training()
                        .batch(0)
                        .inputs()
                        .get("x"));
    }

    @Test
    void labelledTexts(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("names.tsv"), "de\tUlm\nde\tBonn\n\nfr\tLyon\nde\tBerlin\n".repeat(5));
        LabelledData data = labelled(file).load();
        assertEquals(List.of("de", "fr"), data.names().classes());
        assertEquals(2, data.sizes().get("classes"));
        assertEquals(data.names().vocabulary().size(), data.sizes().get("vocabulary"));
        Baseline majority = data.baselines().get(0);
        assertEquals("majority", majority.method());
        assertEquals("accuracy", majority.metric());
        int labels = 0;
        int french = 0;
        for (long k = 0; k < data.validation().perEpoch(); k++) {
            for (int id : ((Ids) data.validation().batch(k).target()).toArray()) {
                labels += id >= 0 ? 1 : 0;
                french += id == 1 ? 1 : 0;
            }
        }
        assertEquals(5, labels);
        assertEquals(1 - french / 5.0, majority.value());
        assertEquals(data.fingerprint(), labelled(file).load().fingerprint());
    }

    @Test
    void badLabelledLines(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("names.tsv"), "de\tUlm\n\nParis\n");
        assertEquals(
                file + ": line 3: expected the name of a class, a tab, and a text",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LabelledSource(
                                                null, file.toString(), null, 4, null, null, 0.5, 0.5, null, null)
                                        .load())
                        .getMessage());
        assertEquals(
                "rows is 0, expected 1 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LabelledSource("a", null, null, 0, null, null, null, null, null, null))
                        .getMessage());
    }
}
