package org.rnn4j.benchmarks.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.Uniform;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Encoder;

/**
 * An LSTM within another cell, forward and backward, with its hand-written step and composed: workload W7.
 *
 * @param rows N
 * @param steps T
 * @param width how many inputs, and how many units
 */
record CellInside(int rows, int steps, int width) {
    /** That of W7. */
    static final CellInside STANDARD = new CellInside(32, 64, 128);

    /** A cell without its hand-written step. */
    private record Composed(CellSpec cell) implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            Recurrent whole = cell.create(params);
            return new Recurrent() {
                @Override
                public List<StatePart> state() {
                    return whole.state();
                }

                @Override
                public Step step(Tensor x, State previous) {
                    return whole.step(x, previous);
                }
            };
        }
    }

    /** Each cell around the LSTM as a line, once with the LSTM as it is and once composed. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (boolean composed : new boolean[] {false, true}) {
            UnaryOperator<CellSpec> form = composed ? Composed::new : cell -> cell;
            String end = composed ? "-composed" : "";
            CellSpec lstm = form.apply(new LSTM(width, width));
            lines.add(line("W7-zoneout" + end, chain(new Zoneout(lstm, Map.of("h", 0.1, "c", 0.1)))));
            lines.add(line("W7-dropout" + end, chain(new RecurrentDropout(lstm, 0.2))));
            lines.add(line("W7-attention" + end, attention(form.apply(new LSTM(2 * width, width)))));
        }
        return lines;
    }

    private static ModelSpec chain(LayerSpec<?> layer) {
        return ModelSpec.graph("x").node("layer", layer, "x").build("layer");
    }

    /** One encoder for both forms, over the same sequence. */
    private ModelSpec attention(CellSpec cell) {
        AdditiveWeight weight = new AdditiveWeight(width, width, width);
        return ModelSpec.graph("x")
                .node("encoder", new Encoder(new LSTM(width, width)), "x")
                .node(
                        "decoder",
                        new AttentionDecoder(cell, weight, width, width),
                        "x",
                        "encoder",
                        "encoder.h",
                        "encoder.c")
                .build("decoder");
    }

    private Line line(String name, ModelSpec spec) {
        Model model = Model.create(spec, 1);
        Uniform draw = new Uniform(3);
        Shape shape = Shape.of(rows, steps, width);
        Tensor x = Tensors.variable(shape, draw.centred(shape.size()));
        return Line.milliseconds(name, rows * steps, i -> {
            Gradients.of(model.forward(Window.of(x)).output().sum());
            return Float.NaN;
        });
    }
}
