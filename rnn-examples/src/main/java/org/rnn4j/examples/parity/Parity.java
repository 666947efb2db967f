package org.rnn4j.examples.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Is the number of ones in a string of bits odd? One bit of memory is enough, but none of the bits alone says anything: any method that looks
 * at single bits or pairs of them is right half of the time.
 *
 * <p>Each kind of cell learns from the answer at the end alone, on random strings of 2 to 20 bits, and is tested on new ones of that length and of
 * lengths that it never saw. {@code docs/examples.md} has the results.
 */
@Command(
        name = "parity",
        description = "Which cells learn whether a string of bits has an odd number of ones.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Parity implements Runnable {
    private static final List<Integer> TESTED = List.of(20, 40, 80, 160, 320);

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Parity() {}

    /** Configuration files by what results call them. */
    private static Map<String, String> cells() {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("RNN", "rnn");
        cells.put("RNN that begins orthogonal", "orthogonal");
        cells.put("LSTM", "lstm");
        cells.put("GRU", "gru");
        return cells;
    }

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Runs runs = repeats.runs("parity", seed);
            Map<String, Double> results = new LinkedHashMap<>();
            XYChart chart = Picture.lines("parity, trained on short strings", "bits", "accuracy");
            cells().forEach((cell, file) -> {
                System.out.println(cell + ":");
                Map<Integer, Double> reached = reached(runs.train(file, runs.read(file)), TESTED);
                reached.forEach(
                        (bits, accuracy) -> results.put(cell + ": accuracy on strings of " + bits + " bits", accuracy));
                line(chart, cell, List.copyOf(reached.values()));
            });
            line(chart, "chance", TESTED.stream().map(bits -> 0.5).toList());
            results.put("chance", 0.5);
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("parity.png"), List.of(chart)));
            }
            return results;
        });
    }

    private static void line(XYChart chart, String name, List<Double> accuracies) {
        chart.getStyler().setMarkerSize(6);
        chart.getStyler().setYAxisMin(0.4).setYAxisMax(1.0);
        chart.addSeries(
                        name,
                        TESTED.stream().mapToDouble(Integer::doubleValue).toArray(),
                        accuracies.stream().mapToDouble(Double::doubleValue).toArray())
                .setMarker(SeriesMarkers.CIRCLE);
    }

    /** The accuracy on new strings, by their number of bits. */
    static Map<Integer, Double> reached(Trained trained, List<Integer> tested) {
        ParitySource strings = Runs.source(trained.configuration(), ParitySource.class);
        Map<Integer, Double> reached = new LinkedHashMap<>();
        for (int bits : tested) {
            double accuracy = trained.judge(trained.last(), strings.test(bits));
            System.out.println("  " + bits + " bits: accuracy " + accuracy + ", chance 0.5");
            reached.put(bits, accuracy);
        }
        return reached;
    }
}
