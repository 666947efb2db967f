package org.rnn4j.examples.initial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;

/**
 * One way to begin the cells and the output layer of {@link InitialTask}'s models. Wx and Wh are uniform over ±1/√H, and embeddings normal, in all of them,
 * as in PyTorch and as the layers draw them.
 *
 * @param name what the table calls it
 * @param forgetBias what is added to an LSTM's biases of the forget gate
 * @param spread how much lower or higher than that each of these numbers may be, uniformly
 * @param biases how many uniform numbers over ±1/√H each bias of a cell is the sum of; PyTorch's cells have two biases each, which add up
 * @param output how the output layer begins
 */
record InitialChoice(String name, double forgetBias, double spread, int biases, Output output) {
    /** How an output layer of D inputs begins. */
    enum Output {
        /** Normal weights of variance 1/D, biases 0. */
        LECUN,
        /** Uniform weights over ±1/√D, biases 0. */
        UNIFORM,
        /** Uniform weights and biases over ±1/√D: PyTorch's. */
        UNIFORM_WITH_BIASES
    }

    /** The defaults: what these tasks chose. */
    static final InitialChoice CHOSEN = new InitialChoice("before, forget bias 0", 0, 0, 0, Output.LECUN);

    /** What the defaults were before. */
    static final InitialChoice BEFORE = new InitialChoice("before", 1, 0, 0, Output.LECUN);

    /** Those that were tried. */
    static final List<InitialChoice> TRIED = List.of(
            BEFORE,
            CHOSEN,
            new InitialChoice("before, forget bias 0.5", 0.5, 0, 0, Output.LECUN),
            new InitialChoice("before, forget biases from 0 to 1", 0.5, 0.5, 0, Output.LECUN),
            new InitialChoice("before, forget biases from 0 to 2", 1, 1, 0, Output.LECUN),
            new InitialChoice("before, uniform biases", 1, 0, 2, Output.LECUN),
            new InitialChoice("before, forget bias 0, uniform biases", 0, 0, 2, Output.LECUN),
            new InitialChoice("before, uniform output", 1, 0, 0, Output.UNIFORM),
            new InitialChoice("before, uniform output with biases", 1, 0, 0, Output.UNIFORM_WITH_BIASES),
            new InitialChoice("PyTorch's, no biases", 0, 0, 0, Output.UNIFORM),
            new InitialChoice("PyTorch's, forget bias 1", 1, 0, 2, Output.UNIFORM_WITH_BIASES),
            new InitialChoice("PyTorch's", 0, 0, 2, Output.UNIFORM_WITH_BIASES));

    /** A model that begins so. */
    Model model(ModelSpec spec, long seed) {
        Model drawn = Model.create(spec, seed);
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (Parameter parameter : drawn.parameters()) {
            Draws draws = Draws.of(seed).at("choice").at(parameter.name());
            values.put(parameter.name(), Tensors.of(parameter.shape(), values(drawn, parameter, draws)));
        }
        return Model.restore(spec, seed, values);
    }

    private float[] values(Model model, Parameter parameter, Draws draws) {
        String path = parameter.name();
        String layer = path.substring(0, path.lastIndexOf('.') + 1);
        Shape shape = parameter.shape();
        float[] values = new float[shape.size()];
        if (path.equals("output.weight") || path.equals("output.bias")) {
            double root = Math.sqrt(model.parameter("output.weight").shape().dim(0));
            boolean weight = path.endsWith("weight");
            if (output == Output.LECUN) {
                fill(values, i -> weight ? draws.normal(i) / root : 0);
            } else if (weight || output == Output.UNIFORM_WITH_BIASES) {
                fill(values, i -> (2 * draws.uniform(i) - 1) / root);
            }
        } else if (path.endsWith(".b") || path.endsWith(".bn")) {
            Shape wh = model.parameter(layer + "wh").shape();
            int hidden = wh.dim(0);
            boolean lstm = wh.dim(1) == 4 * hidden;
            boolean gru = wh.dim(1) == 3 * hidden;
            fill(values, i -> {
                boolean ofContent = gru && (path.endsWith("bn") || i >= 2 * hidden);
                double sum = 0;
                for (int k = 0; k < (ofContent ? Math.min(1, biases) : biases); k++) {
                    sum += (2 * draws.at(k).uniform(i) - 1) / Math.sqrt(hidden);
                }
                return lstm && i / hidden == 1
                        ? sum + forgetBias + spread * (2 * draws.at("forget").uniform(i) - 1)
                        : sum;
            });
        } else {
            return parameter.values();
        }
        return values;
    }

    /** A number by its position. */
    private interface Numbers {
        double at(int i);
    }

    private static void fill(float[] values, Numbers numbers) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.at(i);
        }
    }
}
