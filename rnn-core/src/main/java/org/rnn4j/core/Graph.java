package org.rnn4j.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Node;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The nodes of a model, and how a window runs through them: each when its inputs are there, in the order of the configuration. Immutable; for any
 * number of threads.
 */
final class Graph {
    private final ModelSpec spec;
    private final long seed;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /**
     * The nodes of a configuration.
     *
     * @param seed what passes draw from
     * @param handout where the nodes get their parameters
     */
    Graph(ModelSpec spec, long seed, Handout handout) {
        this.spec = spec;
        this.seed = seed;
        spec.nodes()
                .forEach((name, node) -> nodes.put(
                        name,
                        LayerException.within(name, () -> checked(node.layer().create(handout.at(name))))));
        checkReferences();
    }

    private static Node checked(Node node) {
        if (node == null) {
            throw new IllegalArgumentException("create gave null, expected a layer");
        }
        checkNames(node.outputs());
        return node;
    }

    private static void checkNames(List<String> outputs) {
        if (outputs == null || outputs.isEmpty()) {
            throw new IllegalArgumentException("names no outputs, expected at least one");
        }
        Set<String> known = new HashSet<>();
        for (String output : outputs) {
            if (!known.add(output)) {
                throw new IllegalArgumentException("names the output " + output + " twice");
            }
        }
    }

    /** Refuses references to outputs that no node has; which outputs a node has is known only now. */
    private void checkReferences() {
        Set<String> known = new LinkedHashSet<>(spec.inputs());
        nodes.forEach((name, node) -> {
            known.add(name);
            node.outputs().forEach(output -> known.add(name + "." + output));
        });
        spec.nodes()
                .forEach((name, node) -> node.inputs()
                        .forEach(input -> checkReference("node " + name + " takes the input " + input, input, known)));
        spec.outputs().forEach(output -> checkReference("the model gives the output " + output, output, known));
    }

    private static void checkReference(String what, String reference, Set<String> known) {
        if (!known.contains(reference)) {
            String node = ModelSpec.nodeOf(reference);
            List<String> its =
                    known.stream().filter(name -> name.startsWith(node + ".")).toList();
            throw new IllegalArgumentException(what + ", but "
                    + (its.isEmpty()
                            ? node + " is an input of the model, which has no parts"
                            : "there are only " + String.join(", ", its)));
        }
    }

    /**
     * The outputs for a window of a batch, and the states after it.
     *
     * @param observer is told of each node's outputs
     */
    Forward forward(Window window, BiConsumer<String, List<Value>> observer) {
        Known known = inputs(window);
        if (window.inputs().size() != spec.inputs().size()) {
            throw new IllegalArgumentException(
                    "inputs " + window.inputs().keySet() + " were given, expected " + spec.inputs());
        }
        Map<String, State> ends = new LinkedHashMap<>();
        List<Tensor> penalties = new ArrayList<>();
        run(new Asked(window, WindowPass.Kind.BATCH, ends, penalties), known, observer);
        return new Forward(outputs(known), Carry.of(ends), penalties.stream().reduce(Tensor::plus));
    }

    /** The outputs of all nodes that do not depend on the inputs missing from a window. */
    Known given(Window window) {
        Known known = new Known();
        window.inputs().keySet().forEach(input -> known.add(window, input));
        Asked whole = new Asked(window, WindowPass.Kind.BATCH, new LinkedHashMap<>(), new ArrayList<>());
        run(whole, known, (node, values) -> {});
        return known;
    }

    /** One step of a stream of the input that was missing in {@link #given}. */
    Forward step(Window window, Known given) {
        Known known = given.copy();
        window.inputs().keySet().forEach(input -> known.add(window, input));
        Map<String, State> ends = new LinkedHashMap<>();
        run(new Asked(window, WindowPass.Kind.STREAM, ends, new ArrayList<>()), known, (node, values) -> {});
        return new Forward(outputs(known), Carry.of(ends), Optional.empty());
    }

    private List<Value> outputs(Known known) {
        return spec.outputs().stream().map(known::value).toList();
    }

    private Known inputs(Window window) {
        Known known = new Known();
        for (String input : spec.inputs()) {
            if (!window.inputs().containsKey(input)) {
                throw new IllegalArgumentException("input " + input + " is missing; given are "
                        + window.inputs().keySet());
            }
            known.add(window, input);
        }
        return known;
    }

    /**
     * A pass over some nodes.
     *
     * @param ends where their states after the window go, by place
     * @param penalties where what they add to the loss goes
     */
    private record Asked(Window window, WindowPass.Kind kind, Map<String, State> ends, List<Tensor> penalties) {}

