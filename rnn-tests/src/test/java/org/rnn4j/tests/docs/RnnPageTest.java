package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.core.linear.LeastSquares;
import org.rnn4j.core.linear.Spectrum;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.testkit.RecurrentContract;
import org.rnn4j.training.Batch;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.text.Vocabulary;
import org.rnn4j.training.text.WordTokenizer;

/**
 * The snippets of docs/rnn.md and docs/rnn.ko.md, run. What a page shows as Java is a region of this file, and what it shows as text is
 * what that region printed here. A change of either fails with the block that the pages should have.
 */
class RnnPageTest {
    private final Page english = Page.read("docs/rnn.md");
    private final Page korean = Page.read("docs/rnn.ko.md");
    private final Map<String, String> regions = Regions.of(RnnPageTest.class);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    RnnPageTest() throws IOException {}

    /** Ends a region that has just run: what was printed since the last one is what both pages show behind it. */
    private void ran(String region) {
        String text = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        for (Page page : List.of(english, korean)) {
            assertEquals(page.printedBy(regions.get(region)), text, page.path() + ": printed by " + region);
        }
    }

    // The pages.

    @Test
    void everyBlockOfJavaIsARegionAndEveryRegionIsShown() {
        assertEquals(15, regions.size());
        List<String> shown = english.contents("java");
        assertEquals(regions.size(), shown.size());
        assertEquals(Set.copyOf(regions.values()), Set.copyOf(shown));
    }

    @Test
    void everyRegionRuns() throws IOException {
        String source = Files.readString(Regions.source(RnnPageTest.class));
        for (String region : regions.keySet()) {
            assertEquals(2, source.split("ran\\(\"" + region + "\"\\);", -1).length, "calls of ran for " + region);
        }
    }

    @Test
    void everyTextIsPrintedByTheJavaBeforeIt() {
        List<Page.Block> blocks = english.blocks();
        int texts = 0;
        for (int i = 0; i < blocks.size(); i++) {
            String language = blocks.get(i).language();
            assertTrue(List.of("java", "text", "").contains(language), "a block of " + language);
            if (language.equals("text")) {
                assertEquals("java", blocks.get(i - 1).language(), blocks.get(i).content());
                texts++;
            }
        }
        assertEquals(9, texts);
    }

    @Test
    void bothPagesHaveTheSameBlocksAndSections() {
        assertEquals(english.blocks(), korean.blocks());
        assertEquals(english.headings(), korean.headings());
        assertEquals(15, english.headings().size());
    }

    @Test
    void linksLeadSomewhere() {
        for (Page page : List.of(english, korean)) {
            assertTrue(page.links().size() > 5, page.path() + " has " + page.links());
            for (String link : page.links()) {
                assertTrue(Files.exists(page.path().resolveSibling(link)), page.path() + ": " + link);
            }
        }
        assertTrue(english.links().contains("rnn.ko.md"));
        assertTrue(korean.links().contains("rnn.md"));
    }

    // The snippets, in the pages' order.

    void show(String name, Tensor tensor) {
        out.print(name + " " + tensor.shape() + "\n");
        float[] numbers = tensor.toFloats();
        int columns = tensor.shape().columns();
        for (int i = 0; i < numbers.length; i++) {
            out.printf(Locale.ROOT, (i + 1) % columns == 0 ? "%9.4f\n" : "%9.4f", numbers[i]);
        }
    }

    /** (N,D) to (D,N), as the product I·xᵀ. */
    static Tensor transposed(Tensor x) {
        int d = x.shape().dim(1);
        float[] identity = new float[d * d];
        for (int i = 0; i < d; i++) {
            identity[i * d + i] = 1;
        }
        return x.constant(Shape.of(d, d), identity).matmulTransposed(x);
    }

