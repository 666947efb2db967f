package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Mean;

class NGramTest {

    private static final double EPSILON = 1e-12;

    /**
     * A bigram model of the text 0 1 0 1 0 2 over four ids, by hand.
     *
     * <p>Counts of pairs: c(01) = 2, c(10) = 2, c(02) = 1. Single ids count the different ids before them: 0 follows the
     * beginning and 1, so c(0) = 2; c(1) = 1; c(2) = 1. Pairs: n1 = 1, n2 = 2, Y = 1/5, D(1) = 1 - 2/5 * 2 = 1/5, and D(2)
     * would be 2 since n3 = 0, so it is 1/2. Single ids: n1 = 2, n2 = 1, Y = 1/2, D(1) = 1 - 1/2 = 1/2, D(2) = 1/2.
     */
    @Test
    void bigramByHand() {
        NGram bigram = new NGram(new int[] {0, 1, 0, 1, 0, 2}, 2, 4);
        double unseen = 1.5 / 4 / 4;
        double p0 = 1.5 / 4 + unseen;
        double p1 = 0.5 / 4 + unseen;
        assertEquals(p0, bigram.probability(0), EPSILON);
        assertEquals(p1, bigram.probability(1), EPSILON);
        assertEquals(p1, bigram.probability(2), EPSILON);
        assertEquals(unseen, bigram.probability(3), EPSILON);
        assertEquals(1.5 / 3 + 0.7 / 3 * p1, bigram.probability(1, 0), EPSILON);
        assertEquals(0.8 / 3 + 0.7 / 3 * p1, bigram.probability(2, 0), EPSILON);
        assertEquals(0.7 / 3 * p0, bigram.probability(0, 0), EPSILON);
        assertEquals(1.5 / 2 + 0.5 / 2 * p0, bigram.probability(0, 1), EPSILON);
        assertEquals(p1, bigram.probability(2, 3), EPSILON); // a context never seen
        assertEquals(bigram.probability(1, 0), bigram.probability(1, 3, 2, 0)); // only the last id matters

        Mean nats = bigram.nats(new int[] {0, 1});
        assertEquals(-(StrictMath.log(p0) + StrictMath.log(1.5 / 3 + 0.7 / 3 * p1)) / 2, nats.value(), EPSILON);
        assertEquals(2, nats.count());
        assertEquals("2-gram (interpolated modified Kneser-Ney)", bigram.name());
    }

    /** Ten symbols once each are no evidence for any: the unigram model is the uniform one. */
    @Test
    void unigramOfDifferentIds() {
        NGram unigram = new NGram(new int[] {3, 1, 4, 0, 2}, 1, 5);
        for (int id = 0; id < 5; id++) {
            assertEquals(0.2, unigram.probability(id, 1, 2), EPSILON);
        }
    }

    /** The formulas of the class comment, written down as they are, over sets of n-grams as lists. */
    @Property(tries = 200)
    void agreesWithAPlainWriting(
            @ForAll @Size(min = 1, max = 80) int[] raw,
            @ForAll @IntRange(min = 1, max = 4) int order,
            @ForAll @IntRange(min = 1, max = 4) int alphabet) {
        int[] ids = Arrays.stream(raw).map(x -> Math.floorMod(x, alphabet)).toArray();
        NGram model = new NGram(ids, order, alphabet + 1);
        for (int t = 0; t < ids.length; t += 5) {
            for (int id = 0; id <= alphabet; id++) {
                int[] history = Arrays.copyOfRange(ids, Math.max(0, t - order + 1), t);
                double expected = plain(id, boxed(history), counts(ids, order), alphabet + 1);
                assertEquals(expected, model.probability(id, history), EPSILON);
            }
        }
    }

