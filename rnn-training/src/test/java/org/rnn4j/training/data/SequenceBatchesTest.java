package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Value;
import org.rnn4j.training.Batch;

class SequenceBatchesTest {

    /** What a batch says of one row: its valid inputs and targets. */
    private static List<List<Integer>> row(Batch batch, int n) {
        Ids in = (Ids) batch.inputs().get("x");
        Ids out = (Ids) batch.target();
        List<Integer> inputs = new ArrayList<>();
        List<Integer> targets = new ArrayList<>();
        for (int t = 0; t < in.shape().dim(1); t++) {
            if (batch.spans().valid(n, t)) {
                inputs.add(in.at(n, t));
                targets.add(out.at(n, t));
            } else {
                assertEquals(0, in.at(n, t));
                assertEquals(Ids.IGNORED, out.at(n, t));
            }
        }
        return List.of(inputs, targets);
    }

    private static int rows(Batch batch) {
        return batch.target().shape().dim(0);
    }

    @Property
    void everySequenceComesOnceAnEpochAndPredictsItsNext(
            @ForAll @Size(min = 1, max = 60) int[] raw,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int epoch) {
        int[][] sequences = new int[raw.length][];
        for (int i = 0; i < raw.length; i++) {
            sequences[i] = new int[2 + Math.floorMod(raw[i], 7)];
            for (int t = 0; t < sequences[i].length; t++) {
                sequences[i][t] = 1 + 10 * i + t; // tells the sequence and the position
            }
        }
        SequenceBatches batches = SequenceBatches.ofNext(sequences, rows, seed);
        int[] times = new int[sequences.length];
        for (long k = 0; k < batches.perEpoch(); k++) {
            Batch batch = batches.batch(epoch * batches.perEpoch() + k);
            int longest = 0;
            for (int n = 0; n < rows(batch); n++) {
                List<List<Integer>> row = row(batch, n);
                int[] sequence = sequences[(row.get(0).get(0) - 1) / 10];
                times[(row.get(0).get(0) - 1) / 10]++;
                assertArrayEquals(
                        Arrays.copyOf(sequence, sequence.length - 1),
                        row.get(0).stream().mapToInt(i -> i).toArray());
                assertArrayEquals(
                        Arrays.copyOfRange(sequence, 1, sequence.length),
                        row.get(1).stream().mapToInt(i -> i).toArray());
                assertTrue(batch.spans().begins(n, 0));
                longest = Math.max(longest, sequence.length - 1);
            }
            assertEquals(longest, batch.target().shape().dim(1));
        }
        assertTrue(Arrays.stream(times).allMatch(n -> n == 1));
    }

    @Test
    void aLabelStandsAtTheLastStep() {
        SequenceBatches batches = SequenceBatches.ofLabels(new int[][] {{4, 5, 6}, {7}}, new int[] {1, 0}, 2, 3);
        assertEquals(1, batches.perEpoch());
        Batch batch = batches.batch(0);
        int first = ((Ids) batch.inputs().get("x")).at(0, 0) == 4 ? 0 : 1;
        assertEquals(List.of(List.of(4, 5, 6), List.of(-1, -1, 1)), row(batch, first));
        assertEquals(List.of(List.of(7), List.of(0)), row(batch, 1 - first));
    }

    @Test
    void pooledLabelsAreTheSameLabels() {
        SequenceBatches batches =
                SequenceBatches.ofLabels(new int[][] {{4, 5, 6}, {7}, {8, 9}}, new int[] {1, 0, 2}, 2, 3);
        for (long i = 0; i < 6; i++) {
            Batch whole = batches.batch(i);
            Batch pooled = batches.pooled().batch(i);
            Ids labels = (Ids) pooled.target();
            assertEquals(Shape.of(whole.target().shape().dim(0)), labels.shape());
            for (int n = 0; n < labels.shape().dim(0); n++) {
                int last = whole.spans().validSteps(n, whole.target().shape().dim(1)) - 1;
                assertEquals(((Ids) whole.target()).at(n, last), labels.at(n));
            }
            assertArrayEquals(
                    ((Ids) whole.inputs().get("x")).toArray(),
                    ((Ids) pooled.inputs().get("x")).toArray());
        }
    }

    /** The valid ids of a row, behind which there is padding alone. */
    private static int[] valid(Value value, int n, Spans lengths, int padding) {
        Ids ids = (Ids) value;
        int steps = ids.shape().dim(1);
        int length = lengths.validSteps(n, steps);
        for (int t = length; t < steps; t++) {
            assertEquals(padding, ids.at(n, t));
        }
        return IntStream.range(0, length).map(t -> ids.at(n, t)).toArray();
    }

