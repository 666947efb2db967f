package org.rnn4j.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerException;
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

    private final Graph graph;

    private Model(ModelSpec spec, long seed, boolean training, Changes changes, Handout.Source source) {
        this.spec = spec;
        this.seed = seed;
        this.training = training;
        this.changes = changes;
        Handout handout = new Handout(training, source);
        this.graph = new Graph(spec, seed, handout);
        this.parameters = handout.all();
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
        return graph.forward(window, (node, values) -> {});
    }

    /** The path of the first node whose output contains NaN or infinity, to find out where a loss went wrong. */
    public Optional<String> firstNonFinite(Window window) {
        List<String> found = new ArrayList<>();
        graph.forward(window, (node, values) -> {
            if (found.isEmpty() && values.stream().anyMatch(Model::holdsNonFinite)) {
                found.add(node);
            }
        });
        return found.stream().findFirst();
    }

    private static boolean holdsNonFinite(Value value) {
        return value instanceof Tensor tensor && Tensors.firstNonFinite(tensor.toFloats()) >= 0;
    }

    /** What a window runs through. */
    Graph graph() {
        return graph;
    }
}
