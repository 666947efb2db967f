package org.rnn4j.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Run;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.Tensors;

/** The layer under test in a float32 model, with the parameters and inputs of its float64 form. */
final class Float32 {
    /** The name of the layer's node. */
    static final String NODE = "layer";

    private static final double TOLERANCE = 1e-5;

    private Float32() {}

    /**
     * The configuration of a model of this layer.
     *
     * @param inputs how many it has
     * @param params that it was created with; what it shares with other layers is given to nodes that own it
     */
    static ModelSpec spec(LayerSpec<?> layer, int inputs, DoubleParams params) {
        List<String> names = IntStream.range(0, inputs).mapToObj(i -> "x" + i).toList();
        Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        Map<String, Map<String, Shape>> owners = new LinkedHashMap<>();
        params.unowned().forEach((path, parameter) -> {
            int dot = path.indexOf('.');
            owners.computeIfAbsent(path.substring(0, Math.max(dot, 0)), node -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), parameter.shape());
        });
        owners.forEach((node, parameters) -> nodes.put(node, new NodeSpec(new Owner(parameters), names)));
        nodes.put(NODE, new NodeSpec(layer, names));
        return new ModelSpec(names, nodes, List.of(NODE));
    }

    /** The parameters of a model of this layer, by path. */
    static Map<String, DoubleTensor> names(DoubleParams params) {
        Map<String, DoubleTensor> names = new LinkedHashMap<>();
        Map<String, DoubleTensor> unowned = params.unowned();
        params.parameters()
                .forEach((path, value) -> names.put(unowned.containsKey(path) ? path : NODE + "." + path, value));
        return names;
    }

    static Model model(LayerSpec<?> layer, int inputs, DoubleParams params) {
        return Model.restore(spec(layer, inputs, params), 0, new LinkedHashMap<>(names(params)));
    }

    static Tensor variable(Numbers numbers) {
        return Tensors.variable(numbers.shape(), numbers.constant().toFloats());
    }

    /** The sum of results times fixed random numbers, as {@link Projection} has it. */
    static Tensor projection(Map<String, Tensor> results, int... rows) {
        Tensor sum = Tensors.zeros(Shape.of());
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Tensor value = result.getValue();
            Numbers weights = Projection.weights(result.getKey(), value.shape(), rows);
            sum = sum.plus(value.times(variable(weights)).sum());
        }
        return sum;
    }

    static void close(Law law, String what, Numbers doubles, Tensor floats) {
        law.close(what, doubles, Numbers.of(floats), TOLERANCE);
    }

    /** A node that has parameters and does nothing. */
    private record Owner(Map<String, Shape> parameters) implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            parameters.forEach((path, shape) -> {
                Params scope = params;
                String[] names = path.split("\\.", -1);
                for (int i = 0; i < names.length - 1; i++) {
                    scope = scope.scope(names[i]);
                }
                scope.get(names[names.length - 1], Init.zeros(), shape.dims());
            });
            return (inputs, pass) -> List.<Value>of(inputs.get(0));
        }
    }

    /** A cell over time that goes on from the carried state. */
    record OverTime(LayerSpec<? extends Recurrent> cell) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Recurrent step = cell.create(params);
            return (x, pass) -> {
                Run run = step.unroll(x, pass.carried(step.state(), x.shape().dim(0)), pass);
                pass.carry(run.last());
                return run.outputs();
            };
        }
    }
}
