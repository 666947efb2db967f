package org.rnn4j.examples.seq2seq;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.core.Window;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.training.text.PairsData;
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
    @Mixin
    private Repeats repeats;

    @Option(names = "--epochs", description = "How often to see the dates to learn from; default: what the file says.")
    private Long epochs;

    /** For the command line. */
    public Dates() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Trained trained = Addition.train(repeats.runs("dates", seed), "run", epochs);
            Model best = trained.best();
            DatesSource dates = Runs.source(trained.configuration(), DatesSource.class);
            if (seed == repeats.first()) {
                PairsData.Sides sides = ((PairsData) trained.test()).sides();
                HeatMapChart chart = looks(best, sides, dates.pairs().test().get(0));
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("dates.png"), List.of(chart)));
            }
            Map<String, Double> results = new LinkedHashMap<>();
            results.put("exact match", trained.judge(best, trained.test().validation()));
            results.put("exact match of the answer to the most alike date", Addition.ofNearest(trained.test()));
            return results;
        });
    }

    /** How much it looks at each character of a question for each of the answer, as it is read: from the end. */
    static HeatMapChart looks(Model model, PairsData.Sides sides, Pairs.Pair pair) {
        Ids source = Ids.of(new int[][] {sides.read(pair.question())});
        Ids target = Ids.of(new int[][] {sides.answers().encode(sides.begin() + pair.answer())});
        Forward forward = model.inference().forward(Window.of(Map.of("source", source, "target", target)));
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
