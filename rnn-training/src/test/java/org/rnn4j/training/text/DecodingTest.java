package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;

class DecodingTest {
    private static final int V = 4;
    private static final int BEGIN = 0;
    private static final int END = 1;
    private static final Spans LENGTHS = Spans.of(3, 2);
    private static final Ids SOURCE = Ids.of(new int[] {2, 3, 2}, new int[] {3, 1, 0});

    private static Model seq2seq() {
        ModelSpec spec = ModelSpec.graph("source", "target")
                .node("read", new Embedding(V, 3), "source")
                .node("encoder", new Encoder(new LSTM(3, 5)), "read")
                .node("write", new Embedding(V, 3), "target")
                .node("decoder", new Decoder(new LSTM(3, 5)), "write", "encoder.h", "encoder.c")
                .node("attention", new TimeAttention(5), "decoder", "encoder")
                .node("both", new Concat(), "attention", "decoder")
                .node("output", new Affine(10, V), "both")
                .build("output");
        Model model = Model.create(spec, 7);
        float[] weights = new float[10 * V];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (4 * Draws.of(2).normal(i)); // clear preferences
        }
        model.parameter("output.weight").set(weights);
        return model;
    }

    private static Session session(Model model, Ids source, Spans lengths) {
        return model.session(Window.of(Map.of("source", source)).with("source", lengths));
    }

    /** The scores of one window, with all inputs known. */
    private static float[] window(Model model, Ids source, Spans lengths, Ids target) {
        return model.inference()
                .forward(Window.of(Map.of("source", source, "target", target)).with("source", lengths))
                .output()
                .toFloats();
    }

    @Test
    void aSessionGivesTheBitsOfAWindow() {
        Model model = seq2seq();
        int[][] target = {{0, 2, 3, 1, 2}, {0, 3, 3, 2, 1}};
        float[] expected = window(model, SOURCE, LENGTHS, Ids.of(target));
        Session session = session(model, SOURCE, LENGTHS);
        float[] y = new float[2 * V];
        for (int round = 0; round < 2; round++) {
            for (int t = 0; t < 5; t++) {
                session.step(new int[] {target[0][t], target[1][t]}, y);
                for (int n = 0; n < 2; n++) {
                    for (int v = 0; v < V; v++) {
                        assertEquals(expected[(n * 5 + t) * V + v], y[n * V + v], "row " + n + ", step " + t);
                    }
                }
            }
            assertTrue(session.replays());
            session.reset();
        }
        assertThrows(IllegalArgumentException.class, () -> model.session(2));
    }

    @Test
    void aForkAndChosenRowsGoOnFromTheSameStates() {
        Model model = seq2seq();
        Session session = session(model, SOURCE, LENGTHS);
        float[] y = new float[2 * V];
        session.step(new int[] {0, 0}, y);
        session.step(new int[] {2, 3}, y);
        Session fork = session.fork();
        float[] forked = new float[2 * V];
        fork.step(new int[] {1, 2}, forked);
        session.step(new int[] {1, 2}, y);
        assertArrayEquals(y, forked);
        float[] h = session.state().state("decoder").get("h").toFloats();
        float[] chosen = session.state().rows(1, 1, 0).state("decoder").get("h").toFloats();
        for (int i = 0; i < 5; i++) {
            assertEquals(h[5 + i], chosen[i]);
            assertEquals(h[5 + i], chosen[5 + i]);
            assertEquals(h[i], chosen[10 + i]);
        }
    }

    /** Every sequence up to a length with its log probability, from windows. */
    private static List<BeamSearch.Found> all(Model model, int longest, double penalty) {
        Ids one = Ids.of(new int[] {2, 3, 2});
        List<BeamSearch.Found> found = new ArrayList<>();
        List<List<Integer>> beginnings = List.of(List.of());
        for (int length = 0; length <= longest; length++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> beginning : beginnings) {
                int[] target = new int[length + 1];
                for (int i = 0; i < length; i++) {
                    target[i + 1] = beginning.get(i);
                }
                float[] scores = window(model, one, Spans.full(), Ids.of(target));
                double log = 0;
                for (int t = 0; t <= length; t++) {
                    int next = t < length ? beginning.get(t) : END;
                    double sum = 0;
                    for (int v = 0; v < V; v++) {
                        sum += StrictMath.exp(scores[t * V + v]);
                    }
                    log += scores[t * V + next] - StrictMath.log(sum);
                }
                found.add(new BeamSearch.Found(beginning, log, log / StrictMath.pow((6.0 + length) / 6, penalty)));
                for (int id = 0; id < V; id++) {
                    if (id != END) {
                        List<Integer> more = new ArrayList<>(beginning);
                        more.add(id);
                        longer.add(more);
                    }
                }
            }
            beginnings = longer;
        }
        found.sort(Comparator.comparingDouble(sequence -> -sequence.score()));
        return found;
    }

    @Test
    void aWideBeamSearchIsExhaustive() {
        Model model = seq2seq();
        int longest = 3;
        int width = 40; // 3³ beginnings at most, 1+3+9+27 sequences
        int[][] rows = new int[width][];
        Arrays.fill(rows, new int[] {2, 3, 2});
        for (double penalty : new double[] {0, 0.8}) {
            Session session = session(model, Ids.of(rows), Spans.full());
            List<BeamSearch.Found> found = new BeamSearch(width, penalty).search(session, BEGIN, END, longest, V);
            List<BeamSearch.Found> expected = all(model, longest, penalty);
            assertEquals(40, found.size());
            for (int i = 0; i < found.size(); i++) {
                assertEquals(expected.get(i).ids(), found.get(i).ids());
                assertEquals(expected.get(i).logProbability(), found.get(i).logProbability(), 1e-4);
                assertEquals(expected.get(i).score(), found.get(i).score(), 1e-4);
            }
        }
    }

    @Test
    void aBeamOfOneWithoutPenaltyIsGreedyUntilItsEnd() {
        Model model = seq2seq();
        Ids one = Ids.of(new int[] {2, 3, 2});
        int[] greedy = new Sampler(Choice.greedy().skipping(List.of(3)), 1)
                .write(session(model, one, Spans.full()), BEGIN, END, 6, V)[0];
        List<BeamSearch.Found> found =
                new BeamSearch(1, 0, List.of(3)).search(session(model, one, Spans.full()), BEGIN, END, 6, V);
        // The search may prefer a shorter end on the way; what it went along is the greedy sequence.
        for (int i = 0; i < found.get(0).ids().size() && i < greedy.length; i++) {
            assertEquals(greedy[i], found.get(0).ids().get(i));
        }
        assertTrue(found.get(0).ids().stream().noneMatch(id -> id == 3));
    }

    @Test
    void choicesKeepTheirLaws() {
        float[] scores = {0.5f, 2, -1, 1.9f, 0};
        Draws draws = Draws.of(5);
        int[] counts = new int[5];
        for (int i = 0; i < 2000; i++) {
            double u = draws.uniform(i);
            int any = Choice.at(1).of(scores, u);
            counts[any]++;
            assertEquals(1, Choice.greedy().of(scores, u));
            assertEquals(1, Choice.at(1e-3).of(scores, u), "a temperature near 0 is greedy");
            assertEquals(any, Choice.at(1).ofNucleus(1).of(scores, u), "all of the nucleus is plain sampling");
            assertEquals(any, Choice.at(1).ofTop(5).of(scores, u), "all of the ids are plain sampling");
            int top = Choice.at(1).ofTop(2).of(scores, u);
            assertTrue(top == 1 || top == 3);
            // p is 0.11, 0.41, 0.02, 0.37, 0.07: the two largest have 0.78.
            int nucleus = Choice.at(1).ofNucleus(0.6).of(scores, u);
            assertTrue(nucleus == 1 || nucleus == 3);
            assertEquals(3, Choice.greedy().skipping(List.of(1)).of(scores, u));
        }
        double z = 0;
        for (float score : scores) {
            z += StrictMath.exp(score);
        }
        for (int id = 0; id < 5; id++) {
            assertEquals(StrictMath.exp(scores[id]) / z, counts[id] / 2000.0, 0.05);
        }
        assertEquals(0, Choice.greedy().of(new float[] {1, 1, 1}, 0.9), "of equals the first");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Choice.at(0));
        assertThrows(IllegalArgumentException.class, () -> Choice.at(1).ofTop(0));
        assertThrows(IllegalArgumentException.class, () -> Choice.at(1).ofNucleus(1.5));
        assertThrows(IllegalArgumentException.class, () -> new BeamSearch(0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> Choice.greedy().skipping(List.of(0, 1)).of(new float[] {1, 2}, 0));
    }
}
