package org.rnn4j.examples.gradientflow;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.RNN;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How much of a gradient is left after it has gone back through many steps: the figure of the book's chapter 6, for its linear recurrence and
 * for untrained RNN, LSTM and GRU cells.
 *
 * <pre>
 * forward:   s_t = cell(x_t, s_{t-1})        t = 1 … T, x normal, every block of Wh normal with deviation scale / √H
 * backward:  ds_T = 1 in every h, 0 in every c;   ds_{t-1} = ds_t · ∂s_t/∂s_{t-1}
 * shown:     ‖ds_{T-k}‖ / ‖ds_T‖   against k
 * clipped:   before each step back, ds_t is shortened to the length of ds_T where it is longer
 * </pre>
 *
 * <p>The state s is h, and h and c for the LSTM. The linear recurrence {@code h_t = h_{t-1}·Wh + x_t}, whose gradient is a power of Wh, is what
 * the others are seen beside. {@code docs/examples.md} has the results.
 */
@Command(
        name = "gradient-flow",
        description = "How much of a gradient is left after many steps back: RNN, LSTM, GRU.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class GradientFlow implements Runnable {
    static final int N = 16;
    static final int H = 64;
    private static final int STEPS = 50;
    private static final List<Double> SCALES = List.of(0.5, 1.0, 2.0, 4.0);
    private static final List<Color> COLORS = List.of(
            new Color(0x2e, 0x6d, 0xa4),
            new Color(0x3a, 0x8f, 0x3a),
            new Color(0xd9, 0x8e, 0x20),
            new Color(0xc0, 0x39, 0x2b));
    private static final double LOWEST = 1e-10; // of the picture
    private static final double HIGHEST = 1e10;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public GradientFlow() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            List<XYChart> charts = new ArrayList<>();
            cells().forEach((name, cell) -> {
                XYChart chart = chart(name);
                charts.add(chart);
                for (double scale : SCALES) {
                    Recurrent made = cell.apply(new Weights(Draws.of(seed).at(name), scale));
                    for (Clipping clipping : Clipping.values()) {
                        double[] left = left(made, Draws.of(seed).at("x"), STEPS, clipping);
                        String what = "scale " + scale + clipping.suffix;
                        line(chart, what, left, clipping, COLORS.get(SCALES.indexOf(scale)));
                        results.put(
                                String.format(
                                        Locale.ROOT, "log10 of what is left after %d steps: %s, %s", STEPS, name, what),
                                StrictMath.log10(left[STEPS]));
                    }
                }
            });
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("gradient-flow.png"), charts));
            }
            return results;
        });
    }

    /** Whether a gradient is shortened on its way. */
    enum Clipping {
        /** Never. */
        NONE(""),
        /** To the length that it began with, before each step. */
        EACH_STEP(", clipped");

        private final String suffix;

        Clipping(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The book's first experiment: no function at all between the steps. */
    record Linear(Tensor wh) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", wh.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor h = previous.get("h").matmul(wh).plus(x);
            return new Step(h, State.of("h", h));
        }
    }

    /** Weights of gates that stand side by side. */
    record Weights(Draws draws, double scale) {
        Tensor wx(int gates) {
            return normal("wx", gates, 1);
        }

        Tensor wh(int gates) {
            return normal("wh", gates, scale);
        }

        private Tensor normal(String place, int gates, double times) {
            float[] values = new float[H * gates * H];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (draws.at(place).normal(i) * times / Math.sqrt(H));
            }
            return Tensors.of(Shape.of(H, gates * H), values);
        }

        Tensor zeros(int gates) {
            return Tensors.zeros(Shape.of(gates * H));
        }

        /** The forget gate's bias is 1: it begins open. */
        Tensor lstmBias() {
            float[] values = new float[4 * H];
            Arrays.fill(values, H, 2 * H, 1);
            return Tensors.of(Shape.of(4 * H), values);
        }
    }

    /** From weights to cells, by name. */
    static Map<String, Function<Weights, Recurrent>> cells() {
        Map<String, Function<Weights, Recurrent>> cells = new LinkedHashMap<>();
        cells.put("linear", w -> new Linear(w.wh(1)));
        cells.put("RNN", w -> new RNN.Cell(w.wx(1), w.wh(1), w.zeros(1)));
        cells.put("LSTM", w -> new LSTM.Cell(w.wx(4), w.wh(4), w.lstmBias()));
        cells.put("GRU", w -> new GRU.ResetAfter(w.wx(3), w.wh(3), w.zeros(3), w.zeros(1)));
        return cells;
    }

    /** The length of the state's gradient k steps back, for k from 0 to {@code steps}, in units of the first. */
    static double[] left(Recurrent cell, Draws draws, int steps, Clipping clipping) {
        List<Tensor> xs = new ArrayList<>();
        List<State> states = new ArrayList<>();
        State state = map(cell, part -> Tensors.zeros(Shape.of(N, H)));
        for (int t = 0; t < steps; t++) {
            xs.add(normal(draws.at(t)));
            states.add(state);
            state = cell.step(xs.get(t), state).state();
        }
        State gradient = map(cell, part -> ones(part.equals("h") ? 1 : 0));
        double first = norm(gradient);
        double[] left = new double[steps + 1];
        left[0] = 1;
        for (int k = 1; k <= steps; k++) {
            double factor = clipping == Clipping.NONE ? 1 : Math.min(1, first / norm(gradient));
            State shortened = gradient.map(part -> part.times(factor));
            gradient = back(cell, xs.get(steps - k), states.get(steps - k), shortened);
            left[k] = norm(gradient) / first;
        }
        return left;
    }

    /** One step back: the gradient of the state after a step becomes that of the state before. */
    private static State back(Recurrent cell, Tensor x, State before, State gradient) {
        State variables = before.map(part -> Tensors.variable(part.shape(), part.toFloats()));
        State after = cell.step(x, variables).state();
        Tensor sum = null;
        for (Map.Entry<String, Tensor> part : after.parts().entrySet()) {
            Tensor product = part.getValue().times(gradient.get(part.getKey())).sum();
            sum = sum == null ? product : sum.plus(product);
        }
        Gradients gradients = Gradients.of(sum);
        return variables.map(gradients::get);
    }

    /** Numbers for N rows of H. */
    static Tensor normal(Draws draws) {
        float[] values = new float[N * H];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.normal(i);
        }
        return Tensors.of(Shape.of(N, H), values);
    }

    static State map(Recurrent cell, Function<String, Tensor> part) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        cell.state().forEach(declared -> parts.put(declared.name(), part.apply(declared.name())));
        return State.of(parts);
    }

    private static Tensor ones(float value) {
        float[] values = new float[N * H];
        Arrays.fill(values, value);
        return Tensors.of(Shape.of(N, H), values);
    }

    private static double norm(State gradient) {
        double sum = 0;
        for (Tensor part : gradient.parts().values()) {
            for (double number : part.toDoubles()) {
                sum += number * number;
            }
        }
        return Math.sqrt(sum);
    }

    private static XYChart chart(String name) {
        XYChart chart = Picture.lines(name, "steps back", "gradient left");
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(LOWEST).setYAxisMax(HIGHEST);
        chart.getStyler().setPlotGridLinesVisible(false);
        return chart;
    }

    private static void line(XYChart chart, String name, double[] left, Clipping clipping, Color color) {
        XYSeries line = chart.addSeries(
                name,
                IntStream.range(0, left.length).asDoubleStream().toArray(),
                Arrays.stream(left)
                        .map(value -> Math.max(LOWEST, Math.min(HIGHEST, value)))
                        .toArray());
        line.setLineColor(color);
        line.setMarker(SeriesMarkers.NONE);
        if (clipping != Clipping.NONE) {
            line.setLineStyle(
                    new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 6}, 0));
        }
    }
}
