package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.rnn4j.testkit.Situation.ROWS;
import static org.rnn4j.testkit.Situation.STEPS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;

/**
 * The laws that every layer keeps. The test of a layer is
 *
 * <pre>{@code
 * class AffineTest extends LayerContract {
 *     protected LayerSpec<? extends Node> spec() {
 *         return new Affine(4, 6);
 *     }
 *
 *     protected List<Feed> inputs() {
 *         return List.of(Feed.numbers(4));
 *     }
 * }
 * }</pre>
 *
 * <p>The layer runs unchanged on the {@link DoubleTensor}, over windows of 3 rows and 5 steps. Choose small sizes, and input and
 * output widths that differ. Every failure begins with the law that is broken. Cells have laws of their own:
 * {@link RecurrentContract}.
 */
public abstract class LayerContract {
    private static final Draws STATES = Draws.of(4);
    private static final int[] ALL = {0, 1, 2};

    /** For subclasses. */
    protected LayerContract() {}

    /** The layer to test: an equal spec at every call. */
    protected abstract LayerSpec<? extends Node> spec();

    /** What its inputs take. */
    protected abstract List<Feed> inputs();

    /**
     * Whether a step's output depends on steps before it, and so on row lengths, resets and carried state; false unless overridden.
     * Then the laws of time are checked too.
     */
    protected boolean worksOverTime() {
        return false;
    }

    /** Whether steps can be given one after the other; true unless overridden, as by a layer that looks ahead. */
    protected boolean streams() {
        return true;
    }

    /** Whether the layer takes inputs of any width, as one does that works number by number; false unless overridden. */
    protected boolean acceptsAnyWidth() {
        return false;
    }

    // What laws are made of.

    private Node training() {
        return spec().create(DoubleParams.drawn(1));
    }

    private Node inference() {
        return spec().create(DoubleParams.drawn(1).forInference());
    }

    private Inputs drawn() {
        return Inputs.drawn(inputs(), STEPS, ALL);
    }

    /** A pass in which every layer begins with the carried state, where the layer stands that. */
    private DoublePass goingOn(DoublePass pass) {
        return streams() ? pass.streaming() : pass;
    }

    private List<Situation> situations() {
        return worksOverTime() ? Situation.all() : List.of(Situation.plain());
    }

    /** The layer's states by {@code path/part}, found by running it once, with random numbers. */
    private Map<String, Numbers> states(Law law) {
        DoublePass pass = goingOn(DoublePass.first());
        law.run("a forward pass", () -> training().forward(drawn().values(), pass));
        Map<String, Numbers> states = new LinkedHashMap<>();
        byName(pass.last())
                .forEach((name, part) -> states.put(
                        name, Numbers.drawn(STATES.at(name), part.shape().without(0), ALL)));
        return states;
    }

