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
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.Storage;

/**
 * A network with its parameters. Immutable except for the numbers of the parameters, which an optimizer changes. The caller holds the state
 * ({@link Carry}, {@link Session}), so one model serves any number of threads and streams.
 *
 * <pre>{@code
 * Model model = Model.create(spec, 42);
 * Forward forward = model.forward(Window.of(ids).with(carry));
 * Tensor loss = lossFunction.of(forward.output(), targets, Spans.full());
 * Gradients gradients = Gradients.of(loss);
 * optimizer.step(gradients, 0.1);
 * carry = forward.carry();
 * }</pre>
 */
public final class Model {
    private final ModelSpec spec;
    private final long seed;
    private final boolean training;
    private final Map<String, Parameter> parameters;
    /** Of all views of the same parameters. */
    private final Changes changes;

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private Model(ModelSpec spec, long seed, boolean training, Changes changes, Source source) {
        this.spec = spec;
        this.seed = seed;
        this.training = training;
        this.changes = changes;
        Map<String, Parameter> handedOut = new LinkedHashMap<>();
        Map<String, Tensor> leaves = new HashMap<>();
        spec.nodes()
                .forEach((name, node) -> nodes.put(name, LayerException.within(name, () -> {
                    return checked(node.layer().create(new Handout(name, 1, handedOut, leaves, source)));
                })));
        this.parameters = Collections.unmodifiableMap(handedOut);
        checkReferences();
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

    /** A new model to train, with parameters drawn from the seed. */
    public static Model create(ModelSpec spec, long seed) {
        Draws draws = Draws.of(seed).at("init");
        Changes changes = new Changes();
        HeapNeed need = new HeapNeed(spec);
        return new Model(spec, seed, true, changes, (path, init, shape) -> {
            float[] values = need.within(path, shape, () -> Initializer.values(path, init, shape, draws.at(path)));
            return new Parameter(shape, new Storage(path, values), changes);
        });
    }

    /**
     * A model to train whose parameters start with these numbers.
     *
     * @param values by path; each is copied
     * @throws IllegalArgumentException naming a parameter that is missing, unknown or of another shape
     */
    public static Model restore(ModelSpec spec, long seed, Map<String, Tensor> values) {
        Changes changes = new Changes();
        Model model = new Model(spec, seed, true, changes, (path, init, shape) -> {
            Tensor value = values.get(path);
            if (value == null) {
                throw new IllegalArgumentException(
                        "parameter " + path + shape + " is missing among the " + values.size() + " that were given");
            }
            if (!value.shape().equals(shape)) {
                throw new IllegalArgumentException(
                        "parameter " + path + " was given as " + value.shape() + ", but the model has " + shape);
            }
            return new Parameter(shape, new Storage(path, value.toFloats()), changes);
        });
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        unknown.removeAll(model.parameters.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("parameters " + unknown + " were given, but the model has none of them");
        }
        return model;
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

    /** The configuration. */
    public ModelSpec spec() {
        return spec;
    }

    /** The seed of new parameters and dropout masks. */
    public long seed() {
        return seed;
    }

    /** Whether this is the view to train: with dropout, and with gradients. */
    public boolean isTraining() {
        return training;
    }

    /** The parameters in the order in which the layers asked for them. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** The parameter of a path. */
    public Parameter parameter(String path) {
        Parameter parameter = parameters.get(path);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + path + Spelling.hint(path, parameters.keySet()));
        }
        return parameter;
    }