    @Test
    void oneStepForwardAndBackward() {
        assertArrayEquals(
                new float[] {1, 4, 2, 5, 3, 6},
                transposed(Tensors.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)).toFloats());
        // snippet: step
        Tensor x = Tensors.variable(Shape.of(2, 3), 1, 0, -1, 0.5f, 2, 0); // N=2 rows of D=3
        Tensor hPrev = Tensors.variable(Shape.of(2, 2), 0.5f, -0.5f, 0, 1); // N=2 rows of H=2
        Tensor wx = Tensors.variable(Shape.of(3, 2), 0.1f, 0.4f, 0.2f, -0.3f, -0.5f, 0.6f);
        Tensor wh = Tensors.variable(Shape.of(2, 2), 0.7f, 0.2f, -0.4f, 0.8f);
        Tensor b = Tensors.variable(Shape.of(2), 0.1f, -0.1f);

        Tensor h = hPrev.matmul(wh).plus(x.matmul(wx)).plus(b).tanh(); // the equation

        Recurrent rnn = new RNN.Cell(wx, wh, b); // the class
        Step step = rnn.step(x, State.of("h", hPrev));
        show("h", step.output());
        // end
        ran("step");
        assertArrayEquals(h.toFloats(), step.output().toFloats());
        assertArrayEquals(h.toFloats(), step.state().get("h").toFloats());
        double a = 0.5 * 0.7 - 0.5 * -0.4 + 1 * 0.1 - 1 * -0.5 + 0.1;
        assertEquals(StrictMath.tanh(a), h.toDoubles()[0], 1e-6);

        // snippet: backward
        // By hand. The loss is sum(h * dh), so that its gradient with respect to h is dh.
        Tensor dh = Tensors.of(Shape.of(2, 2), 1, -2, 3, 0.5f);
        Tensor dt = dh.times(h.times(h).oneMinus());
        Tensor db = Tensors.of(Shape.of(1, 2), 1, 1).matmul(dt); // the sum of the rows
        Tensor dWh = transposed(hPrev).matmul(dt);
        Tensor dWx = transposed(x).matmul(dt);
        Tensor dhPrev = dt.matmulTransposed(wh);
        Tensor dx = dt.matmulTransposed(wx);

        // Through the tensors of the class.
        Gradients gradients = Gradients.of(step.output().times(dh).sum());
        show("dWh, by hand", dWh);
        show("dWh, Gradients.of", gradients.get(wh));

