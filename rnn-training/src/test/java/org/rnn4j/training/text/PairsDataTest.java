package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.Predictions;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.metric.SequenceMetric;

class PairsDataTest {
    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy();

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("pairs.tsv"), text);
    }

    private static PairsSource source(Path file, Unit unit, Reading reading) {
        return new PairsSource(null, file.toString(), unit, reading, 4, null, null, 0.75, 0.25, 3L);
    }

    /** Words of two letters and their answers, of other letters. */
    private Path words() throws IOException {
        String[] letters = {"a", "b", "c", "d"};
        StringBuilder text = new StringBuilder();
        for (String one : letters) {
            for (String two : letters) {
                text.append(one).append(two).append('\t').append((one + two + two).toUpperCase(Locale.ROOT));
                text.append("\n\n");
            }
        }
        return file(text.toString());
    }

    /** What each batch of an epoch says, question by question, decoded. */
    private static Map<String, String> read(PairsData data, Batches batches, long epoch) {
        Map<String, String> pairs = new TreeMap<>();
        for (long k = 0; k < batches.perEpoch(); k++) {
            Batch batch = batches.batch(epoch * batches.perEpoch() + k);
            Ids source = (Ids) batch.inputs().get("source");
            Ids target = (Ids) batch.target();
            for (int n = 0; n < target.shape().dim(0); n++) {
                int row = n;
                int asked = batch.inputSpans()
                        .get("source")
                        .validSteps(n, source.shape().dim(1));
                int answered = batch.spans().validSteps(n, target.shape().dim(1));
                String question = data.sides()
                        .questions()
                        .decode(IntStream.range(0, asked)
                                .map(t -> source.at(row, t))
                                .toArray());
                pairs.put(
                        question,
                        data.sides()
                                .answers()
                                .decode(IntStream.range(0, answered)
                                        .map(t -> target.at(row, t))
                                        .toArray()));
            }
        }
        return pairs;
    }

    @Test
    void aLineIsAQuestionAndItsAnswer() throws IOException {
        PairsData data = source(words(), null, null).load();
        Map<String, String> learnt = read(data, data.training(), 2);
        Map<String, String> held = read(data, data.validation(), 0);
        assertEquals(12, learnt.size());
        assertEquals(4, held.size());
        Map<String, String> all = new HashMap<>(learnt);
        all.putAll(held);
        assertEquals(16, all.size());
        all.forEach((question, answer) -> assertEquals(
                question.toUpperCase(Locale.ROOT) + question.substring(1).toUpperCase(Locale.ROOT) + "\n", answer));
        // Each side has its own letters, and the unknown one and the boundary.
        assertEquals(Map.of("source", 6, "target", 6), data.sizes());
        assertTrue(data.sides().questions().contains("a")
                && !data.sides().answers().contains("a"));
        assertEquals(
                data.fingerprint(),
                source(words(), Unit.CHARACTER, Reading.FORWARD).load().fingerprint());
    }

    @Test
    void aQuestionMayBeReadFromItsEnd() throws IOException {
        Path file = file("x one\tein\ny two\tzwei\nz three\tdrei\nz four\tvier\n");
        PairsData reversed = source(file, Unit.WORD, Reading.REVERSED).load();
        PairsData forward = source(file, Unit.WORD, Reading.FORWARD).load();
        Set<String> all = new HashSet<>(read(reversed, reversed.training(), 0).keySet());
        assertEquals(
                all,
                read(forward, forward.training(), 0).keySet().stream()
                        .map(question -> question.split(" ", -1)[1] + " " + question.split(" ", -1)[0])
                        .collect(Collectors.toSet()));
        assertNotEquals(forward.fingerprint(), reversed.fingerprint());
        Vocabulary words = reversed.sides().questions();
        assertArrayEquals(words.encode("three y z"), reversed.sides().read("z y three"));
        assertArrayEquals(words.encode("z y three"), forward.sides().read("z y three"));
    }

    /** Encodings by letters, with a boundary. */
    private static PairsData byHand(List<String> learnt, List<String> held, Reading reading) {
        Vocabulary letters = new Vocabulary(new CharTokenizer(), List.of("\n", "a", "b", "c", "d", "e"));
        return new PairsData(
                part(learnt, letters), part(held, letters), new PairsData.Sides(letters, letters, reading), 3, 1);
    }

    private static PairsData.Part part(List<String> pairs, Vocabulary letters) {
        return new PairsData.Part(
                pairs.stream()
                        .map(pair -> letters.encode(pair.split("=", -1)[0]))
                        .toArray(int[][]::new),
                pairs.stream()
                        .map(pair -> letters.encode(pair.split("=", -1)[1]))
                        .toArray(int[][]::new));
    }

    @Test
    void baselinesByHand() {
        List<String> learnt = List.of("abc=a", "bc=b", "dd=b", "eabc=c", "ad=e");
        // Most alike to ec is bc (1), to abc itself (3), to abcd eabc (0, of the same length), which answers c, to
        // abcde eabc
        // (-1), and to e each of two letters (-1), the first of which is bc.
        List<String> held = List.of("ec=b", "abc=a", "abcd=b", "abcde=c", "e=b");
        for (Reading reading : Reading.values()) {
            List<Baseline> baselines = byHand(learnt, held, reading).baselines();
            assertEquals(
                    List.of(
                            new Baseline("most frequent answer", "exact match", 0.6),
                            new Baseline("answer to the most alike question", "exact match", 0.8)),
                    baselines);
        }
    }

    @Test
    void anotherAnswerIsOtherData() {
        List<String> learnt = List.of("ab=c", "b=a");
        String fingerprint = byHand(learnt, learnt, Reading.FORWARD).fingerprint();
        assertEquals(fingerprint, byHand(learnt, learnt, Reading.FORWARD).fingerprint());
        for (String other : List.of("ab=d", "ac=c")) {
            List<String> changed = List.of(other, "b=a");
            assertNotEquals(
                    fingerprint, byHand(changed, learnt, Reading.FORWARD).fingerprint());
            assertNotEquals(
                    fingerprint, byHand(learnt, changed, Reading.FORWARD).fingerprint());
        }
    }

    private static Model model(PairsData data) {
        int source = data.sizes().get("source");
        int target = data.sizes().get("target");
        return Model.create(
                ModelSpec.graph("source", "target")
                        .node("read", new Embedding(source, 6), "source")
                        .node("encoder", new Encoder(new LSTM(6, 16)), "read")
                        .node("write", new Embedding(target, 6), "target")
                        .node("decoder", new Decoder(new LSTM(6, 16)), "write", "encoder.h", "encoder.c")
                        .node("attention", new TimeAttention(16), "decoder", "encoder")
                        .node("both", new Concat(), "attention", "decoder")
                        .node("output", new Affine(32, target), "both")
                        .build("output"),
                1);
    }

    private static Model trained(PairsData data, long steps) {
        Model model = model(data);
        Trainer trainer = new Trainer(
                model,
                new Optimizer(new Adam(), model),
                LOSS,
                TrainerSettings.steps(steps, new ConstantRate(0.02)).validatedEvery(steps));
        trainer.train(data);
        return model;
    }

    /**
     * Of models that know a little or all: the share of answers that are written right is that of a run's exact match, which looks at predictions
     * from the right beginnings alone.
     */
    @Test
    void whatIsWrittenRightIsWhatIsPredictedRight() throws IOException {
        Set<Double> seen = new HashSet<>();
        for (Reading reading : Reading.values()) {
            PairsData data = source(words(), null, reading).load();
            for (long steps : new long[] {1, 25, 150}) {
                Model model = trained(data, steps);
                Predictions written = data.answers(model, data.training(), 4);
                double exact = new Evaluator(LOSS, List.of(SequenceMetric.EXACT_MATCH))
                        .score(model, data.training())
                        .metrics()
                        .get("exact match");
                assertEquals(exact, written.score(SequenceMetric.EXACT_MATCH));
                seen.add(exact);
                assertEquals(12, written.rows().size());
                for (Predictions.Row row : written.rows()) {
                    String question = data.sides().questions().decode(row.read());
                    String wanted = data.sides().answers().decode(row.wanted());
                    assertEquals(question.toUpperCase(Locale.ROOT), wanted.substring(0, 2));
                    assertEquals(3, wanted.length());
                }
            }
        }
        assertTrue(seen.contains(1.0) && seen.size() >= 3, seen::toString);
    }

    private static void assertSameRows(Predictions expected, Predictions found) {
        assertEquals(expected.rows().size(), found.rows().size());
        for (int i = 0; i < expected.rows().size(); i++) {
            assertArrayEquals(expected.rows().get(i).read(), found.rows().get(i).read());
            assertArrayEquals(expected.rows().get(i).said(), found.rows().get(i).said());
            assertArrayEquals(
                    expected.rows().get(i).wanted(), found.rows().get(i).wanted());
        }
    }

    /** A model that is sure of each token leaves nothing to find, however wide the search. */
    @Test
    void aSearchFindsWhatAModelIsSureOf() throws IOException {
        PairsData data = source(words(), null, Reading.REVERSED).load();
        Model model = trained(data, 150);
        Predictions written = data.answers(model, data.training(), 4);
        assertEquals(1.0, written.score(SequenceMetric.EXACT_MATCH));
        for (int width : new int[] {1, 3}) {
            assertSameRows(written, data.answers(model, data.training(), 4, new BeamSearch(width, 0)));
        }
    }

    @Test
    void anAnswerIsCutAtTheLongest() throws IOException {
        PairsData data = source(words(), null, null).load();
        Predictions cut = data.answers(trained(data, 150), data.training(), 2);
        assertEquals(0.0, cut.score(SequenceMetric.EXACT_MATCH));
        assertEquals(1 / 3.0, cut.score(SequenceMetric.ERROR_RATE));
        assertTrue(cut.rows().stream().allMatch(row -> Arrays.equals(row.said(), Arrays.copyOf(row.wanted(), 2))));
    }

    private String refused(String text) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new PairsSource(null, file(text).toString(), null, null, 4, null, null, 0.5, 0.5, null)
                                .load())
                .getMessage();
    }

    @Test
    void badLines() {
        String name = folder.resolve("pairs.tsv") + ": ";
        assertEquals(name + "line 3: expected a question, a tab, and an answer", refused("a\tb\n\nc\n"));
        assertEquals(name + "line 2: expected a question, a tab, and an answer", refused("a\tb\n\tc\n"));
        assertEquals(name + "line 2: expected a question, a tab, and an answer", refused("a\tb\nc\t\n"));
        assertEquals(
                name + "line 2: more than one tab, expected a question, a tab, and an answer",
                refused("a\tb\na\tb\tc\n"));
        assertEquals(name + "validation part: no sequences: expected at least 1", refused("a\tb"));
        assertEquals("empty corpus, expected text", refused("").substring(name.length()));
    }

    @Test
    void wordsOfNothing() throws IOException {
        Path file = file("one\t\u0001\ntwo\tb\n");
        assertEquals(
                file + ": line 1: nothing to write after the tab",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PairsSource(
                                                null, file.toString(), Unit.WORD, null, 4, null, null, 0.5, 0.5, null)
                                        .load())
                        .getMessage());
    }

    @Test
    void badValues() {
        assertEquals(
                "rows is 0, expected 1 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PairsSource("a", null, null, null, 0, null, null, null, null, null))
                        .getMessage());
        assertEquals(
                "1 questions and 0 answers: expected one for each",
                assertThrows(IllegalArgumentException.class, () -> new PairsData.Part(new int[][] {{1}}, new int[0][]))
                        .getMessage());
        Vocabulary without = new Vocabulary(new CharTokenizer(), List.of("a"));
        assertEquals(
                "the vocabulary of 1 characters has no \"\\n\" for the beginning and the end of an answer",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PairsData.Sides(without, without, Reading.FORWARD))
                        .getMessage());
    }
}