    @Property
    void everyPairComesOnceAnEpochAndIsAFunctionOfSeedAndNumber(
            @ForAll @Size(min = 1, max = 60) int[] raw,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll long seed,
            @ForAll @IntRange(max = 3) int epoch,
            @ForAll boolean sorted) {
        int[][] questions = new int[raw.length][];
        int[][] answers = new int[raw.length][];
        for (int i = 0; i < raw.length; i++) {
            int first = 1 + 20 * i; // tells the pair, the side and the position
            questions[i] =
                    IntStream.range(first, first + 1 + Math.floorMod(raw[i], 7)).toArray();
            answers[i] = IntStream.range(first + 10, first + 12 + Math.floorMod(raw[i] / 7, 5))
                    .toArray();
        }
        SequenceBatches ofSimilar = SequenceBatches.ofPairs(questions, answers, rows, seed);
        SequenceBatches batches = sorted ? ofSimilar : ofSimilar.unsorted();
        SequenceBatches others = SequenceBatches.ofPairs(questions, answers, rows, seed);
        others = sorted ? others : others.unsorted().unsorted();
        int[] times = new int[raw.length];
        for (long k = batches.perEpoch() - 1; k >= 0; k--) {
            Batch batch = batches.batch(epoch * batches.perEpoch() + k);
            // Asked for in another order, by somebody who has seen nothing of the epochs before.
            assertEquals(
                    batch.inputs(), others.batch(epoch * batches.perEpoch() + k).inputs());
            int longest = 0;
            for (int n = 0; n < rows(batch); n++) {
                Spans asked = batch.inputSpans().get("source");
                int[] question = valid(batch.inputs().get("source"), n, asked, 0);
                int i = (question[0] - 1) / 20;
                times[i]++;
                assertTrue(batch.spans().begins(n, 0));
                assertArrayEquals(questions[i], question);
                assertArrayEquals(
                        Arrays.copyOf(answers[i], answers[i].length - 1),
                        valid(batch.inputs().get("target"), n, batch.spans(), 0));
                assertArrayEquals(
                        Arrays.copyOfRange(answers[i], 1, answers[i].length),
                        valid(batch.target(), n, batch.spans(), Ids.IGNORED));
                longest = Math.max(longest, question.length);
            }
            assertEquals(longest, batch.inputs().get("source").shape().dim(1));
        }
        assertTrue(Arrays.stream(times).allMatch(n -> n == 1));
    }

    /** Of four kinds with the lengths 1 or 2 and 1 or 3, which no two have alike together. */
    @Test
    void pairsOfSimilarLengthAreTogether() {
        int[][] questions = new int[40][];
        int[][] answers = new int[40][];
        for (int i = 0; i < 40; i++) {
            questions[i] = new int[1 + i % 4 / 2];
            answers[i] = new int[2 + 2 * (i % 2)];
        }
        SequenceBatches batches = SequenceBatches.ofPairs(questions, answers, 10, 1);
        for (long k = 0; k < 4; k++) {
            Batch batch = batches.batch(k);
            int sourceSteps = batch.inputs().get("source").shape().dim(1);
            int targetSteps = batch.target().shape().dim(1);
            for (int n = 0; n < 10; n++) {
                assertEquals(sourceSteps, batch.inputSpans().get("source").validSteps(n, sourceSteps));
                assertEquals(targetSteps, batch.spans().validSteps(n, targetSteps));
            }
        }
    }

    @Test
    void aTagStandsAtEachStep() {
        SequenceBatches batches =
                SequenceBatches.ofTags(new int[][] {{4, 5, 6}, {7}}, new int[][] {{1, Ids.IGNORED, 2}, {0}}, 2, 3);
        Batch batch = batches.batch(0);
        int first = ((Ids) batch.inputs().get("x")).at(0, 0) == 4 ? 0 : 1;
        assertEquals(List.of(List.of(4, 5, 6), List.of(1, -1, 2)), row(batch, first));
        assertEquals(List.of(List.of(7), List.of(0)), row(batch, 1 - first));
        assertTrue(batch.spans().begins(0, 0) && batch.spans().begins(1, 0));
    }

    private static String refused(Executable executable) {
        return assertThrows(IllegalArgumentException.class, executable).getMessage();
    }

    @Test
    void badPairsAndTags() {
        int[][] one = {{1, 2}};
        int[][] two = {{1, 2}, {3, 4}};
        assertEquals(
                "2 questions and 1 answers: expected one for each",
                refused(() -> SequenceBatches.ofPairs(two, one, 1, 0)));
        assertEquals(
                "question 0 has length 0: expected at least 1",
                refused(() -> SequenceBatches.ofPairs(new int[][] {{}}, one, 1, 0)));
        assertEquals(
                "sequence 0 has 1 ids: expected at least 2, one to predict the other from",
                refused(() -> SequenceBatches.ofPairs(one, new int[][] {{1}}, 1, 0)));
        assertEquals(
                "2 sequences and 1 sequences of tags: expected one for each",
                refused(() -> SequenceBatches.ofTags(two, one, 1, 0)));
        assertEquals(
                "sequence 0 has 2 ids and 1 tags: expected one for each",
                refused(() -> SequenceBatches.ofTags(one, new int[][] {{1}}, 1, 0)));
        assertEquals(
                "sequence 0 has length 0: expected at least 1",
                refused(() -> SequenceBatches.ofTags(new int[][] {{}}, new int[][] {{}}, 1, 0)));
    }

    @Test
    void badSequences() {
        assertEquals(
                "sequence 1 has 1 ids: expected at least 2, one to predict the other from",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SequenceBatches.ofNext(new int[][] {{1, 2}, {3}}, 1, 0))
                        .getMessage());
        assertEquals(
                "2 sequences and 1 labels: expected one for each",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SequenceBatches.ofLabels(new int[][] {{1}, {3}}, new int[] {0}, 1, 0))
                        .getMessage());
        assertEquals(
                "sequence 0 has length 0: expected at least 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SequenceBatches.ofLabels(new int[][] {{}}, new int[] {0}, 1, 0))
                        .getMessage());
        assertEquals(
                "no sequences: expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> SequenceBatches.ofNext(new int[0][], 1, 0))
                        .getMessage());
    }
}
