package org.rnn4j.run.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.listener.LineDisplay;
import org.rnn4j.training.listener.Progress;
import org.rnn4j.training.listener.ProgressDisplay;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now = -5 * SECOND;

    private final DataSet text = Reports.data(
            Map.of("vocabulary", 77),
            new Baseline("bigram (interpolated)", "bits per character", 3.5312),
            new Baseline("trigram, interpolated", "bits per character", 2.8),
            new Baseline("majority", "accuracy", 0.2));

    private Progress progress(ProgressDisplay display, DataSet data) {
        return new Progress(display, data, () -> now);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalALineIsPrintedNowAndThen() {
        Progress progress = progress(new LineDisplay(out, Duration.ofNanos(10 * SECOND), () -> now), text);
        progress.started(Reports.trainer(0));
        for (int step = 1; step <= 50; step++) {
            now += SECOND / 2;
            progress.stepped(Reports.step(step, 2000, step <= 21 ? 4 : 3));
        }
        progress.validated(Reports.validation(50, 1.7, true, "bits per character", 2.4132, "accuracy", 0.51));
        for (int step = 51; step <= 55; step++) {
            now += SECOND / 100;
            progress.stepped(Reports.step(step, 2000, 2));
        }
        progress.validated(Reports.validation(55, 1.8, false, "bits per character", 2.5));
        progress.ended(new Listener.Ending(55, "interrupted", false, false));
        assertEquals("""
                baseline: bigram (interpolated) reaches 3.531 bits per character
                baseline: trigram, interpolated reaches 2.800 bits per character
                baseline: majority reaches 0.200 accuracy
                step 21 of 2000, epoch 1: loss 4.000, 2.00 steps/s, 200 tokens/s, 16:30 left
                step 41 of 2000, epoch 1: loss 3.000, 2.00 steps/s, 200 tokens/s, 16:20 left
                step 50 validation: 2.413 bits per character, 0.510 accuracy (best); bigram 3.531, trigram 2.800
                step 55 validation: 2.500 bits per character; bigram 3.531, trigram 2.800
                step 55 of 2000, epoch 1: loss 2.643, 2.20 steps/s, 220 tokens/s, 14:46 left
                ended after step 55: interrupted
                """, printed());
    }

    @Test
    void ratesAreThoseOfThisProcess() {
        Progress progress = progress(new LineDisplay(out, Duration.ofNanos(1), () -> now), Reports.data(Map.of()));
        progress.started(Reports.trainer(1000));
        now += 2 * SECOND;
        progress.stepped(Reports.step(1001, 100_000, 0.25));
        progress.validated(Reports.validation(1001, 0.5, true));
        progress.ended(new Listener.Ending(1001, "failed", false, true));
        // The first step begins the display, which then waits its time.
        assertEquals("""
                step 1001 validation: loss 0.500 (best)
                step 1001 of 100000, epoch 1: loss 0.250, 0.50 steps/s, 50.0 positions/s, 54:59:58 left
                """, printed());
    }

    @Test
    void aRunThatEndsBeforeItsFirstStepSaysSo() {
        Progress progress = progress(new BarDisplay(out, 79), Reports.data(Map.of()));
        progress.started(Reports.trainer(7));
        progress.ended(new Listener.Ending(7, "no better validation in the last 3", false, false));
        assertEquals(
                "ended after step 7: no better validation in the last 3",
                printed().strip());
    }

    @Test
    void onATerminalMessagesStandAboveTheBar() {
        Progress progress = progress(new BarDisplay(out, 120), text);
        progress.started(Reports.trainer(0));
        now += SECOND;
        progress.stepped(Reports.step(1, 4, 3));
        progress.validated(Reports.validation(1, 1.7, true, "bits per character", 2.4132));
        progress.stepped(Reports.step(2, 4, 2));
        progress.ended(new Listener.Ending(2, "interrupted", false, false));
        List<String> lines = screen(printed());
        assertEquals(
                List.of(
                        "baseline: bigram (interpolated) reaches 3.531 bits per character",
                        "baseline: trigram, interpolated reaches 2.800 bits per character",
                        "baseline: majority reaches 0.200 accuracy",
                        "step 1 validation: 2.413 bits per character (best); bigram 3.531, trigram 2.800"),
                lines.subList(0, 4));
        assertEquals(
                " 50% [" + "=".repeat(29) + " ".repeat(29) + "] 2/4, loss 2.000, 2.00 steps/s, 200 tokens/s, 0:01 left",
                lines.get(4));
        assertEquals("ended after step 2: interrupted", lines.get(5));
        assertEquals(6, lines.size());
    }

    /** What a terminal shows in the end: a carriage return lets a line be written over. */
    private static List<String> screen(String printed) {
        return Stream.of(printed.split(System.lineSeparator()))
                .map(line -> {
                    StringBuilder shown = new StringBuilder();
                    for (String part : line.split("\r", -1)) {
                        shown.replace(0, Math.min(shown.length(), part.length()), part);
                    }
                    return shown.toString().stripTrailing();
                })
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void secondsAreChecked() {
        assertEquals(
                "seconds is 0.0, expected a number above 0",
                assertThrows(IllegalArgumentException.class, () -> new ProgressBar(0.0))
                        .getMessage());
    }
}
