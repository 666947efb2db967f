package org.rnn4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Predictions;
import org.rnn4j.training.metric.SequenceMetric;
import org.rnn4j.training.text.PairsData;
import org.rnn4j.training.text.TaggedData;

/** A text and one file are a run, whatever the kind of model; stopped and resumed, it ends with the same bytes. */
class DataSourcesTest {
    private static final String REST = """
            loss: {type: SoftmaxCrossEntropy}
            optimizer: {type: Adam}
            schedule: {type: ConstantRate, rate: 0.02}
            training: {epochs: EPOCHS, clip: 5, validateEvery: 7, metrics: [METRIC]}
            listeners: [{type: Metrics, every: 1}, BestCheckpoint, {type: Checkpoints, every: 20}]
            """;

    private static final String PAIRS =
            """
            format: 1
            seed: 5
            data: {type: Pairs, file: 'FILE', reading: reversed, rows: 8, train: 0.75, validation: 0.25}
            model:
              inputs: [source, target]
              nodes:
                read:    {inputs: [source], layer: {type: Embedding, ids: $source, width: 6}}
                encoder: {inputs: [read], layer: {type: Encoder, cell: {type: LSTM, inputs: 6, hidden: 16}}}
                write:   {inputs: [target], layer: {type: Embedding, ids: $target, width: 6}}
                decoder: {inputs: [write, encoder.h, encoder.c], layer: {type: Decoder, cell: {type: LSTM, inputs: 6, hidden: 16}}}
                output:  {inputs: [decoder], layer: {type: Affine, inputs: 16, outputs: $target}}
              outputs: [output]
            """ + REST.replace("METRIC", "exact match").replace("EPOCHS", "40");

    private static final String TAGGED =
            """
            format: 1
            seed: 5
            data: {type: Tagged, file: 'FILE', rows: 8, train: 0.75, validation: 0.25}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 6}
                lstm:   {type: TimeLSTM, inputs: 6, hidden: 8}
                output: {type: Affine, inputs: 8, outputs: $tags}
            """ + REST.replace("METRIC", "accuracy, macro F1").replace("EPOCHS", "12");

    @TempDir
    Path directory;

    private String with(String yaml, String text) throws IOException {
        return yaml.replace(
                "FILE", Files.writeString(directory.resolve("data.tsv"), text).toString());
    }

    /** The questions are of two or three letters of six, and the answer repeats the last one. */
    private static String questions() {
        return IntStream.range(0, 36 + 6)
                .mapToObj(i -> {
                    String question = "" + (i < 36 ? "" : "f") + (char) ('a' + i % 6) + (char) ('a' + i % 36 / 6);
                    return question + "\t"
                            + (question + question.charAt(question.length() - 1)).toUpperCase(Locale.ROOT);
                })
                .collect(Collectors.joining("\n"));
    }

    /** A word is a verb behind "to" and a noun elsewhere. */
    private static String words() {
        return IntStream.range(0, 32)
                .mapToObj(i -> (i % 3 == 0 ? "a\tD\n" : "")
                        + (i % 2 == 0 ? "to\tP\nwalk\tV\n" : "the\tD\nwalk\tN\n")
                        + (i % 5 == 0 ? "ends\tV\n" : ""))
                .collect(Collectors.joining("\n"));
    }

    private static TrainingRun.Result whole(TrainingRun run) {
        TrainingRun.Result result = run.start();
        assertTrue(result.ending().finished());
        return result;
    }

    private void assertSameAfterInterruptions(String yaml, RunFolder whole) throws IOException {
        RunFolder parts = new RunFolder(directory.resolve("parts"));
        for (long stop : new long[] {13, 29}) {
            TrainingRun part = Runs.byHand(yaml, parts.path());
            Runs.stopAfter(part, stop);
            TrainingRun.Result result = stop == 13 ? part.start() : part.resume();
            assertEquals(stop, result.ending().step());
        }
        assertTrue(Runs.byHand(yaml, parts.path()).resume().ending().finished());
        assertEquals(Runs.metrics(whole), Runs.metrics(parts));
        assertArrayEquals(Files.readAllBytes(whole.checkpoint()), Files.readAllBytes(parts.checkpoint()));
        assertArrayEquals(Files.readAllBytes(whole.best()), Files.readAllBytes(parts.best()));
    }

    private static Model saved(RunFolder folder) throws IOException {
        return CheckpointFile.load(folder.checkpoint(), TypeRegistry.load()).model();
    }

    @Test
    void pairs() throws IOException {
        String yaml = with(PAIRS, questions());
        TrainingRun run = Runs.byHand(yaml, directory.resolve("whole"));
        TrainingRun.Result result = whole(run);
        assertSameAfterInterruptions(yaml, run.folder());
        PairsData data = (PairsData) run.data();
        Model model = saved(run.folder());
        Predictions answers = data.answers(model, data.validation(), 5);
        assertEquals(
                result.scores().orElseThrow().metrics().get("exact match"), answers.score(SequenceMetric.EXACT_MATCH));
        assertTrue(data.answers(model, data.training(), 5).score(SequenceMetric.EXACT_MATCH) > 0.9);
        Baseline nearest = data.baselines().get(1);
        assertTrue(answers.score(SequenceMetric.EXACT_MATCH) > nearest.value(), nearest::toString);
    }

    @Test
    void tagged() throws IOException {
        String yaml = with(TAGGED, words());
        TrainingRun run = Runs.byHand(yaml, directory.resolve("whole"));
        TrainingRun.Result result = whole(run);
        assertSameAfterInterruptions(yaml, run.folder());
        TaggedData data = (TaggedData) run.data();
        // Which "walk" it is only the word before it says.
        assertTrue(data.baselines().get(1).value() < 1);
        assertEquals(1.0, result.scores().orElseThrow().metrics().get("accuracy"));
        assertEquals(1.0, result.scores().orElseThrow().metrics().get("macro F1"));
    }

    @Test
    void otherDataIsNoticed() throws IOException {
        String yaml = with(TAGGED, words());
        TrainingRun run = Runs.byHand(yaml, directory.resolve("run"));
        Runs.stopAfter(run, 13);
        run.start();
        with(TAGGED, words().replaceFirst("walk\tN", "walk\tV"));
        TrainingRun other = Runs.byHand(yaml, directory.resolve("run"));
        String message =
                assertThrows(IllegalArgumentException.class, other::resume).getMessage();
        assertTrue(message.startsWith("this run was begun on other data"), message);
    }

    @Test
    void namesOfTheOtherKindAreNotKnown() throws IOException {
        String yaml = with(PAIRS, questions()).replace("$target, width", "$vocabulary, width");
        String message = assertThrows(ConfigException.class, () -> Runs.byHand(yaml, directory))
                .getMessage();
        assertTrue(message.endsWith("unknown name $vocabulary; known here: $source, $target"), message);
    }
}
