package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.Predictions;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.SequenceMetric;

class TaggedDataTest {
    @TempDir
    Path folder;

    private TaggedSource source(String text, double train, Integer minimumCount) throws IOException {
        Path file = Files.writeString(folder.resolve("tags.tsv"), text);
        return new TaggedSource(null, file.toString(), 2, minimumCount, null, train, 1 - train, null);
    }

    private static List<String> read(TaggedData data, Batches batches) {
        List<String> sequences = new ArrayList<>();
        for (long k = 0; k < batches.perEpoch(); k++) {
            Batch batch = batches.batch(k);
            Ids in = (Ids) batch.inputs().get("x");
            Ids out = (Ids) batch.target();
            for (int n = 0; n < in.shape().dim(0); n++) {
                int row = n;
                sequences.add(IntStream.range(
                                0, batch.spans().validSteps(n, in.shape().dim(1)))
                        .mapToObj(t -> data.names().vocabulary().token(in.at(row, t)) + "/"
                                + data.names().tags().get(out.at(row, t)))
                        .collect(Collectors.joining(" ")));
            }
        }
        return sequences.stream().sorted().toList();
    }

    @Test
    void aBlankLineEndsASequenceAndWordsAreAsTheyAreWritten() throws IOException {
        String text = "\n\nAnna\tN\nsings\tV\n \n\nBert\tN\n.\t.\n\nhe said\tN\n";
        TaggedData data = source(text.repeat(2), 0.5, null).load();
        List<String> all = new ArrayList<>(read(data, data.training()));
        all.addAll(read(data, data.validation()));
        List<String> once = List.of("Anna/N sings/V", "Bert/N ./.", "he said/N");
        // Words that the other half alone has are unknown.
        assertEquals(6, all.size());
        assertTrue(once.containsAll(read(data, data.training())), all::toString);
        assertEquals(data.names().vocabulary().size(), data.sizes().get("vocabulary"));
        assertEquals(List.of(".", "N", "V"), data.names().tags());
        assertEquals(3, data.sizes().get("tags"));
        assertEquals(
                data.fingerprint(), source(text.repeat(2), 0.5, null).load().fingerprint());
        assertNotEquals(
                data.fingerprint(),
                source(text.replace("Bert\tN", "Bert\tV").repeat(2), 0.5, null)
                        .load()
                        .fingerprint());
    }

    @Test
    void rareWordsAreUnknown() throws IOException {
        // Half of the four sequences have a four times and b twice.
        TaggedData data = source("a\tX\na\tX\nb\tY\n\n".repeat(4), 0.5, 3).load();
        assertEquals(List.of("<unk>", "a"), data.names().vocabulary().tokens());
        assertEquals(List.of("a/X a/X <unk>/Y", "a/X a/X <unk>/Y"), read(data, data.validation()));
    }

    private static TaggedData byHand() {
        Vocabulary words = new Vocabulary(new LineTokenizer(), List.of("<unk>", "a", "b", "c", "d"));
        TaggedData.Part train =
                new TaggedData.Part(new int[][] {{1, 1, 1, 2}, {2, 3, 3}}, new int[][] {{1, 1, 0, 2}, {1, 2, 2}});
        TaggedData.Part held =
                new TaggedData.Part(new int[][] {{1, 2, 3}, {4, 4}, {0}}, new int[][] {{1, 1, 2}, {1, 2}, {2}});
        return new TaggedData(train, held, new TaggedData.Names(words, List.of("x", "y", "z")), 2, 1);
    }

    @Test
    void baselinesByHand() {
        // Of all, y and z are three times there, and y is the smaller number. a is y, b either and so y, c is z, d is
        // not there
        // and so y, and so is what is unknown.
        assertEquals(
                List.of(
                        new Baseline("majority", "accuracy", 3 / 6.0),
                        new Baseline("most frequent tag of the token", "accuracy", 4 / 6.0)),
                byHand().baselines());
    }

    /** A model that looks each tag up says what the baseline says, and each position of each row is there. */
    @Test
    void predictionsOfAModelThatLooksTagsUp() {
        TaggedData data = byHand();
        Model model = Model.create(
                ModelSpec.chain().then("table", new Embedding(5, 3)).build(), 1);
        model.parameter("table.weight").set(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0);
        Evaluator evaluator = new Evaluator(new SoftmaxCrossEntropy(), List.of(ComparisonMetric.ACCURACY));
        assertEquals(
                data.baselines().get(1).value(),
                evaluator.score(model, data.validation()).metrics().get("accuracy"));
        Predictions predictions = evaluator.predictions(model, data.validation());
        assertEquals(3, predictions.rows().size());
        for (Predictions.Row row : predictions.rows()) {
            switch (row.read().length) {
                case 3 -> {
                    assertArrayEquals(new int[] {1, 2, 3}, row.read());
                    assertArrayEquals(new int[] {1, 1, 2}, row.said());
                    assertArrayEquals(new int[] {1, 1, 2}, row.wanted());
                }
                case 2 -> {
                    assertArrayEquals(new int[] {4, 4}, row.read());
                    assertArrayEquals(new int[] {1, 1}, row.said());
                    assertArrayEquals(new int[] {1, 2}, row.wanted());
                }
                default -> {
                    assertArrayEquals(new int[] {0}, row.read());
                    assertArrayEquals(new int[] {1}, row.said());
                    assertArrayEquals(new int[] {2}, row.wanted());
                }
            }
        }
        assertEquals(1 / 3.0, predictions.score(SequenceMetric.EXACT_MATCH));
        assertEquals(2 / 6.0, predictions.score(SequenceMetric.ERROR_RATE));
    }

    private String refused(String text, double train) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> source(text, train, null).load())
                .getMessage();
    }

    @Test
    void badLines() {
        String name = folder.resolve("tags.tsv") + ": ";
        assertEquals(
                name + "line 2: expected a token, a tab, and its tag, or nothing where a sequence ends",
                refused("a\tX\nb\n", 0.5));
        assertEquals(
                name + "line 3: expected a token, a tab, and its tag, or nothing where a sequence ends",
                refused("a\tX\n\n\tX\n", 0.5));
        assertEquals(
                name + "line 1: more than one tab, expected a token, a tab, and its tag", refused("a\tX\tY\n", 0.5));
        assertEquals(name + "validation part: no sequences: expected at least 1", refused("a\tX\n", 1));
        String alone = refused("a\tX\n\nb\tY\n\n", 0.5);
        assertTrue(
                alone.matches(
                        Pattern.quote(name)
                                + "line [13]: tag [XY] is in the validation part alone, expected one of the 1 tags of the training part"),
                alone);
    }

    @Test
    void badValues() {
        assertEquals(
                "rows is 0, expected 1 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TaggedSource("a", null, 0, null, null, null, null, null))
                        .getMessage());
        assertEquals(
                "1 sequences and 0 sequences of tags: expected one for each",
                assertThrows(IllegalArgumentException.class, () -> new TaggedData.Part(new int[][] {{1}}, new int[0][]))
                        .getMessage());
    }

    @Test
    void linesAreTokensAndGiveThemselvesAgain() {
        LineTokenizer lines = new LineTokenizer();
        List<String> tokens = new ArrayList<>();
        lines.split("one\n\ntwo words\n<unk>", tokens::add);
        assertEquals(List.of("one", "two words", "<unk>"), tokens);
        List<String> again = new ArrayList<>();
        lines.split(lines.join(tokens), again::add);
        assertEquals(tokens, again);
        assertEquals(Map.of("lines", "<unk>"), Map.of(lines.name(), lines.unknown()));
    }
}