    /** How many numbers the parameters hold. */
    public long size() {
        return parameters.values().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /** A view of the same parameters without dropout and without gradients. */
    public Model inference() {
        return training ? view(parameters, changes) : this;
    }

    /**
     * A copy for inference that further training does not change; use it to serve while training continues. Any thread may call this, and the copy
     * belongs to one step: it waits while a step changes the parameters, and a step waits while they are copied. The copy has only the parameters
     * that the layers use in inference, so restore a model to train from {@link #snapshot}, not from this.
     */
    public Model copy() {
        Changes own = new Changes();
        Map<String, Parameter> copies = new HashMap<>();
        snapshot().forEach((path, values) -> {
            float[] array = FloatTensor.of(values).array();
            copies.put(path, new Parameter(values.shape(), new Storage(path, array), own));
        });
        return view(copies, own);
    }

    /** The numbers of all parameters by path, as constants that do not change later; of one step, like {@link #copy}. */
    public Map<String, Tensor> snapshot() {
        return changes.reading(() -> {
            Map<String, Tensor> result = new LinkedHashMap<>();
            parameters.forEach((path, parameter) -> result.put(path, parameter.snapshot()));
            return Collections.unmodifiableMap(result);
        });
    }

    /**
     * Changes several parameters atomically: {@link #copy} and {@link #snapshot} see all of the changes or none. Other threads that copy, change or
     * start a session wait until it ends, so {@code together} must not wait for such a thread.
     */
    public void change(Runnable together) {
        changes.together(together);
    }

    /** Coordinates changes of the parameters. */
    Changes changes() {
        return changes;
    }

    private Model view(Map<String, Parameter> from, Changes of) {
        return new Model(spec, seed, false, of, (path, init, shape) -> {
            Parameter parameter = from.get(path);
            if (parameter == null) {
                throw new IllegalArgumentException(
                        "parameter " + path + " is asked for in inference alone: the trained model has none");
            }
            return parameter;
        });
    }

    /** A stream of single steps through this model; see {@link Session}. */
    public Session session(int rows) {
        return new Session(this, rows);
    }

    /**
     * A stream through a model with several inputs, all but one of which are given from the start, such as the input of an encoder. The nodes that do
     * not depend on the streamed input run once, now, over their whole window; the others run in every step.
     *
     * <pre>{@code
     * Session session = model.session(Window.of(Map.of("source", question)).with("source", lengths));
     * session.step(new int[] {begin}, scores); // one step of the input "target"
     * }</pre>
     *
     * @param given all inputs but one, with as many rows as the session
     */
    public Session session(Window given) {
        return new Session(this, given);
    }

    /** The output for one input, as a separate window. */
    public Tensor forward(Value x) {
        return forward(Window.of(Map.of(spec.inputs().get(0), x))).output();
    }

    /**
     * The outputs for a window, and the states after it.
     *
     * @throws LayerException naming the layer that failed, and why
     * @throws IllegalArgumentException if the inputs of the window are not those of the model, or if it carries a state for a place that has none
     */
    public Forward forward(Window window) {
        return forward(window, WindowPass.Kind.BATCH, (node, values) -> {});
    }

    /** The path of the first node whose output contains NaN or infinity, to find out where a loss went wrong. */
    public Optional<String> firstNonFinite(Window window) {
        List<String> found = new ArrayList<>();
        forward(window, WindowPass.Kind.BATCH, (node, values) -> {
            if (found.isEmpty() && values.stream().anyMatch(Model::holdsNonFinite)) {
                found.add(node);
            }
        });
        return found.stream().findFirst();
    }

    private static boolean holdsNonFinite(Value value) {
        if (value instanceof Tensor tensor) {
            for (float number : tensor.toFloats()) {
                if (!Float.isFinite(number)) {
                    return true;
                }
            }
        }
        return false;
    }

    Forward forward(Window window, WindowPass.Kind kind, BiConsumer<String, List<Value>> observer) {
        Known known = inputs(window);
        if (window.inputs().size() != spec.inputs().size()) {
            throw new IllegalArgumentException(
                    "inputs " + window.inputs().keySet() + " were given, expected " + spec.inputs());
        }
        Map<String, State> ends = new LinkedHashMap<>();
        List<Tensor> penalties = new ArrayList<>();
        run(new Asked(window, kind, ends, penalties), known, observer);
        List<Value> outputs = spec.outputs().stream().map(known::value).toList();
        return new Forward(outputs, Carry.of(ends), penalties.stream().reduce(Tensor::plus));
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
        List<Value> outputs = spec.outputs().stream().map(known::value).toList();
        return new Forward(outputs, Carry.of(ends), Optional.empty());
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
            if (known.has(name)
                    || !nodeSpec.inputs().stream().map(ModelSpec::nodeOf).allMatch(known::has)) {
                return;
            }
            Node node = nodes.get(name);
            List<Value> inputs = nodeSpec.inputs().stream().map(known::value).toList();
            List<Spans> spans = nodeSpec.inputs().stream()
                    .map(reference -> known.spans.get(ModelSpec.nodeOf(reference)))
                    .toList();
            List<Boolean> streams = nodeSpec.inputs().stream()
                    .map(reference -> !known.whole.contains(ModelSpec.nodeOf(reference)))
                    .map(step -> step && asked.kind() == WindowPass.Kind.STREAM)
                    .toList();
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
            List<Value> outputs = LayerException.within(name, () -> forward(node, inputs, pass));
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

    /** Where the parameter of a path comes from: new, from given numbers, or another view's. */
    private interface Source {
        Parameter parameter(String path, Init init, Shape shape);
    }

    /** {@link Params} of one place. */
    private final class Handout implements Params {
        /** Layers in layers: deeper than any document that a model is read from, and far from the end of a thread's stack. */
        private static final int DEEPEST = 100;

        private final String place;
        private final int depth;
        private final Map<String, Parameter> handedOut;
        private final Map<String, Tensor> leaves;
        private final Source source;

        Handout(String place, int depth, Map<String, Parameter> handedOut, Map<String, Tensor> leaves, Source source) {
            this.place = place;
            this.depth = depth;
            this.handedOut = handedOut;
            this.leaves = leaves;
            this.source = source;
        }

        @Override
        public Tensor get(String name, Init init, int... dims) {
            String path = place + "." + name;
            if (handedOut.containsKey(path)) {
                throw new IllegalArgumentException("parameter " + path + " was asked for twice");
            }
            Parameter parameter = source.parameter(path, init, Shape.of(dims));
            handedOut.put(path, parameter);
            leaves.put(path, parameter.view(training));
            return leaves.get(path);
        }

        @Override
        public Params scope(String name) {
            if (depth == DEEPEST) {
                throw new IllegalArgumentException("its layers are nested more than " + DEEPEST + " deep");
            }
            return new Handout(place + "." + name, depth + 1, handedOut, leaves, source);
        }

        @Override
        public Tensor shared(String path, int... dims) {
            Parameter parameter = handedOut.get(path);
            if (parameter == null) {
                throw new IllegalArgumentException("sameAs " + path + ": no parameter of an earlier layer has this path"
                        + Spelling.hint(path, handedOut.keySet()));
            }
            if (!parameter.shape().equals(Shape.of(dims))) {
                throw new IllegalArgumentException(
                        "sameAs " + path + ": its shape is " + parameter.shape() + ", expected " + Shape.of(dims));
            }
            return leaves.get(path);
        }

        @Override
        public boolean training() {
            return training;
        }
    }
}
