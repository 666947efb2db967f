package org.rnn4j.examples;

import java.awt.Color;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.training.Batch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The book's chapter 8: dates as people write them, such as {@code tuesday, september 27, 1994}, to {@code 1994-09-27}, with an attention that
 * shows where it looks.
 */
@Command(
        name = "dates",
        description = "Learns to read dates in many forms, with attention (the book's chapter 8).",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Dates implements Runnable {
    private static final int LEARNT = 45_000;
    private static final int JUDGED = 5_000; // to choose by, and as many to judge by
    private static final int WIDTH = 16;
    private static final int HIDDEN = 128;
    private static final double RATE = 0.003;
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final int DAYS = 365 * 55;

    @Mixin
    private Repeats repeats;

    @Option(names = "--epochs", description = "How often to see the dates to learn from.", defaultValue = "4")
    private long epochs;

    /** For the command line. */
    public Dates() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Pairs pairs = pairs(LEARNT, JUDGED, seed);
            Model model = Model.create(spec(pairs.characters(), HIDDEN), seed);
            Model best = Addition.learn(model, pairs, epochs, RATE).best();
            if (seed == repeats.first()) {
                HeatMapChart chart = looks(best, pairs, pairs.test().get(0));
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("dates.png"), List.of(chart)));
            }
            Map<String, Double> results = new LinkedHashMap<>();
            results.put("exact match", pairs.exact(best, pairs.test()));
            results.put("exact match of the answer to the most alike date", pairs.exactOfNearest());
            return results;
        });
    }

    /** Dates in random forms, all written differently; {@code judged} to choose by and as many to judge by. */
    static Pairs pairs(int learnt, int judged, long seed) {
        Draws draws = Draws.of(seed).at("dates");
        Set<Pairs.Pair> dates = new LinkedHashSet<>();
        for (long i = 0; dates.size() < learnt + 2 * judged; i++) {
            Draws ofOne = draws.at(i);
            LocalDate date = FIRST.plusDays(ofOne.below(0, DAYS));
            List<String> forms = forms(date);
            dates.add(new Pairs.Pair(forms.get(ofOne.below(1, forms.size())), date.toString()));
        }
        return new Pairs(List.copyOf(dates), learnt, Pairs.Reading.REVERSED, seed);
    }

    /** A date as people write it in English; names come from the JDK's own enums and so are the same in every version of it. */
    static List<String> forms(LocalDate date) {
        String month = date.getMonth().name().toLowerCase(Locale.ROOT);
        String weekday = date.getDayOfWeek().name().toLowerCase(Locale.ROOT);
        String title = month.substring(0, 1).toUpperCase(Locale.ROOT) + month.substring(1);
        int day = date.getDayOfMonth();
        int year = date.getYear();
        return List.of(
                weekday + ", " + month + " " + day + ", " + year,
                title + " " + day + ", " + year,
                title.substring(0, 3) + " " + day + ", " + year,
                day + " " + title + " " + year,
                day + " " + month.substring(0, 3) + " " + year,
                title.toUpperCase(Locale.ROOT) + " " + day + ", " + year,
                String.format(Locale.ROOT, "%d/%d/%02d", date.getMonthValue(), day, year % 100));
    }

    /** The book's attention decoder: it looks from every step at all that the encoder read. */
    static ModelSpec spec(int characters, int hidden) {
        return ModelSpec.graph("source", "target")
                .node("read", new Embedding(characters, WIDTH), "source")
                .node("encoder", new Encoder(new LSTM(WIDTH, hidden)), "read")
                .node("write", new Embedding(characters, WIDTH), "target")
                .node("decoder", new Decoder(new LSTM(WIDTH, hidden)), "write", "encoder.h", "encoder.c")
                .node("attention", new TimeAttention(hidden), "decoder", "encoder")
                .node("both", new Concat(), "attention", "decoder")
                .node("output", new Affine(2 * hidden, characters), "both")
                .build("output", "attention.weights");
    }

    /** How much it looks at each character of a question for each of the answer, as it is read: from the end. */
    static HeatMapChart looks(Model model, Pairs pairs, Pairs.Pair pair) {
        Batch batch = pairs.batch(List.of(pair));
        Forward forward = model.inference()
                .forward(Window.of(batch.inputs())
                        .with(batch.spans())
                        .with("source", batch.inputSpans().get("source")));
        float[] weights = ((Tensor) forward.outputs().get(1)).toFloats();
        int steps = pair.question().length();
        List<String> read = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            // A name twice would be one column.
            read.add(pair.question().charAt(steps - 1 - t) + " ".repeat(t));
        }
        List<String> written = new ArrayList<>();
        List<Number[]> cells = new ArrayList<>();
        int answers = pair.answer().length();
        for (int q = 0; q < answers; q++) {
            written.add(pair.answer().charAt(q) + " ".repeat(q));
            for (int t = 0; t < steps; t++) {
                cells.add(new Number[] {t, q, weights[q * steps + t]});
            }
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(1000)
                .height(500)
                .title("dates: where it looks (" + pair.question() + ")")
                .xAxisTitle("read, from the end")
                .yAxisTitle("written")
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLocale(Locale.ROOT);
        chart.addSeries("weight", read, written, cells);
        return chart;
    }
}
