package org.rnn4j.layers.regularisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * A layer some of whose weights are set to zero at random in training, anew for every window; otherwise it is the layer itself.
 *
 * <pre>
 * W = weight * m / (1 - rate),   m = 0 with probability rate, else 1, for each number of the weight
 * </pre>
 *
 * <p>On recurrent weights this keeps a network from relying on single paths through time, at no cost per step: all steps of the window use the same
 * weights, so the hand-written kernels run as they do without it.
 *
 * <pre>{@code
 * Layer layer = new WeightDrop(new TimeLSTM(64, 128), 0.5, List.of("cell.wh")).create(params); // parameters layer.cell.wx, …
 * }</pre>
 *
 * <p>Cost: one draw and one multiplication for each number of these weights, once a window. Source: Wan et al., "Regularization of neural networks using
 * DropConnect", 2013; on recurrent weights: Merity, Keskar and Socher, "Regularizing and optimizing LSTM language models", 2018, section 2.
 *
 * @param layer the layer
 * @param rate the probability of a zero, from 0 to below 1
 * @param weights the parameters, by their paths below the layer; {@code cell.wh} by default
 */
public record WeightDrop(LayerSpec<? extends Layer> layer, double rate, List<String> weights)
        implements LayerSpec<Layer> {
    /** Checks the values; {@code weights} of null are the default. */
    public WeightDrop {
        Spec.required("layer", layer, "a layer of one input and one output, such as TimeLSTM");
        Spec.rate("rate", rate);
        weights = weights == null ? List.of("cell.wh") : List.copyOf(weights);
    }

    /** Applied to the recurrent weights of a layer over time. */
    public WeightDrop(LayerSpec<? extends Layer> layer, double rate) {
        this(layer, rate, null);
    }

    @Override
    public Layer create(Params params) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        Map<String, Tensor> shared = new LinkedHashMap<>();
        Layer whole = Layer.part("layer", layer, new Collecting(params, null, own, shared));
        for (String weight : weights) {
            if (!own.containsKey(weight)) {
                throw new IllegalArgumentException(
                        "weights: the layer has no parameter " + weight + ", only " + own.keySet());
            }
        }
        if (!params.training() || rate == 0) {
            return (x, pass) -> pass.within("layer", place -> whole.forward(x, place));
        }
        return (x, pass) -> {
            Layer dropped = Layer.part("layer", layer, new Given(null, dropped(own, pass.draws()), shared));
            return pass.within("layer", place -> dropped.forward(x, place));
        };
    }

    private Map<String, Tensor> dropped(Map<String, Tensor> own, Draws draws) {
        Map<String, Tensor> dropped = new LinkedHashMap<>(own);
        for (String weight : weights) {
            dropped.put(weight, Dropout.ofElements(own.get(weight), rate, draws.at(weight)));
        }
        return dropped;
    }

    /** Paths begin below the layer; null means the place that holds it. */
    private static String below(String prefix, String name) {
        return prefix == null ? "" : prefix + name + ".";
    }

    /** Records the parameters that it provides, by path. */
    private record Collecting(Params params, String prefix, Map<String, Tensor> own, Map<String, Tensor> shared)
            implements Params {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            Tensor tensor = params.get(name, init, dims);
            own.put(prefix + name, tensor);
            return tensor;
        }

        @Override
        public Params scope(String name) {
            return new Collecting(params.scope(name), below(prefix, name), own, shared);
        }

        @Override
        public Tensor shared(String path, int... dims) {
            return shared.computeIfAbsent(path, name -> params.shared(name, dims));
        }

        @Override
        public boolean training() {
            return params.training();
        }
    }

    /** Provides the recorded parameters, some of them with dropped weights. */
    private record Given(String prefix, Map<String, Tensor> own, Map<String, Tensor> shared) implements Params {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            return own.get(prefix + name);
        }

        @Override
        public Params scope(String name) {
            return new Given(below(prefix, name), own, shared);
        }

        @Override
        public Tensor shared(String path, int... dims) {
            return shared.get(path);
        }

        @Override
        public boolean training() {
            return true;
        }
    }
}