    private static Map<String, Tensor> byName(Map<String, State> states) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        states.forEach((path, state) -> state.parts().forEach((part, value) -> byName.put(path + "/" + part, value)));
        return byName;
    }

    private static Map<String, State> byPath(Map<String, ? extends Tensor> states) {
        Map<String, Map<String, Tensor>> byPath = new LinkedHashMap<>();
        states.forEach((name, value) -> byPath.computeIfAbsent(
                        name.substring(0, name.lastIndexOf('/')), path -> new LinkedHashMap<>())
                .put(name.substring(name.lastIndexOf('/') + 1), value));
        Map<String, State> result = new LinkedHashMap<>();
        byPath.forEach((path, parts) -> result.put(path, State.of(parts)));
        return result;
    }

    private static Map<String, DoubleTensor> variables(Map<String, Numbers> numbers) {
        Map<String, DoubleTensor> variables = new LinkedHashMap<>();
        numbers.forEach((name, value) -> variables.put(name, value.variable()));
        return variables;
    }

    /** Outputs and last states, by the name that messages show. */
    private static Map<String, Tensor> results(Node layer, Inputs inputs, DoublePass pass) {
        Map<String, Tensor> results = outputs(layer.outputs(), layer.forward(inputs.values(), pass));
        byName(pass.last()).forEach((name, value) -> results.put("last state " + name, value));
        return results;
    }

    private static Map<String, Tensor> outputs(List<String> names, List<Value> values) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Tensor tensor) {
                outputs.put("output " + names.get(i), tensor);
            }
        }
        return outputs;
    }

    /** One window run forward and backward: its results and the gradients of what each row was given. */
    private Map<String, Numbers> outcome(
            Node layer, Inputs inputs, Map<String, Numbers> first, Situation situation, int... rows) {
        Map<String, DoubleTensor> states = variables(first);
        DoublePass pass = goingOn(situation.pass()).withCarried(byPath(states));
        Map<String, Tensor> results = results(layer, inputs, pass);
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(new Projection(rows).of(results)).gradients();
        Map<String, Numbers> outcome = Numbers.of(results);
        List<DoubleTensor> variables = inputs.variables();
        for (int i = 0; i < variables.size(); i++) {
            outcome.put("gradient of input " + i, Numbers.gradient(gradients, variables.get(i)));
        }
        states.forEach((name, state) -> outcome.put("gradient of state " + name, Numbers.gradient(gradients, state)));
        return outcome;
    }

    private static Map<String, Numbers> forwardOnly(Map<String, Numbers> outcome) {
        Map<String, Numbers> results = new LinkedHashMap<>(outcome);
        results.keySet().removeIf(name -> name.startsWith("gradient"));
        return results;
    }

    // The laws of all layers.

    /** Names, shapes and number of parameters do not change from one creation to the next, nor from training to inference. */
    @Test
    @DisplayName("parameters have the same names and shapes whenever the layer is created")
    public void parametersHaveNames() {
        ParameterLaw.check(spec(), spec());
    }

    /** Every output has a name, and a row for each row of the inputs. */
    @Test
    @DisplayName("outputs are named and have a row for each row of the inputs")
    public void outputsAreNamed() {
        Law law = new Law("outputs are named and have a row for each row of the inputs");
        Node layer = training();
        List<Value> outputs = law.run("a forward pass", () -> layer.forward(drawn().values(), DoublePass.first()));
        List<String> names = layer.outputs();
        law.holds(
                outputs.size() == names.size(),
                () -> "there are " + outputs.size() + " outputs for the names " + names);
        law.holds(new HashSet<>(names).size() == names.size(), () -> "a name is there twice: " + names);
        for (int i = 0; i < outputs.size(); i++) {
            Shape shape = outputs.get(i).shape();
            String name = names.get(i);
            law.holds(
                    shape.rank() >= 1 && shape.dim(0) == ROWS,
                    () -> "output " + name + " of " + ROWS + " rows has the shape " + shape);
        }
    }

    /** Inputs of a wrong width are refused with their shape, ids outside the vocabulary with the id. */
    @Test
    @DisplayName("a wrong input is refused with what was wrong")
    public void wrongInputsAreRefused() {
        Law law = new Law("a wrong input is refused with what was wrong");
        Node layer = training();
        for (int i = 0; i < inputs().size(); i++) {
            List<Value> values = new ArrayList<>(drawn().values());
            if (inputs().get(i) instanceof Feed.OfIds ids) {
                int[] outside = ((Ids) values.get(i)).toArray();
                outside[outside.length - 1] = ids.limit();
                values.set(i, Ids.of(values.get(i).shape(), outside));
                law.refuses(
                        "input " + i + " took the id " + ids.limit(),
                        Integer.toString(ids.limit()),
                        () -> layer.forward(values, DoublePass.first()));
            } else {
                int width = values.get(i).shape().columns() + 1;
                Shape wrong = values.get(i).shape().withColumns(width);
                values.set(i, DoubleTensor.of(wrong, new double[wrong.size()]));
                if (acceptsAnyWidth()) {
                    law.run("an input of another width", () -> layer.forward(values, DoublePass.first()));
                } else {
                    law.refuses(
                            "input " + i + " took the shape " + wrong,
                            "," + width + ")",
                            () -> layer.forward(values, DoublePass.first()));
                }
            }
        }
    }

    /** The training form depends on its arguments and the pass alone; the inference form draws nothing. */
    @Test
    @DisplayName("the training form repeats with its random numbers, and the inference form draws none")
    public void formsRepeat() {
        Law law = new Law("the training form repeats with its random numbers, and the inference form draws none");
        Node training = training();
        Node inference = inference();
        Map<String, Numbers> trained = once(law, training, 1);
        law.same("of the training form once more", trained, once(law, training, 1));
        Map<String, Numbers> inferred = once(law, inference, 1);
        law.same("of the inference form with other random numbers", inferred, once(law, inference, 2));
        trained.forEach((name, numbers) -> law.holds(
                inferred.containsKey(name)
                        && numbers.shape().equals(inferred.get(name).shape()),
                () -> name + " is " + numbers.shape() + " in training, but the inference form gives "
                        + inferred.keySet()));
    }

    private Map<String, Numbers> once(Law law, Node layer, long seed) {
        return Numbers.of(law.run(
                "a forward pass",
                () -> results(layer, drawn(), DoublePass.first().withSeed(seed))));
    }

    /** The same operations are recorded whatever the numbers are: no branch on a value, no number read out and put back in. */
    @Test
    @DisplayName("the recorded graph does not depend on values")
    public void graphDoesNotDependOnValues() {
        Law law = new Law("the recorded graph does not depend on values");
        Map<String, Numbers> first = states(law);
        List<String> expected = operations(law, first, 1);
        for (double factor : new double[] {0, -1, 20, -20}) {
            law.sameOperations("for inputs times " + factor, expected, operations(law, first, factor));
        }
    }

    private List<String> operations(Law law, Map<String, Numbers> first, double factor) {
        Map<String, Numbers> states = new LinkedHashMap<>(first);
        states.replaceAll((name, numbers) -> numbers.times(factor));
        DoublePass pass = goingOn(DoublePass.first()).withCarried(byPath(variables(states)));
        Map<String, Tensor> results =
                law.run("a forward pass", () -> results(inference(), drawn().times(factor), pass));
        return DoubleTensor.operations(results.values().toArray(new Tensor[0]));
    }

    /** A row gives the same bits alone and among others, forward and backward, whatever the others hold. */
    @Test
    @DisplayName("rows are independent of each other")
    public void rowsAreIndependent() {
        Law law = new Law("rows are independent of each other");
        Map<String, Numbers> first = states(law);
        Inputs inputs = drawn();
        for (Situation situation : situations()) {
            for (int n = 0; n < ROWS; n++) {
                rowIsAlone(law, situation, first, n);
                // The row of a mask that is drawn is one of the batch, so the training form is asked another question
                // only.
                int row = n;
                int other = (n + 1) % ROWS;
                Map<String, Numbers> expected = Numbers.row(
                        law.run("a forward pass", () -> outcome(training(), inputs, first, situation, ALL)), n);
                for (double number : new double[] {0.25, Double.NaN}) {
                    Map<String, Numbers> changed = new LinkedHashMap<>(first);
                    changed.replaceAll((name, numbers) -> numbers.withRow(other, number));
                    Map<String, Numbers> found = law.run(
                            "a forward pass",
                            () -> outcome(training(), inputs.withRow(other, number), changed, situation, ALL));
                    law.same(
                            "of row " + row + " " + situation.words() + ", after row " + other + " was changed to "
                                    + number,
                            expected,
                            Numbers.row(found, row));
                }
            }
        }
    }

    private void rowIsAlone(Law law, Situation situation, Map<String, Numbers> first, int n) {
        Inputs inputs = drawn();
        Map<String, Numbers> batch =
                law.run("a forward pass", () -> outcome(inference(), inputs, first, situation, ALL));
        Map<String, Numbers> alone = law.run(
                "a forward pass of one row",
                () -> outcome(inference(), inputs.row(n), Numbers.row(first, n), situation.row(n), n));
        String where = "of row " + n + " " + situation.words() + ", run alone";
        Map<String, Numbers> expected = Numbers.row(batch, n);
        law.same(where, forwardOnly(expected), forwardOnly(alone));
        // Alone, where all its steps are valid, a row needs fewer operations, and gradients are added up in another
        // order.
        law.close(where, expected, alone);
    }

    /** Gradients of inputs, parameters and carried states, in training with its random numbers and in inference. */
    @Test
    @DisplayName("gradients are right")
    public void gradientsAreRight() {
        gradients(Situation.plain(), true);
        if (worksOverTime()) {
            gradients(Situation.ending(), true);
            gradients(Situation.both(), true);
        }
        gradients(Situation.plain(), false);
    }

    private void gradients(Situation situation, boolean train) {
        Law law = new Law("gradients are right " + situation.words() + (train ? "" : " in the inference form"));
        DoubleParams drawn = DoubleParams.drawn(1);
        law.run("creating it", () -> spec().create(drawn));
        Inputs inputs = drawn();
        Map<String, DoubleTensor> leaves = new LinkedHashMap<>();
        for (int i = 0; i < inputs.variables().size(); i++) {
            leaves.put("input " + i, inputs.variables().get(i));
        }
        variables(states(law)).forEach((name, state) -> leaves.put("state " + name, state));
        drawn.parameters().forEach((name, parameter) -> leaves.put("parameter " + name, parameter));
        law.holds(!leaves.isEmpty(), () -> "there is nothing to check: no parameter, no state, no input of numbers");
        Projection projection = new Projection(ALL);
        GradientCheck check = law.checked(() -> GradientCheck.of(leaves, named -> {
            DoubleParams held = DoubleParams.holding(Law.withPrefix("parameter ", named));
            Node layer = spec().create(train ? held : held.forInference());
            DoublePass pass = goingOn(situation.pass()).withCarried(byPath(Law.withPrefix("state ", named)));
            List<DoubleTensor> numbers =
                    new ArrayList<>(Law.withPrefix("input ", named).values());
            return projection.of(results(layer, inputs.withVariables(numbers), pass));
        }));
        List<String> unused = new ArrayList<>(check.flat());
        unused.removeIf(name -> name.startsWith("state "));
        law.holds(unused.isEmpty(), () -> "nothing depends on " + unused);
    }

    /** The float32 tensor gives what the float64 tensor gives, forward and backward. */
    @Test
    @DisplayName("float32 agrees with float64")
    public void float32AgreesWithFloat64() {
        Law law = new Law("float32 agrees with float64");
        DoubleParams params = DoubleParams.drawn(1);
        Node layer = spec().create(params);
        Model model = law.run("creating a model", () -> Float32.model(spec(), inputs().size(), params));
        Map<String, Numbers> first = states(law);
        for (Situation situation : situations()) {
            Inputs inputs = drawn();
            // Not streaming: a model's batch window carries a state to stateful layers alone.
            DoublePass pass = situation.pass().withCarried(byPath(variables(first)));
            Map<String, Tensor> doubles = law.run("a forward pass", () -> results(layer, inputs, pass));
            List<Value> floats = inputs.floats();
            Forward forward = law.run("a float32 forward pass", () -> model.forward(window(floats, first, situation)));
            forward.carry().tensors().forEach((name, state) -> {
                String own = name.substring(Float32.NODE.length());
                String key = "last state " + (own.startsWith(".") ? own.substring(1) : own);
                Float32.close(law, key + " " + situation.words(), Numbers.of(doubles.get(key)), state);
            });
            doubles.keySet().removeIf(name -> name.startsWith("last state"));
            List<Value> outputs = forward.outputs();
            Map<String, Tensor> found = outputs(layer.outputs(), outputs);
            found.forEach((name, output) ->
                    Float32.close(law, name + " " + situation.words(), Numbers.of(doubles.get(name)), output));
            doubles.keySet().retainAll(found.keySet());
            float32Gradients(law, situation, params, model, new Comparison(doubles, found, inputs, floats));
        }
    }

    private record Comparison(
            Map<String, Tensor> doubles, Map<String, Tensor> floats, Inputs inputs, List<Value> floatInputs) {}

    private static void float32Gradients(
            Law law, Situation situation, DoubleParams params, Model model, Comparison both) {
        Map<DoubleTensor, double[]> expected =
                DoubleTensor.of(new Projection(ALL).of(both.doubles)).gradients();
        Gradients found = Gradients.of(Float32.projection(both.floats, ALL));
        for (int i = 0; i < both.floatInputs.size(); i++) {
            if (both.floatInputs.get(i) instanceof Tensor floats) {
                Float32.close(
                        law,
                        "gradient of input " + i + " " + situation.words(),
                        Numbers.gradient(expected, (Tensor) both.inputs.values().get(i)),
                        found.get(floats));
            }
        }
        Float32.names(params)
                .forEach((path, parameter) -> Float32.close(
                        law,
                        "gradient of parameter " + path + " " + situation.words(),
                        Numbers.gradient(expected, parameter),
                        found.get(model.parameter(path))));
    }

    private static Window window(List<Value> inputs, Map<String, Numbers> first, Situation situation) {
        Map<String, Value> named = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            named.put("x" + i, inputs.get(i));
        }
        Map<String, Tensor> carried = new LinkedHashMap<>();
        first.forEach((name, numbers) ->
                carried.put(Float32.NODE + (name.startsWith("/") ? name : "." + name), Float32.variable(numbers)));
        return Window.of(named)
                .with(situation.pass().lengths())
                .with(situation.pass().resets())
                .with(Carry.ofTensors(carried));
    }

    /** A layer that looks ahead does not guess in a stream, which gives one step at a time. */
    @Test
    @DisplayName("a layer that needs the whole sequence refuses a stream")
    public void streamsAreRefused() {
        assumeTrue(!streams(), "a layer that streams");
        Law law = new Law("a layer that needs the whole sequence refuses a stream");
        DoublePass stream = DoublePass.first().streaming();
        law.refuses("a stream was taken", "whole sequence", () -> training().forward(drawn().values(), stream));
    }

    // The laws of layers over time.

    /** Past its end a row outputs zeros and keeps its state, and what stands in the padding reaches nothing. */
    @Test
    @DisplayName("a row ends where its length says")
    public void lengthsEndRows() {
        assumeTrue(worksOverTime(), "not a layer over time");
        Law law = new Law("a row ends where its length says");
        Inputs inputs = drawn();
        Map<String, Numbers> first = states(law);
        for (Situation situation : List.of(Situation.ending(), Situation.shorter())) {
            Map<String, Numbers> whole =
                    law.run("a forward pass", () -> outcome(inference(), inputs, first, situation, ALL));
            Inputs padded = inputs;
            for (int n = 0; n < ROWS; n++) {
                int valid = situation.valid(n);
                for (int t = valid; t < STEPS; t++) {
                    padded = padded.withStep(n, t, Double.NaN);
                    zeros(law, whole, n, t);
                }
                law.same(
                        "of row " + n + ", which ends after " + valid + " of " + STEPS + " steps",
                        lastStates(law, inputs.row(n).steps(0, valid), Numbers.row(first, n)),
                        Law.withPrefix("last state ", Numbers.row(forwardOnly(whole), n)));
            }
            Inputs nan = padded;
            law.same(
                    "with NaN in the padding",
                    whole,
                    law.run("a forward pass", () -> outcome(inference(), nan, first, situation, ALL)));
            DoubleParams params = DoubleParams.drawn(1);
            Node layer = spec().create(params);
            DoublePass pass = goingOn(situation.pass()).withCarried(byPath(variables(first)));
            law.finite("with NaN in the padding", params, new Projection(ALL).of(results(layer, nan, pass)));
        }
    }

    private static void zeros(Law law, Map<String, Numbers> whole, int n, int t) {
        whole.forEach((name, numbers) -> {
            if (name.startsWith("gradient of input") || ofEveryStep(name, numbers)) {
                law.zeros(name, numbers, n, t);
            }
        });
    }

    /** The states of a row after its valid steps, run alone and without lengths. */
    private Map<String, Numbers> lastStates(Law law, Inputs inputs, Map<String, Numbers> first) {
        if (inputs.values().get(0).shape().size() == 0) {
            Map<String, Numbers> untouched = new LinkedHashMap<>(first);
            untouched.replaceAll((name, state) -> streams() ? state : state.zeros());
            return untouched;
        }
        DoublePass pass = goingOn(DoublePass.first()).withCarried(byPath(variables(first)));
        law.run("a forward pass of one row", () -> inference().forward(inputs.values(), pass));
        return Numbers.of(byName(pass.last()));
    }

    /** In a stream, T steps at once are the same bits as some of them and then the others. */
    @Test
    @DisplayName("a run of T steps is a run of its first steps and then one of the others")
    public void runContinues() {
        assumeTrue(worksOverTime() && streams(), "not a layer over time that streams");
        Law law = new Law("a run of T steps is a run of its first steps and then one of the others");
        Inputs inputs = drawn();
        Map<String, Numbers> first = states(law);
        for (Situation situation : situations()) {
            Map<String, Numbers> whole =
                    forwardOnly(law.run("a forward pass", () -> outcome(inference(), inputs, first, situation, ALL)));
            for (int a = 1; a < STEPS; a++) {
                int cut = a;
                Map<String, Numbers> begin = forwardOnly(law.run(
                        "a forward pass",
                        () -> outcome(inference(), inputs.steps(0, cut), first, situation.steps(0, cut), ALL)));
                Map<String, Numbers> between = Law.withPrefix("last state ", begin);
                Map<String, Numbers> rest = forwardOnly(law.run(
                        "a forward pass",
                        () -> outcome(
                                inference(), inputs.steps(cut, STEPS), between, situation.steps(cut, STEPS), ALL)));
                String where = situation.words() + ", cut after step " + a;
                begin.keySet().removeIf(name -> !ofEveryStep(name, whole.get(name)));
                Map<String, Numbers> firstSteps = steps(whole, 0, cut);
                firstSteps.keySet().retainAll(begin.keySet());
                law.same("of its first steps, " + where, firstSteps, begin);
                law.same(where, steps(whole, cut, STEPS), rest);
            }
        }
    }

    /** Those steps of what has some; last states, and outputs that are not of every step, stay. */
    private static Map<String, Numbers> steps(Map<String, Numbers> all, int from, int to) {
        Map<String, Numbers> cut = new LinkedHashMap<>(all);
        cut.replaceAll((name, numbers) -> ofEveryStep(name, numbers) ? numbers.steps(from, to) : numbers);
        return cut;
    }

    private static boolean ofEveryStep(String name, Numbers numbers) {
        Shape shape = numbers.shape();
        return name.startsWith("output ") && shape.rank() >= 2 && shape.dim(1) == STEPS;
    }

    /** Where steps are independent of each other, what stands at one reaches the output of no other. */
    @Test
    @DisplayName("a layer that does not work over time takes every step alone")
    public void stepsStandAlone() {
        assumeTrue(!worksOverTime(), "a layer over time");
        Law law = new Law("a layer that does not work over time takes every step alone");
        Inputs inputs = drawn();
        Map<String, Numbers> first = states(law);
        law.holds(first.isEmpty(), () -> "it carries the states " + first.keySet());
        Map<String, Numbers> expected = outcome(inference(), inputs, first, Situation.plain(), ALL);
        for (int t = 0; t < STEPS; t++) {
            Inputs changed = inputs.withStep(0, t, Double.NaN);
            Map<String, Numbers> found = outcome(inference(), changed, first, Situation.plain(), ALL);
            String where = ", after step " + t + " was changed";
            law.same("before it" + where, steps(forwardOnly(expected), 0, t), steps(forwardOnly(found), 0, t));
            law.same(
                    "behind it" + where,
                    steps(forwardOnly(expected), t + 1, STEPS),
                    steps(forwardOnly(found), t + 1, STEPS));
        }
    }

    /** A session that is given one step at a time answers with the bits of a window that has all of them, and replays a recorded step. */
    @Test
    @DisplayName("a streaming session gives the bits of one window")
    public void sessionStreams() {
        assumeTrue(streams() && inputs().size() == 1, "not a layer of one input that streams");
        Law law = new Law("a streaming session gives the bits of one window");
        DoubleParams params = DoubleParams.drawn(1);
        law.run("creating it", () -> spec().create(params));
        Model model = law.run("creating a model", () -> Float32.model(spec(), 1, params));
        Inputs inputs = drawn();
        Numbers whole = Numbers.of(law.run(
                        "a window",
                        () -> model.inference().forward(window(inputs.floats(), Map.of(), Situation.plain())))
                .output());
        assumeTrue(whole.shape().rank() >= 2 && whole.shape().dim(1) == STEPS, "its output is not one of every step");
        Session session = model.session(ROWS);
        for (int t = 0; t < STEPS; t++) {
            Numbers expected = whole.steps(t, t + 1);
            float[] y = new float[expected.values().length];
            Value x = inputs.steps(t, t + 1).floats().get(0);
            law.run("a step of a session", () -> step(session, x, y));
            law.same(
                    "output of step " + t,
                    expected.shape(),
                    expected.values(),
                    Tensors.of(expected.shape(), y).toDoubles());
        }
        law.holds(
                session.replays(),
                () -> "it runs the layers in every step, as a layer reads numbers or ids while it runs, or an op sets"
                        + " only some of its outputs");
    }

    private static float[] step(Session session, Value x, float[] y) {
        if (x instanceof Ids ids) {
            session.step(ids.toArray(), y);
        } else {
            session.step(((Tensor) x).toFloats(), y);
        }
        return y;
    }
}