    /** Runs the nodes that are not known yet and whose inputs are. */
    private void run(Asked asked, Known known, BiConsumer<String, List<Value>> observer) {
        Draws draws = Draws.of(seed).at("pass").at(asked.window().step());
        Set<String> ran = new HashSet<>();
        spec.nodes().forEach((name, nodeSpec) -> {
            if (known.has(name) || !known.hasNodesOf(nodeSpec.inputs())) {
                return;
            }
            Node node = nodes.get(name);
            List<Value> inputs = new ArrayList<>();
            List<Spans> spans = new ArrayList<>();
            List<Boolean> streams = new ArrayList<>();
            for (String reference : nodeSpec.inputs()) {
                String from = ModelSpec.nodeOf(reference);
                inputs.add(known.value(reference));
                spans.add(known.spans.get(from));
                streams.add(asked.kind() == WindowPass.Kind.STREAM && !known.whole.contains(from));
            }
            List<Value> given = Collections.unmodifiableList(inputs); // a layer of somebody else's sees it
            WindowPass pass = new WindowPass(
                    name,
                    asked.window(),
                    spans,
                    streams,
                    asked.kind(),
                    draws.at(name),
                    asked.ends(),
                    asked.penalties());
            List<String> outputNames = node.outputs();
            List<Value> outputs = LayerException.within(name, () -> forward(node, given, pass));
            LayerException.within(name, () -> {
                checkOutputs(outputs, outputNames);
                checkRows(outputs, outputNames, inputs.get(0).shape(), spans.get(0));
                return null;
            });
            ran.add(name);
            known.values.put(name, outputs.get(0));
            for (int i = 0; i < outputs.size(); i++) {
                known.values.put(name + "." + outputNames.get(i), outputs.get(i));
            }
            known.spans.put(name, spans.get(0));
            observer.accept(name, outputs);
        });
        checkCarried(asked, ran);
    }

    private static void checkOutputs(List<Value> outputs, List<String> names) {
        if (outputs == null || outputs.size() != names.size()) {
            throw new IllegalArgumentException(
                    "gave " + (outputs == null ? "null" : outputs.size() + " outputs") + ", but names " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            if (outputs.get(i) == null) {
                throw new IllegalArgumentException("gave null as " + names.get(i) + ", expected a tensor or ids");
            }
        }
    }

    /** Refuses an output with another number of rows, because the row lengths of the input apply to it too. */
    private static void checkRows(List<Value> outputs, List<String> names, Shape input, Spans spans) {
        for (int i = 0; i < names.size() && !spans.isFull(); i++) {
            Shape shape = outputs.get(i).shape();
            if (shape.rank() > 0 && shape.dim(0) < input.dim(0)) {
                throw new IllegalArgumentException(
                        "gave " + names.get(i) + " of shape " + shape + " for an input of shape " + input
                                + " whose rows have lengths: expected " + input.dim(0) + " rows");
            }
        }
    }

    /** Refuses carried states that no layer used, such as those of another model: the layers would silently start from zeros. */
    private void checkCarried(Asked asked, Set<String> ran) {
        List<String> unknown = asked.window().carry().states().keySet().stream()
                .filter(path -> !asked.ends().containsKey(path))
                // A session's nodes that ran before its steps have states too, in the carry of a whole window.
                .filter(path -> ran.contains(ModelSpec.nodeOf(path)) || !nodes.containsKey(ModelSpec.nodeOf(path)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the carry has states of " + unknown
                    + (asked.ends().isEmpty()
                            ? ", but no layer here carries any"
                            : ", but the layers that carry one are "
                                    + asked.ends().keySet()));
        }
    }

    private static List<Value> forward(Node node, List<Value> inputs, Pass pass) {
        try {
            return node.forward(inputs, pass);
        } catch (OutOfMemoryError e) {
            Shape shape = inputs.get(0).shape();
            throw new IllegalStateException(
                    "the heap of " + HeapNeed.megabytes(Runtime.getRuntime().maxMemory())
                            + " is too small for an input of shape " + shape
                            + ": what a window computes is held until its end, in training all of it for the gradients. Take shorter windows (a stateful layer carries its"
                            + " state on), fewer rows, a cell with a hand-written step, which keeps less, or a larger heap (-Xmx)",
                    e);
        }
    }

    /** The values of inputs and nodes that are known so far, and whose time they have: a node has that of its first input. */
    static final class Known {
        private final Map<String, Value> values = new HashMap<>();
        private final Map<String, Spans> spans = new HashMap<>();
        /** The inputs and nodes that a stream was given from the start. */
        private Set<String> whole = Set.of();

        private void add(Window window, String input) {
            Value value = window.inputs().get(input);
            checkWindow(window, input, value.shape());
            values.put(input, value);
            spans.put(input, window.spans(input));
        }

        private boolean has(String name) {
            return values.containsKey(name);
        }

        private boolean hasNodesOf(List<String> references) {
            for (String reference : references) {
                if (!has(ModelSpec.nodeOf(reference))) {
                    return false;
                }
            }
            return true;
        }

        private Value value(String reference) {
            Value value = values.get(reference);
            if (value == null) {
                throw new IllegalArgumentException(
                        "there is no output " + reference + Spelling.hint(reference, values.keySet()));
            }
            return value;
        }

        /** To add a step of a stream to. */
        private Known copy() {
            Known copy = new Known();
            copy.whole = spans.keySet();
            copy.values.putAll(values);
            copy.spans.putAll(spans);
            return copy;
        }
    }

    private static void checkWindow(Window window, String input, Shape shape) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException("input " + input + " has the shape " + shape + ", expected (N,T,…)");
        }
        LayerException.within("input " + input, () -> {
            window.spans(input).within(shape.dim(0), shape.dim(1));
            return null;
        });
    }
}