        // The mistake: the old state in place of the new one.
        Tensor wrong = dh.times(hPrev.times(hPrev).oneMinus());
        show("dWh, from a stale h", transposed(hPrev).matmul(wrong));
        // end
        ran("backward");
        Map<Tensor, Tensor> byHand = Map.of(wh, dWh, wx, dWx, b, db, hPrev, dhPrev, x, dx);
        assertEquals(5, byHand.size());
        byHand.forEach((variable, gradient) ->
                assertArrayEquals(gradients.get(variable).toFloats(), gradient.toFloats(), 1e-6f));
        assertTrue(norm(gradients.get(wh).minus(transposed(hPrev).matmul(wrong))) > 0.1);
    }

    @Test
    void manySteps() {
        // snippet: time
        ModelSpec spec = ModelSpec.chain().then("rnn", new TimeRNN(3, 2)).build();
        Model model = Model.create(spec, 1);
        Tensor xs = Tensors.of(Shape.of(1, 4, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1); // N=1, T=4, D=3
        Tensor hs = model.forward(xs);
        out.print(model.parameters() + "\n");
        show("hs", hs);
        // end
        ran("time");
        Recurrent cell = new RNN.Cell(
                model.parameter("rnn.cell.wx").snapshot(),
                model.parameter("rnn.cell.wh").snapshot(),
                model.parameter("rnn.cell.b").snapshot());
        State state = State.of("h", Tensors.zeros(Shape.of(1, 2)));
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Step step = cell.step(xs.step(t), state);
            outputs.add(step.output());
            state = step.state();
        }
        Tensor same = Tensor.stack(outputs);
        assertEquals(Shape.of(1, 4, 2), same.shape());
        assertArrayEquals(hs.toFloats(), same.toFloats(), 1e-6f);
    }

    static double norm(Tensor gradient) {
        double sum = 0;
        for (double g : gradient.toDoubles()) {
            sum += g * g;
        }
        return Math.sqrt(sum);
    }

    @Test
    void windows() {
        assertEquals(5, norm(Tensors.of(Shape.of(2), 3, 4)));
        // snippet: carry
        ModelSpec spec = ModelSpec.chain().then("rnn", TimeRNN.stateful(2, 3)).build();
        Model model = Model.create(spec, 1);
        Tensor first = Tensors.variable(Shape.of(1, 3, 2), 1, 0, 0, 1, 1, 1);
        Tensor second = Tensors.variable(Shape.of(1, 3, 2), 0, 1, 1, 0, 1, 1);

        Carry carry = Carry.none(); // starts from zeros
        Forward forward = model.forward(Window.of(first).with(carry));
        carry = forward.carry();
        forward = model.forward(Window.of(second).with(carry));

        Gradients gradients = Gradients.of(forward.output().sum());
        out.printf(Locale.ROOT, "second window %.4f\n", norm(gradients.get(second)));
        out.printf(Locale.ROOT, "first window  %.4f\n", norm(gradients.get(first)));
        // end
        ran("carry");
        assertEquals(0, norm(gradients.get(first)));
        assertTrue(norm(gradients.get(second)) > 0.05);

        List<Tensor> all = new ArrayList<>();
        for (Tensor window : List.of(first, second)) {
            for (int t = 0; t < 3; t++) {
                all.add(window.step(t));
            }
        }
        Tensor whole = model.forward(Tensor.stack(all));
        for (int t = 0; t < 3; t++) {
            assertArrayEquals(
                    whole.step(3 + t).toFloats(), forward.output().step(t).toFloats());
        }
        Tensor last = Tensor.stack(List.of(whole.step(3), whole.step(4), whole.step(5)));
        assertTrue(norm(Gradients.of(last.sum()).get(first)) > 0.01);
    }

    // snippet: back
    /** The norm of the gradient of the last step's loss with respect to the first step's input. */
    static double normAfter(int steps, double gain) {
        TimeRNN layer = new TimeRNN(8, 8, Init.orthogonal(gain), null);
        ModelSpec spec = ModelSpec.chain().then("rnn", layer).build();
        Tensor xs = Tensors.variable(Shape.of(1, steps, 8), new float[steps * 8]); // zeros: no tanh is saturated
        Tensor hs = Model.create(spec, 1).forward(xs);
        Tensor loss = hs.step(steps - 1).sum();
        return norm(Gradients.of(loss).get(xs).step(0));
    }
    // end

    @Test
    void vanishingAndExploding() {
        ran("back");
        // snippet: vanish
        out.print("steps  gain 0.5  gain 1.0  gain 1.5\n");
        for (int steps : new int[] {1, 2, 5, 10, 15, 20}) {
            double[] norms = {normAfter(steps, 0.5), normAfter(steps, 1.0), normAfter(steps, 1.5)};
            out.printf(Locale.ROOT, "%5d  %8.1e  %8.1f  %8.1f\n", steps, norms[0], norms[1], norms[2]);
        }
        // end
        ran("vanish");
        for (int steps = 2; steps <= 20; steps++) {
            assertEquals(0.5, normAfter(steps, 0.5) / normAfter(steps - 1, 0.5), 1e-3);
            assertEquals(1.0, normAfter(steps, 1.0) / normAfter(steps - 1, 1.0), 1e-3);
            assertEquals(1.5, normAfter(steps, 1.5) / normAfter(steps - 1, 1.5), 1e-3);
        }
    }

    /** A thousand random numbers from -0.5 to 0.5, so many steps late. */
    private static Tensor noise(long seed, int delay) {
        Draws draws = Draws.of(seed);
        float[] values = new float[1000];
        for (int t = 0; t < values.length; t++) {
            values[t] = (float) draws.uniform(1000 + t - delay) - 0.5f;
        }
        return Tensors.of(Shape.of(1, values.length, 1), values);
    }

    @Test
    void echoes() {
        // snippet: echo
        ModelSpec spec = ModelSpec.chain()
                .then("rnn", new TimeRNN(1, 100, Init.normal(1), null))
                .build();
        Model reservoir = Model.create(spec, 1).inference();
        Parameter wh = reservoir.parameter("rnn.cell.wh");
        Tensor weights = wh.snapshot();
        for (double radius : new double[] {0.3, 0.6, 0.9}) {
            wh.set(weights.times(radius / Spectrum.radius(weights)).toFloats());
            Tensor states = reservoir.forward(noise(1, 0)); // (1,1000,1) to (1,1000,100)
            Tensor readout = LeastSquares.ridge(states, noise(1, 10), 1e-6); // (100,1)
            Tensor recalled = reservoir.forward(noise(2, 0)).matmul(readout);
            double error = norm(recalled.minus(noise(2, 10))) / Math.sqrt(1000);
            out.printf(Locale.ROOT, "radius %.1f  off by %.3f\n", radius, error);
        }
        // end
        ran("echo");
        assertEquals(0.9, Spectrum.radius(wh.snapshot()), 1e-6);
    }

    @Test
    void lengths() {
        // snippet: lengths
        ModelSpec spec = ModelSpec.chain().then("rnn", new TimeRNN(1, 2)).build();
        Model model = Model.create(spec, 1);
        float pad = Float.NaN;
        Tensor xs = Tensors.of(Shape.of(2, 2, 1), 1, 2, 1, pad);
        Forward forward = model.forward(Window.of(xs).with(Spans.of(2, 1)));
        show("outputs", forward.output());
        show("last valid state", forward.carry().state("rnn").get("h"));
        // end
        ran("lengths");
        float[] outputs = forward.output().toFloats();
        float[] last = forward.carry().state("rnn").get("h").toFloats();
        assertArrayEquals(new float[] {outputs[2], outputs[3], outputs[4], outputs[5]}, last);
        assertArrayEquals(new float[2], new float[] {outputs[6], outputs[7]});
    }

    @Test
    void streaming() {
        // snippet: session
        ModelSpec spec = ModelSpec.chain().then("rnn", new TimeRNN(3, 2)).build();
        Model model = Model.create(spec, 1);
        Session session = model.session(1); // one stream
        float[] y = new float[2];
        session.step(new float[] {1, 0, 0}, y); // x_0
        session.step(new float[] {0, 1, 0}, y); // x_1
        Session fork = session.fork(); // continues independently from here
        session.step(new float[] {0, 0, 1}, y); // x_2: y is now h_2
        // end
        ran("session");
        Tensor whole = model.forward(Tensors.of(Shape.of(1, 3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1));
        assertArrayEquals(whole.step(2).toFloats(), y);
        float[] forked = new float[2];
        fork.step(new float[] {0, 0, 1}, forked);
        assertArrayEquals(y, forked);
    }

    // snippet: model
    /** A model from words to two scores each, with the given layer in the middle. */
    static Model model(int words, LayerSpec<?> middle) {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(words, 16, Init.normal(1)))
                .then("middle", middle)
                .then("output", new Affine(16, 2))
                .build();
        return Model.create(spec, 1);
    }
    // end

    // snippet: train
    /** Trains a model on one batch of labelled sentences and returns the final loss. */
    static double train(Model model, Batch batch) {
        Loss loss = new SoftmaxCrossEntropy();
        Optimizer optimizer = new Optimizer(new Adam(), model);
        Window window = Window.of(batch.inputs()).with(batch.spans());
        for (int epoch = 0; epoch < 60; epoch++) {
            Tensor scores = model.forward(window).output();
            Gradients gradients = Gradients.of(loss.of(scores, batch.target(), batch.spans()));
            gradients.clip(1, model.parameters());
            optimizer.step(gradients, 0.02);
        }
        return loss.of(model.forward(window).output(), batch.target(), batch.spans())
                .item();
    }
    // end

    /** The probability that a sentence is positive: what the softmax says behind its last word. */
    static double isPositive(Model model, int[] sentence) {
        Tensor scores = model.inference().forward(Ids.of(sentence));
        return scores.step(sentence.length - 1).logSoftmax().exp().columns(1, 2).item();
    }

    @Test
    void sentences() {
        // snippet: batch
        String[] positive = {
            "it was good", "it was not bad", "it was good, not bad",
            "it was wonderful", "it was not boring", "it was not bad, but good"
        };
        String[] negative = {
            "it was bad", "it was not good", "it was bad, not good",
            "it was boring", "it was not wonderful", "it was not good, but bad"
        };
        List<String> texts = Stream.of(positive, negative).flatMap(Stream::of).toList();
        Vocabulary words = Vocabulary.of(new WordTokenizer(), String.join(" ", texts));
        int[][] ids = texts.stream().map(words::encode).toArray(int[][]::new);
        int[] labels = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
        Batch batch = SequenceBatches.ofLabels(ids, labels, 12, 1).batch(0);
        // end
        ran("batch");
        assertEquals(Shape.of(12, 7), batch.target().shape());
        assertEquals(12, new SoftmaxCrossEntropy().positions(batch.target(), batch.spans()));
        ran("model");
        ran("train");
        // snippet: judge
        Model feedForward = model(words.size(), new Affine(16, 16));
        Model recurrent = model(words.size(), new TimeRNN(16, 16));
        out.printf(Locale.ROOT, "loss %.4f feed-forward\n", train(feedForward, batch));
        out.printf(Locale.ROOT, "loss %.4f recurrent\n\n", train(recurrent, batch));

        for (String unseen : List.of(
                "it was wonderful, not boring",
                "it was boring, not wonderful",
                "it was not boring, but wonderful",
                "it was not wonderful, but boring")) {
            int[] sentence = words.encode(unseen);
            Tensor scores = recurrent.forward(Ids.of(sentence)).step(sentence.length - 1);
            double probability = scores.logSoftmax().exp().columns(1, 2).item();
            out.printf(Locale.ROOT, "%.2f %s\n", probability, unseen);
        }
        // end
        ran("judge");
        for (int id = 0; id < words.size(); id++) {
            int last = id;
            int balance = IntStream.range(0, ids.length)
                    .filter(i -> ids[i][ids[i].length - 1] == last)
                    .map(i -> 2 * labels[i] - 1)
                    .sum();
            assertEquals(0, balance, words.token(id));
        }
        for (int i = 0; i < ids.length; i++) {
            assertEquals(labels[i] == 1, isPositive(recurrent, ids[i]) > 0.5, texts.get(i));
        }
        assertTrue(isPositive(recurrent, words.encode("it was wonderful, not boring")) > 0.5);
        assertTrue(isPositive(recurrent, words.encode("it was boring, not wonderful")) < 0.5);
        assertTrue(isPositive(recurrent, words.encode("it was not boring, but wonderful")) > 0.5);
        assertTrue(isPositive(recurrent, words.encode("it was not wonderful, but boring")) < 0.5);

        ran("mgu");
        // snippet: gated
        Model gated = model(words.size(), new Time(new Mgu(16, 16)));
        out.printf(Locale.ROOT, "loss %.4f minimal gated unit\n", train(gated, batch));
        // end
        ran("gated");
        for (int i = 0; i < ids.length; i++) {
            assertEquals(labels[i] == 1, isPositive(gated, ids[i]) > 0.5, texts.get(i));
        }
    }

    // snippet: mgu
    public record Mgu(int inputs, int hidden) implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            return new Cell(
                    params.get("wf", Init.xavier(), inputs, hidden),
                    params.get("uf", Init.orthogonal(1), hidden, hidden),
                    params.get("bf", Init.zeros(), hidden),
                    params.get("wc", Init.xavier(), inputs, hidden),
                    params.get("uc", Init.orthogonal(1), hidden, hidden),
                    params.get("bc", Init.zeros(), hidden));
        }

        record Cell(Tensor wf, Tensor uf, Tensor bf, Tensor wc, Tensor uc, Tensor bc) implements Recurrent {
            @Override
            public List<StatePart> state() {
                return List.of(StatePart.of("h", uf.shape().dim(0)));
            }

            @Override
            public Step step(Tensor x, State previous) {
                Tensor h = previous.get("h");
                Tensor f = x.matmul(wf).plus(h.matmul(uf)).plus(bf).sigmoid();
                Tensor c = x.matmul(wc).plus(f.times(h).matmul(uc)).plus(bc).tanh();
                Tensor next = f.oneMinus().times(h).plus(f.times(c));
                return new Step(next, State.of("h", next));
            }
        }
    }
    // end

    @Nested
    class MguTest extends RecurrentContract {
        @Override
        protected CellSpec spec() {
            return new Mgu(4, 6);
        }

        @Override
        protected int inputs() {
            return 4;
        }
    }
}
