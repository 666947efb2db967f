package org.rnn4j.benchmarks.work;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Uniform;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

/**
 * A recurrent layer forward and backward for a given gradient of its output, down to the gradients of its weights and of its input: workload W5.
 * That gradient comes from the loss {@code sum(y * g)}.
 */
public final class OneLayer {
    private final Model model;
    private final Tensor x;
    private final Tensor g;

    /** A new layer of a size. */
    public OneLayer(LayerAlone size) {
        model = Model.create(ModelSpec.chain().then("layer", layer(size)).build(), 1);
        Uniform draw = new Uniform(3);
        Shape in = Shape.of(size.rows(), size.steps(), size.inputs());
        Shape out = Shape.of(size.rows(), size.steps(), size.hidden());
        x = Tensors.variable(in, draw.centred(in.size()));
        g = Tensors.of(out, draw.centred(out.size()));
    }

    private static LayerSpec<Layer> layer(LayerAlone size) {
        return switch (size.cell()) {
            case "rnn" -> new TimeRNN(size.inputs(), size.hidden());
            case "gru" -> new TimeGRU(size.inputs(), size.hidden());
            case "lstm" -> new TimeLSTM(size.inputs(), size.hidden());
            default -> throw new IllegalArgumentException("cell " + size.cell() + ", expected rnn, gru or lstm");
        };
    }

    /** Forward and backward; there is no loss to learn from. */
    public float step(int i) {
        gradients();
        return Float.NaN;
    }

    /** The gradients of the weights and of {@link #x}. */
    Gradients gradients() {
        return Gradients.of(model.forward(x).times(g).sum());
    }

    /** The input. */
    Tensor x() {
        return x;
    }

    /** The model of one layer. */
    Model model() {
        return model;
    }
}