    /** Long n-grams, on a text in which some of eight symbols come again. */
    @Test
    void anEightGramAgreesWithAPlainWriting() {
        int[] ids = new int[300];
        Arrays.setAll(
                ids, t -> Draws.of(8).below(t, 8) == 0 ? Draws.of(9).below(t, 3) : new int[] {0, 1, 0, 2, 1}[t % 5]);
        NGram model = new NGram(ids, 8, 4);
        Map<List<Integer>, Integer> counts = counts(ids, 8);
        assertTrue(counts.entrySet().stream().anyMatch(e -> e.getKey().size() == 8 && e.getValue() > 3));
        for (int t = 0; t < ids.length; t++) {
            int[] history = Arrays.copyOf(ids, t);
            for (int id = 0; id < 4; id++) {
                double expected = plain(id, boxed(Arrays.copyOfRange(ids, Math.max(0, t - 7), t)), counts, 4);
                assertEquals(expected, model.probability(id, history), EPSILON);
            }
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    /** The counts by n-gram, with -1 before the beginning of the text. */
    private static Map<List<Integer>, Integer> counts(int[] ids, int order) {
        int[] text = IntStream.concat(IntStream.generate(() -> -1).limit(order), Arrays.stream(ids))
                .toArray();
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int n = 1; n <= order; n++) {
            Map<List<Integer>, Set<Object>> places = new HashMap<>();
            for (int end = order + 1; end <= text.length; end++) {
                List<Integer> gram = boxed(Arrays.copyOfRange(text, end - n, end));
                Object place = n == order ? (Object) end : (Object) text[end - n - 1];
                if (!gram.contains(-1)) {
                    places.computeIfAbsent(gram, g -> new HashSet<>()).add(place);
                }
            }
            places.forEach((gram, where) -> counts.put(gram, where.size()));
        }
        return counts;
    }

    private static double plain(int id, List<Integer> history, Map<List<Integer>, Integer> counts, int size) {
        double shorter = history.isEmpty() ? 1.0 / size : plain(id, history.subList(1, history.size()), counts, size);
        double sum = 0;
        double freed = 0;
        double kept = 0;
        for (int v = 0; v < size; v++) {
            List<Integer> gram = new ArrayList<>(history);
            gram.add(v);
            int count = counts.getOrDefault(gram, 0);
            double discount = count == 0 ? 0 : discount(Math.min(count, 3), gram.size(), counts);
            sum += count;
            freed += discount;
            kept = v == id ? count - discount : kept;
        }
        return sum == 0 ? shorter : kept / sum + freed / sum * shorter;
    }

    private static double discount(int i, int length, Map<List<Integer>, Integer> counts) {
        double[] n = new double[5];
        for (int count = 1; count <= 4; count++) {
            int wanted = count;
            n[count] = counts.entrySet().stream()
                    .filter(e -> e.getKey().size() == length && e.getValue() == wanted)
                    .count();
        }
        if (n[1] == 0 || n[i] == 0 || n[i + 1] == 0) {
            return 0.5;
        }
        double d = i - (i + 1) * n[1] / (n[1] + 2 * n[2]) * n[i + 1] / n[i];
        return d > 0 ? d : 0.5;
    }

    @Property
    void probabilitiesSumToOneAndNoneIsZero(
            @ForAll @Size(min = 1, max = 200) int[] raw,
            @ForAll @IntRange(min = 1, max = 6) int order,
            @ForAll @IntRange(min = 1, max = 8) int alphabet,
            @ForAll @Size(max = 8) int[] rawHistory) {
        int[] ids = Arrays.stream(raw).map(x -> Math.floorMod(x, alphabet)).toArray();
        int size = alphabet + 1; // the last id is never seen in training
        int[] history =
                Arrays.stream(rawHistory).map(x -> Math.floorMod(x, size)).toArray();
        assertSumsToOne(new NGram(ids, order, size), size, history);
    }

    /** Contexts out of the text itself, at every place, reach the longest n-grams. */
    @Property(tries = 100)
    void probabilitiesSumToOneAfterSeenContexts(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int order) {
        int[] ids = Arrays.stream(Shuffle.permutation(Draws.of(seed), 300))
                .map(i -> Integer.numberOfTrailingZeros(i + 1))
                .toArray();
        NGram model = new NGram(ids, order, 10);
        for (int t = 0; t < ids.length; t += 17) {
            assertSumsToOne(model, 10, Arrays.copyOf(ids, t));
        }
    }

    private static void assertSumsToOne(NGram model, int size, int[] history) {
        double sum = 0;
        for (int id = 0; id < size; id++) {
            double p = model.probability(id, history);
            assertTrue(p > 0 && p <= 1 + EPSILON, "p = " + p);
            sum += p;
        }
        assertEquals(1, sum, EPSILON);
    }

    /** An id in the upper half of the int range must not be taken for another pair's. */
    @Test
    void largeVocabulary() {
        int last = Integer.MAX_VALUE - 1;
        NGram model = new NGram(new int[] {last, 5, last, 5, last, 5, 7, 7}, 3, Integer.MAX_VALUE);
        assertTrue(model.probability(5, 7, last) > 0.5);
        assertTrue(model.probability(6, 7, last) < 1e-6);
    }

    @Test
    void longerContextsHelpOnAPeriodicText() {
        int[] ids = new int[400];
        Arrays.setAll(ids, i -> new int[] {0, 1, 0, 2}[i % 4]); // after 0 the id before it decides
        double previous = Double.MAX_VALUE;
        for (int order = 1; order <= 3; order++) {
            double bits = LikelihoodMetric.BITS_PER_CHARACTER.of(new NGram(ids, order, 3).nats(ids));
            assertTrue(bits < previous, order + "-gram: " + bits);
            previous = bits;
        }
        assertTrue(previous < 0.1, "3-gram: " + previous);
    }

    @Test
    void badInput() {
        assertThrows(IllegalArgumentException.class, () -> new NGram(new int[] {0}, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new NGram(new int[0], 2, 1));
        assertEquals(
                "id 4 at position 1 is outside the vocabulary: expected 0 to 2",
                assertThrows(IllegalArgumentException.class, () -> new NGram(new int[] {0, 4}, 2, 3))
                        .getMessage());
        NGram model = new NGram(new int[] {0, 1}, 2, 2);
        assertThrows(IllegalArgumentException.class, () -> model.probability(2));
        assertThrows(IllegalArgumentException.class, () -> model.nats(new int[] {-1}));
    }

    @Property
    void judgedPositionsAreAMeanOfTheirOwn(@ForAll @Size(min = 9, max = 60) int[] raw) {
        int[] ids = Arrays.stream(raw).map(x -> Math.floorMod(x, 5)).toArray();
        NGram model = new NGram(ids, 3, 5);
        Mean all = model.nats(ids);
        Mean head = model.nats(ids, List.of(new Span(0, 4)));
        Mean rest = model.nats(ids, List.of(new Span(4, 7), new Span(7, ids.length)));
        assertEquals(ids.length - 4, rest.count());
        // The context reaches back over the edges: the two parts are the whole.
        assertEquals(all.value() * all.count(), head.value() * 4 + rest.value() * rest.count(), 1e-9);
    }
}
