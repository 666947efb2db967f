package org.rnn4j.layers.feedforward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Layers in sequence, each of which takes the output of the previous one.
 *
 * <pre>
 * y = last(… second(first(x)))
 * </pre>
 *
 * <p>Parameters, states and errors have the layers' names in their paths: {@code lstm.cell.wx}. If the first layer takes ids, this creates an
 * {@link IdsLayer}, otherwise a {@link Layer}.
 *
 * <pre>{@code
 * Map<String, LayerSpec<?>> layers = new LinkedHashMap<>();
 * layers.put("embed", new Embedding(1000, 64));
 * layers.put("lstm", TimeLSTM.stateful(64, 128));
 * layers.put("output", new Affine(128, 1000));
 * Node model = new Sequential(layers).create(params);
 * }</pre>
 *
 * <p>Cost: the sum of its layers'. For anything but a chain, describe the model as a graph.
 *
 * @param layers by name, in the map's order; copied
 */
public record Sequential(Map<String, LayerSpec<?>> layers) implements LayerSpec<Node> {
    /** Checks that there are layers, and their names. */
    public Sequential {
        if (layers == null || layers.isEmpty()) {
            throw new IllegalArgumentException("layers: expected at least one layer");
        }
        layers.forEach((name, spec) -> {
            if (name == null || name.isEmpty() || name.indexOf('.') >= 0) {
                throw new IllegalArgumentException("layers: the name '" + name + "' is empty or has a dot in it");
            }
            if (spec == null) {
                throw new IllegalArgumentException("layers: " + name + " has no layer");
            }
        });
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    @Override
    public Node create(Params params) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        layers.forEach((name, spec) -> {
            Node created = LayerException.within(name, () -> spec.create(params.scope(name)));
            nodes.put(name, node(name, created, nodes.isEmpty()));
        });
        if (nodes.values().iterator().next() instanceof IdsLayer) {
            return (IdsLayer) (ids, pass) -> run(nodes, ids, pass);
        }
        return (Layer) (x, pass) -> run(nodes, x, pass);
    }

    private Node node(String name, Node created, boolean first) {
        if (created instanceof Layer layer) {
            return layer;
        }
        if (created instanceof IdsLayer layer && first) {
            return layer;
        }
        String type = layers.get(name).getClass().getSimpleName();
        String problem = created instanceof IdsLayer
                ? "takes ids: it can only be the first layer"
                : "is no layer of one input and one output";
        throw new IllegalArgumentException("layers: " + name + " is of type " + type + ", which " + problem);
    }

    private static Tensor run(Map<String, Node> nodes, Value input, Pass pass) {
        Value value = input;
        for (Map.Entry<String, Node> link : nodes.entrySet()) {
            List<Value> inputs = List.of(value);
            value = pass.within(
                    link.getKey(),
                    place -> link.getValue().forward(inputs, place).get(0));
        }
        return Node.only(List.of(value), Tensor.class);
    }
}
