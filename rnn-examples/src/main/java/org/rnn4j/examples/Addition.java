package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.PeekyDecoder;
import org.rnn4j.training.Listener;
import org.rnn4j.training.TrainerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The book's chapter 7: sums of two numbers of up to three digits, read and answered character by character. What helps is to read the question
 * from its end, and to let the decoder peek at the encoder's state in every step.
 *
 * <p>A network knows nothing of numbers: {@code 57+5} is four signs that are answered by {@code 62}. It is judged by sums that it never saw,
 * each right only if every digit is: one part of these chooses the epoch, and the other is asked once, of the network of that epoch.
 */
@Command(
        name = "addition",
        description = "Learns to add from examples: plain, reversed, and reversed and peeky (the book's chapter 7).",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Addition implements Runnable {
    private static final int LEARNT = 45_000;
    private static final int JUDGED = 5_000; // to choose by, and as many to judge by
    private static final int WIDTH = 16;
    private static final int HIDDEN = 128;
    private static final double RATE = 0.005;

    @Mixin
    private Repeats repeats;

    @Option(names = "--epochs", description = "How often to see the sums to learn from.", defaultValue = "8")
    private long epochs;

    /** For the command line. */
    public Addition() {}

    /** The three models of the book. */
    enum Kind {
        PLAIN,
        REVERSED,
        PEEKY;

        private Pairs.Reading reading() {
            return this == PLAIN ? Pairs.Reading.FORWARD : Pairs.Reading.REVERSED;
        }

        @Override
        public String toString() {
            return this == PEEKY ? "reversed and peeky" : name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            XYChart chart =
                    Picture.lines("addition: sums of the validation part that are right", "epoch", "exact match");
            chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
            for (Kind kind : Kind.values()) {
                System.out.println(kind + ":");
                Pairs pairs = pairs(LEARNT, JUDGED, kind.reading(), seed);
                Learnt learnt = learn(kind, pairs, seed, epochs);
                double[] exact = learnt.exact().stream().mapToDouble(d -> d).toArray();
                double[] x =
                        IntStream.rangeClosed(1, exact.length).asDoubleStream().toArray();
                chart.addSeries(kind.toString(), x, exact);
                results.put("exact match, " + kind, pairs.exact(learnt.best(), pairs.test()));
            }
            results.put(
                    "exact match of the answer to the most alike sum",
                    pairs(LEARNT, JUDGED, Pairs.Reading.FORWARD, seed).exactOfNearest());
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("addition.png"), List.of(chart)));
            }
            return results;
        });
    }

    /** Sums that differ from each other, in random order; {@code judged} to choose by and as many to judge by. */
    static Pairs pairs(int learnt, int judged, Pairs.Reading reading, long seed) {
        Draws draws = Draws.of(seed).at("sums");
        Set<Pairs.Pair> sums = new LinkedHashSet<>();
        for (long i = 0; sums.size() < learnt + 2 * judged; i++) {
            int a = number(draws.at("a").at(i));
            int b = number(draws.at("b").at(i));
            sums.add(new Pairs.Pair(a + "+" + b, Integer.toString(a + b)));
        }
        return new Pairs(List.copyOf(sums), learnt, reading, seed);
    }

    /** Of one to three digits, each as often as the others, as in the book's data. */
    private static int number(Draws draws) {
        int[] limits = {10, 100, 1000};
        return draws.below(1, limits[draws.below(0, 3)]);
    }

    /** An encoder and a decoder that begins with its whole state. */
    static ModelSpec spec(Kind kind, int characters) {
        LayerSpec<?> decoder = kind == Kind.PEEKY
                ? new PeekyDecoder(new LSTM(HIDDEN + WIDTH, HIDDEN), WIDTH)
                : new Decoder(new LSTM(WIDTH, HIDDEN));
        int seen = kind == Kind.PEEKY ? 2 * HIDDEN : HIDDEN;
        return ModelSpec.graph("source", "target")
                .node("read", new Embedding(characters, WIDTH), "source")
                .node("encoder", new Encoder(new LSTM(WIDTH, HIDDEN)), "read")
                .node("write", new Embedding(characters, WIDTH), "target")
                .node("decoder", decoder, "write", "encoder.h", "encoder.c")
                .node("output", new Affine(seen, characters), "decoder")
                .build("output");
    }

    /**
     * What training came to.
     *
     * @param exact the share of the validation part's questions that were right after each epoch
     * @param best the model as it was after the first epoch with the greatest share
     */
    record Learnt(List<Double> exact, Model best) {}

    /** Trains a model of sums. */
    static Learnt learn(Kind kind, Pairs pairs, long seed, long epochs) {
        Model model = Model.create(spec(kind, pairs.characters()), seed);
        return learn(model, pairs, epochs, RATE);
    }

    /** Trains any model of pairs. */
    static Learnt learn(Model model, Pairs pairs, long epochs, double rate) {
        long steps = epochs * pairs.training().perEpoch();
        TrainerSettings settings = TrainerSettings.steps(steps, new CosineWithWarmUp(rate, steps, steps / 20, 0.0))
                .clippedAt(5);
        List<Double> exact = new ArrayList<>();
        List<Model> bests = new ArrayList<>();
        Listener judge = new Listener() {
            @Override
            public void validated(ValidationReport report) {
                double right = pairs.exact(model, pairs.held());
                if (exact.stream().allMatch(before -> right > before)) {
                    bests.add(model.copy());
                }
                exact.add(right);
                System.out.println(String.format(
                        Locale.ROOT,
                        "  epoch %2d: validation loss %.4f, exact match %.4f",
                        exact.size(),
                        report.scores().loss(),
                        right));
            }
        };
        new Training(model, new Adam(), new SoftmaxCrossEntropy(), settings).on(pairs, judge);
        return new Learnt(exact, bests.get(bests.size() - 1));
    }
}
