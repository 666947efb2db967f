package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Tensors;

class SequenceMetricTest {
    private static int distance(String from, String to) {
        return SequenceMetric.distance(from.chars().toArray(), to.chars().toArray());
    }

    @Test
    void distances() {
        assertEquals(3, distance("kitten", "sitting"));
        assertEquals(3, distance("saturday", "sunday"));
        assertEquals(5, distance("intention", "execution"));
        assertEquals(2, distance("ab", "ba"));
        assertEquals(4, distance("", "abcd"));
        assertEquals(0, distance("", ""));
    }

    @Property(tries = 300)
    void theDistanceIsAMetric(
            @ForAll @Size(max = 8) int[] rawA, @ForAll @Size(max = 8) int[] rawB, @ForAll @Size(max = 8) int[] rawC) {
        int[] a = few(rawA);
        int[] b = few(rawB);
        int[] c = few(rawC);
        int ab = SequenceMetric.distance(a, b);
        assertEquals(ab, SequenceMetric.distance(b, a));
        assertEquals(Arrays.equals(a, b), ab == 0);
        assertTrue(SequenceMetric.distance(a, c) <= ab + SequenceMetric.distance(b, c));
        assertTrue(ab >= Math.abs(a.length - b.length) && ab <= Math.max(a.length, b.length));
    }

    private static int[] few(int[] raw) {
        return Arrays.stream(raw).map(x -> Math.floorMod(x, 3)).toArray();
    }

    private static double value(SequenceMetric metric, Judged... windows) {
        Tally tally = metric.begin();
        Arrays.stream(windows).forEach(tally::add);
        return tally.value();
    }

    /** Row 0 is wrong in its padding and where it has no label, row 1 shifted by one, row 2 of no sequence at all. */
    @Test
    void labelledPositionsAreTheSequences() {
        int[][] targets = {{-1, 2, 1, 2}, {0, 1, 2, 0}, {-1, -1, -1, -1}};
        int[][] said = {{0, 2, 1, 0}, {1, 2, 0, 0}, {1, 1, 1, 1}};
        Judged window = Examples.said(3, said, targets, Spans.of(3, 4, 4));
        assertEquals(0.5, value(SequenceMetric.EXACT_MATCH, window));
        // 1200 of 0120: the 0 in front is missing, and one behind is too much.
        assertEquals(2 / 2.0, value(SequenceMetric.EDIT_DISTANCE, window));
        assertEquals(2 / 6.0, value(SequenceMetric.ERROR_RATE, window));
    }

    /** Right and wrong ones: 1 2 | 2 in row 0, of which the second goes on for a window, and 0 0 0 in row 1. */
    @Test
    void sequencesBeginAtResets() {
        Spans inside = Spans.full().beginning(new boolean[] {true, false, true}, new boolean[] {true});
        Judged first = Examples.said(3, new int[][] {{1, 2, 2}, {0, 0, 0}}, new int[][] {{1, 2, 2}, {0, 0, 0}}, inside);
        assertEquals(1, value(SequenceMetric.EXACT_MATCH, first));
        Judged goesOn = Examples.said(
                3, new int[][] {{1}, {1}}, new int[][] {{0}, {0}}, Spans.full().beginningAtStart(false, true));
        assertEquals(2 / 4.0, value(SequenceMetric.EXACT_MATCH, first, goesOn));
        assertEquals(2 / 8.0, value(SequenceMetric.ERROR_RATE, first, goesOn));
        // A row that begins anew without a step has ended too.
        Judged empty = Examples.said(
                3,
                new int[][] {{1}, {1}},
                new int[][] {{0}, {0}},
                Spans.of(0, 0).beginningAtStart(true, true));
        Judged more = Examples.said(3, new int[][] {{1}, {1}}, new int[][] {{0}, {0}}, Spans.full());
        assertEquals(3 / 5.0, value(SequenceMetric.EXACT_MATCH, first, empty, more));
    }

    /** Of five steps a row: one id is missing, two are said where nothing was wanted, all is right, and a row without a step. */
    @Test
    void whatTheLossReadsInWholeRows() {
        Judged window = new Judged(
                Tensors.zeros(Shape.of(4, 5, 3)),
                Ids.of(new int[][] {{1, 2, 1}, {-1, -1, -1}, {2, -1, 1}, {1, 1, 1}}),
                Spans.of(5, 5, 3, 0),
                new Judged.Loss(
                        1, 3, Optional.of(List.of(new int[] {1, 1}, new int[] {2, 1}, new int[] {2, 1}, new int[0]))));
        assertEquals(1 / 3.0, value(SequenceMetric.EXACT_MATCH, window));
        assertEquals(3 / 3.0, value(SequenceMetric.EDIT_DISTANCE, window));
        assertEquals(3 / 5.0, value(SequenceMetric.ERROR_RATE, window));
        assertEquals(6 / 10.0, value(SequenceMetric.ERROR_RATE, window, window));
    }

    /** The class 0 is a label as any other where the loss's blank is another. */
    @Test
    void theFirstClassMayBeALabel() {
        Judged window = new Judged(
                Tensors.zeros(Shape.of(1, 5, 3)),
                Ids.of(new int[][] {{0, 1, -1}}),
                Spans.full(),
                new Judged.Loss(1, 1, Optional.of(List.of(new int[] {0, 1}))));
        assertEquals(1, value(SequenceMetric.EXACT_MATCH, window));
    }

    /** Longer than any array that a sequence begins with. */
    @Test
    void aSequenceMayBeLong() {
        int[] targets = new int[100];
        Arrays.setAll(targets, t -> t % 3);
        int[] said = targets.clone();
        said[70] = said[69];
        Judged window = Examples.said(3, new int[][] {said}, new int[][] {targets}, Spans.full());
        assertEquals(1, value(SequenceMetric.EDIT_DISTANCE, window));
        assertEquals(1 / 100.0, value(SequenceMetric.ERROR_RATE, window));
    }

    @Test
    void whatADecoderWrote() {
        SequenceMetric.Pairs pairs = SequenceMetric.ERROR_RATE.begin();
        pairs.add(new int[] {1, 2, 3, 4, 5}, new int[] {1, 2});
        pairs.add(new int[0], new int[] {7});
        assertEquals(4 / 3.0, pairs.value());
    }

    @Test
    void misuse() {
        assertEquals(
                "error rate of no sequences: expected at least 1 that is not empty",
                assertThrows(
                                IllegalStateException.class,
                                () -> SequenceMetric.ERROR_RATE.begin().value())
                        .getMessage());
        assertEquals(
                "exact match: the target is numbers (1,1,1), expected ids (N,T)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> value(SequenceMetric.EXACT_MATCH, Examples.pairs(new double[1], new double[1])))
                        .getMessage());
        assertTrue(SequenceMetric.EXACT_MATCH.better(1, 0));
        assertTrue(SequenceMetric.EDIT_DISTANCE.better(0, 1));
        assertTrue(SequenceMetric.ERROR_RATE.better(0, 1));
    }
}
