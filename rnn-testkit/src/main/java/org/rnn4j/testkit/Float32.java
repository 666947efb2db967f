package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;

/** The layer under test in a float32 model, with the parameters and inputs of its float64 form. */
final class Float32 {
    /** The name of the layer's node. */
    static final String NODE = "layer";

    private static final double TOLERANCE = 1e-5;

    private Float32() {}

    /**
     * A model of this layer with the parameters of its float64 form; its outputs are those of the layer, in order.
     *
     * @param inputs the number of inputs of the layer
     * @param params those that it was created with; parameters shared with other layers belong to extra nodes
     */
    static Model model(LayerSpec<? extends Node> layer, int inputs, DoubleParams params) {
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
        List<String> outputs = layer.create(DoubleParams.drawn(1)).outputs().stream()
                .map(output -> NODE + "." + output)
                .toList();
        return Model.restore(new ModelSpec(names, nodes, outputs), 0, new LinkedHashMap<>(names(params)));
    }

    /** The parameters of a model of this layer, by path. */
    static Map<String, DoubleTensor> names(DoubleParams params) {
        Map<String, DoubleTensor> names = new LinkedHashMap<>();
        Map<String, DoubleTensor> unowned = params.unowned();
        params.parameters()
                .forEach((path, value) -> names.put(unowned.containsKey(path) ? path : NODE + "." + path, value));
        return names;
    }

    /**
     * A window for a model of one layer.
     *
     * @param first carried states by {@code path/part}
     */
    static Window window(Inputs inputs, Map<String, Numbers> first, Situation situation) {
        Map<String, Value> named = new LinkedHashMap<>();
        inputs.floats().forEach(value -> named.put("x" + named.size(), value));
        Map<String, Tensor> carried = new LinkedHashMap<>();
        first.forEach(
                (name, numbers) -> carried.put(NODE + (name.startsWith("/") ? name : "." + name), variable(numbers)));
        return Window.of(named).with(situation.spans()).with(Carry.ofTensors(carried));
    }

    /** A window for a model of one layer with several inputs, in which the streamed input has no lengths. */
    static Window beside(Inputs inputs, Situation situation, int streamed) {
        return window(inputs, Map.of(), situation).with("x" + streamed, Spans.full());
    }

    /** The same without that input, for a session. */
    static Window given(Inputs inputs, Situation situation, int streamed) {
        Map<String, Value> given =
                new LinkedHashMap<>(beside(inputs, situation, streamed).inputs());
        given.remove("x" + streamed);
        return Window.of(given).with(situation.ends());
    }

    /**
     * Checks that a layer gives the same in float32 as its float64 counterpart, forward and backward.
     *
     * @param floats the layer for float32
     * @param doubles the layer for float64, which asks for the same parameters
     * @param first carried states by {@code path/part}
     */
    static void agrees(
            Law law,
            LayerSpec<? extends Node> floats,
            LayerSpec<? extends Node> doubles,
            Situation situation,
            Inputs inputs,
            Map<String, Numbers> first) {
        DoubleParams params = DoubleParams.drawn(1);
        Node layer = doubles.create(params);
        Model model = model(floats, inputs.values().size(), params);
        // Not streaming: a model's batch window carries a state only to stateful layers.
        DoublePass pass = situation.pass().withCarried(States.byPath(States.variables(first)));
        Map<String, Tensor> expected = States.outputs(layer, layer.forward(inputs.values(), pass));
        Window window = window(inputs, first, situation);
        Forward forward = model.forward(window);
        Map<String, Tensor> found = States.outputs(layer, forward.outputs());
        String where = " " + situation.words();
        found.forEach((name, output) -> close(law, name + where, Numbers.of(expected.get(name)), output));
        Map<String, Tensor> last = States.byName(pass.last());
        forward.carry().tensors().forEach((name, state) -> {
            String own = name.substring(NODE.length());
            String path = own.startsWith(".") ? own.substring(1) : own;
            close(law, "last state " + path + where, Numbers.of(last.get(path)), state);
        });

        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(new Projection(situation.rows()).of(expected)).gradients();
        Gradients floatGradients = Gradients.of(projection(found, situation.rows()));
        window.inputs().forEach((name, value) -> {
            if (value instanceof Tensor input) {
                int i = Integer.parseInt(name.substring(1));
                Numbers gradient =
                        Numbers.gradient(gradients, (Tensor) inputs.values().get(i));
                close(law, "gradient of input " + i + where, gradient, floatGradients.get(input));
            }
        });
        names(params)
                .forEach((path, parameter) -> close(
                        law,
                        "gradient of parameter " + path + where,
                        Numbers.gradient(gradients, parameter),
                        floatGradients.get(model.parameter(path))));
    }

    static Tensor variable(Numbers numbers) {
        return Tensors.variable(numbers.shape(), numbers.constant().toFloats());
    }

    /** The sum of results times fixed random numbers, as {@link Projection} has it. */
    private static Tensor projection(Map<String, Tensor> results, int... rows) {
        Tensor sum = Tensors.zeros(Shape.of());
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Tensor value = result.getValue();
            Numbers weights = Projection.weights(result.getKey(), value.shape(), rows);
            sum = sum.plus(value.times(variable(weights)).sum());
        }
        return sum;
    }

    private static void close(Law law, String what, Numbers doubles, Tensor floats) {
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

    /** A cell over time that continues from the carried state. */
    record OverTime(CellSpec cell) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Recurrent step = cell.create(params);
            return (x, pass) -> {
                Step run = pass.unroll(
                        step, x, pass.carried(step.state(), x.shape().dim(0)));
                pass.carry(run.state());
                return run.output();
            };
        }
    }

    /**
     * A cell over time as a node whose first state is a parameter and whose last state is an output, so that both have gradients.
     *
     * @param rows how many the first state has
     * @param form of the cell: as it is, or only its step
     */
    record Unrolled(CellSpec cell, int rows, UnaryOperator<Recurrent> form) implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            Recurrent step = form.apply(cell.create(params.scope("cell")));
            Map<String, Tensor> first = new LinkedHashMap<>();
            List<String> names = new ArrayList<>(List.of("outputs"));
            step.state().forEach(part -> {
                names.add("last state " + part.name());
                first.put(
                        part.name(),
                        params.scope("first")
                                .get(
                                        part.name(),
                                        Init.zeros(),
                                        part.row().under(rows).dims()));
            });
            return new Node() {
                @Override
                public List<Value> forward(List<Value> inputs, Pass pass) {
                    Step run = pass.unroll(step, Node.only(inputs, Tensor.class), State.of(first));
                    // Which outputs a cell has, only its step says.
                    List<Value> values = new ArrayList<>(
                            List.of(Tensor.join(List.copyOf(run.outputs().values()))));
                    step.state().forEach(part -> values.add(run.state().get(part.name())));
                    return values;
                }

                @Override
                public List<String> outputs() {
                    return List.copyOf(names);
                }
            };
        }
    }
}
