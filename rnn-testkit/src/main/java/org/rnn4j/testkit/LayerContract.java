package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;

/**
 * Checks the properties that every layer must have. The test of a layer is
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
 * output widths that differ. Every failure message begins with the violated property and ends with the smallest window that shows it. For cells see
 * {@link RecurrentContract}.
 */
public abstract class LayerContract {
    private static final Draws STATES = Draws.of(4);

    private static final String PARAMETERS = SpecLaws.PARAMETERS;
    private static final String JSON = SpecLaws.JSON;
    private static final String OUTPUTS = "outputs are named and have a row for each row of the inputs";
    private static final String WRONG_INPUTS = "a wrong input is refused with what was wrong";
    private static final String FORMS =
            "the training form repeats with its random numbers, and the inference form draws none";
    private static final String GRAPH = "the recorded graph does not depend on values";
    private static final String ROWS = "rows are independent of each other";
    private static final String GRADIENTS = "gradients are right";
    private static final String FLOAT32 = "float32 agrees with float64";
    private static final String REFUSES = "a layer that needs the whole sequence refuses a stream";
    private static final String BESIDE = "a session streams one of several inputs beside the others, or is refused";
    private static final String LENGTHS = "a row ends where its length says";
    private static final String RESETS = "a new sequence begins with nothing of the one before";
    private static final String CONTINUES = "a run of T steps is a run of its first steps and then one of the others";
    private static final String ALONE = "a layer that does not work over time takes every step alone";
    private static final String STREAMS = "a streaming session gives the bits of one window";

    private static final String LAST_STATE = "last state ";

    /** For subclasses. */
    protected LayerContract() {}

    /** The layer to test: an equal spec at every call. */
    protected abstract LayerSpec<? extends Node> spec();

    /** The kinds of its inputs. */
    protected abstract List<Feed> inputs();

    /**
     * Whether a step's output depends on steps before it, and so on row lengths, resets and carried state; false unless overridden.
     * The properties of layers over time are then checked too.
     */
    protected boolean worksOverTime() {
        return false;
    }

    /** Whether steps can be streamed; true unless overridden, for example by a layer that looks ahead. */
    protected boolean streams() {
        return true;
    }

    /**
     * The inputs that a session may stream while it is given the others completely, such as the first input of a decoder; none unless overridden. All
     * others with a time axis must refuse streaming.
     */
    protected Set<Integer> streamsBesideOthers() {
        return Set.of();
    }

    /** Whether the layer accepts inputs of any width, like an elementwise layer; false unless overridden. */
    protected boolean acceptsAnyWidth() {
        return false;
    }

    // What laws are made of.

    /** The situations in which a law is checked; the test of this contract examines every one in which a violation may be shown. */
    List<Situation> among(Situation... meant) {
        return List.of(meant);
    }

    private Node training() {
        return spec().create(DoubleParams.drawn(1));
    }

    private Node inference() {
        return spec().create(DoubleParams.drawn(1).forInference());
    }

    private Inputs drawn(Situation situation) {
        return Inputs.drawn(inputs(), situation.steps(), situation.rows());
    }

    private Situation[] situations() {
        return worksOverTime() ? Situation.all() : new Situation[] {Situation.plain()};
    }

    /** A pass in which every layer starts from the carried state, if the layer supports that. */
    private DoublePass goingOn(DoublePass pass) {
        return streams() ? pass.streaming() : pass;
    }

    /** The layer's states by {@code path/part}, found by running it once, with random numbers. */
    private Map<String, Numbers> states(Situation situation) {
        DoublePass pass = goingOn(DoublePass.first());
        training().forward(drawn(situation).values(), pass);
        Map<String, Numbers> states = new LinkedHashMap<>();
        States.byName(pass.last())
                .forEach((name, part) -> states.put(
                        name, Numbers.drawn(STATES.at(name), part.shape().without(0), situation.rows())));
        return states;
    }

    /** The outputs that have a step for each step of the inputs. */
    private Set<String> ofEveryStep(Law law) {
        Situation situation = Situation.plain();
        Set<String> names = new HashSet<>();
        law.run("a forward pass", () -> results(inference(), drawn(situation), situation.pass()))
                .forEach((name, output) -> {
                    Shape shape = output.shape();
                    if (name.startsWith("output") && shape.rank() >= 2 && shape.dim(1) == situation.steps()) {
                        names.add(name);
                    }
                });
        return names;
    }

    /** Outputs and last states, by the name that messages show. */
    private static Map<String, Tensor> results(Node layer, Inputs inputs, DoublePass pass) {
        Map<String, Tensor> results = States.outputs(layer, layer.forward(inputs.values(), pass));
        States.byName(pass.last()).forEach((name, value) -> results.put(LAST_STATE + name, value));
        return results;
    }

    /** One window run forward and backward: its results and the gradients of each row's inputs. */
    private Map<String, Numbers> outcome(Node layer, Inputs inputs, Map<String, Numbers> first, Situation situation) {
        Map<String, DoubleTensor> states = States.variables(first);
        DoublePass pass = goingOn(situation.pass()).withCarried(States.byPath(states));
        Map<String, Tensor> results = results(layer, inputs, pass);
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(new Projection(situation.rows()).of(results)).gradients();
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

    /** Those steps of the outputs that have some; last states, and outputs that are not of every step, stay. */
    private static Map<String, Numbers> steps(Map<String, Numbers> all, Set<String> ofEveryStep, int from, int to) {
        Map<String, Numbers> cut = new LinkedHashMap<>(all);
        cut.replaceAll((name, numbers) -> ofEveryStep.contains(name) ? numbers.steps(from, to) : numbers);
        return cut;
    }

    // The laws of all layers.

    /** Names, shapes and number of parameters do not change from one creation to the next, nor from training to inference. */
    @Test
    @DisplayName(PARAMETERS)
    public void parametersHaveNames() {
        SpecLaws.parametersHaveNames(spec(), spec());
    }

    /** The spec is a public record that JSON can represent, and equals the spec that is read back. */
    @Test
    @DisplayName(JSON)
    public void specIsItselfAgain() {
        SpecLaws.specIsItselfAgain(spec(), spec());
    }

    /** Every output has a name, and a row for each row of the inputs. */
    @Test
    @DisplayName(OUTPUTS)
    public void outputsAreNamed() {
        Law law = new Law(OUTPUTS);
        law.in(among(Situation.plain()), situation -> {
            Node layer = training();
            List<Value> outputs = layer.forward(drawn(situation).values(), DoublePass.first());
            List<String> names = layer.outputs();
            law.holds(
                    outputs.size() == names.size(),
                    () -> "there are " + outputs.size() + " outputs for the names " + names);
            law.holds(new HashSet<>(names).size() == names.size(), () -> "a name is there twice: " + names);
            for (int i = 0; i < outputs.size(); i++) {
                Shape shape = outputs.get(i).shape();
                String name = names.get(i);
                law.holds(
                        shape.rank() >= 1 && shape.dim(0) == situation.size(),
                        () -> "output " + name + " of " + situation.size() + " rows has the shape " + shape);
            }
        });
    }

    /** Inputs of a wrong width are refused with their shape, ids outside the vocabulary with the id. */
    @Test
    @DisplayName(WRONG_INPUTS)
    public void wrongInputsAreRefused() {
        Law law = new Law(WRONG_INPUTS);
        law.in(among(Situation.plain()), situation -> {
            Node layer = training();
            for (int i = 0; i < inputs().size(); i++) {
                wrongInputIsRefused(
                        law, layer, i, new ArrayList<>(drawn(situation).values()));
            }
        });
    }

    private void wrongInputIsRefused(Law law, Node layer, int i, List<Value> values) {
        if (inputs().get(i) instanceof Feed.OfIds ids) {
            int[] outside = ((Ids) values.get(i)).toArray();
            outside[outside.length - 1] = ids.limit();
            values.set(i, Ids.of(values.get(i).shape(), outside));
            law.refuses(
                    "input " + i + " took the id " + ids.limit(),
                    Integer.toString(ids.limit()),
                    () -> layer.forward(values, DoublePass.first()));
            return;
        }
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

    /** The training form depends only on its arguments and the pass; the inference form draws no random numbers. */
    @Test
    @DisplayName(FORMS)
    public void formsRepeat() {
        Law law = new Law(FORMS);
        law.in(among(Situation.plain()), situation -> {
            Node training = training();
            Node inference = inference();
            Map<String, Numbers> trained = once(training, situation, 1);
            law.same("of the training form once more", trained, once(training, situation, 1));
            Map<String, Numbers> inferred = once(inference, situation, 1);
            law.same("of the inference form with other random numbers", inferred, once(inference, situation, 2));
            trained.forEach((name, numbers) -> law.holds(
                    inferred.containsKey(name)
                            && numbers.shape().equals(inferred.get(name).shape()),
                    () -> name + " is " + numbers.shape() + " in training, but the inference form gives "
                            + inferred.keySet()));
        });
    }

    private Map<String, Numbers> once(Node layer, Situation situation, long seed) {
        return Numbers.of(results(layer, drawn(situation), DoublePass.first().withSeed(seed)));
    }

    /** The recorded operations do not depend on the numbers: no branch on a value, no number read out and put back in. */
    @Test
    @DisplayName(GRAPH)
    public void graphDoesNotDependOnValues() {
        Law law = new Law(GRAPH);
        law.in(among(Situation.plain()), situation -> {
            Map<String, Numbers> first = states(situation);
            List<String> expected = operations(situation, first, 1);
            for (double factor : new double[] {0, -1, 20, -20}) {
                law.sameOperations("for inputs times " + factor, expected, operations(situation, first, factor));
            }
        });
    }

    private List<String> operations(Situation situation, Map<String, Numbers> first, double factor) {
        Map<String, Numbers> states = new LinkedHashMap<>(first);
        states.replaceAll((name, numbers) -> numbers.times(factor));
        DoublePass pass = goingOn(situation.pass()).withCarried(States.byPath(States.variables(states)));
        Map<String, Tensor> results = results(inference(), drawn(situation).times(factor), pass);
        return DoubleTensor.operations(results.values().toArray(new Tensor[0]));
    }

    /** A row gives the same bits alone and among others, forward and backward, whatever the others contain. */
    @Test
    @DisplayName(ROWS)
    public void rowsAreIndependent() {
        Law law = new Law(ROWS);
        law.in(among(situations()), situation -> {
            Map<String, Numbers> first = states(situation);
            Inputs inputs = drawn(situation);
            Map<String, Numbers> trained = outcome(training(), inputs, first, situation);
            for (int n = 0; n < situation.size() && situation.size() > 1; n++) {
                rowIsAlone(law, situation, first, n);
                // The row of a mask that is drawn is one of the batch, so the training form is asked another question
                // only.
                int other = (n + 1) % situation.size();
                for (double number : new double[] {0.25, Double.NaN}) {
                    Map<String, Numbers> changed = new LinkedHashMap<>(first);
                    changed.replaceAll((name, numbers) -> numbers.withRow(other, number));
                    law.same(
                            "of row " + n + " " + situation.words() + ", after row " + other + " was changed to "
                                    + number,
                            Numbers.row(trained, n),
                            Numbers.row(outcome(training(), inputs.withRow(other, number), changed, situation), n));
                }
            }
        });
    }

    private void rowIsAlone(Law law, Situation situation, Map<String, Numbers> first, int n) {
        Inputs inputs = drawn(situation);
        Map<String, Numbers> expected = Numbers.row(outcome(inference(), inputs, first, situation), n);
        Map<String, Numbers> alone = outcome(inference(), inputs.row(n), Numbers.row(first, n), situation.row(n));
        String where = "of row " + n + " " + situation.words() + ", run alone";
        law.same(where, forwardOnly(expected), forwardOnly(alone));
        // Alone, where all its steps are valid, a row needs fewer operations, and gradients are added up in another
        // order.
        law.close(where, expected, alone);
    }

    /** Gradients of inputs, parameters and carried states, in training with its random numbers and in inference. */
    @Test
    @DisplayName(GRADIENTS)
    public void gradientsAreRight() {
        Law law = new Law(GRADIENTS);
        Situation[] trained = worksOverTime()
                ? new Situation[] {Situation.plain(), Situation.ending(), Situation.both()}
                : situations();
        law.in(among(trained), situation -> law.gradients(loss(law, situation, UnaryOperator.identity())));
        law.in(among(Situation.plain()), situation -> law.gradients(loss(law, situation, DoubleParams::forInference)));
        for (Situation situation : trained) {
            law.used(situation, loss(law, situation, UnaryOperator.identity()));
        }
    }

    private Scalar loss(Law law, Situation situation, UnaryOperator<DoubleParams> form) {
        DoubleParams drawn = DoubleParams.drawn(1);
        spec().create(drawn);
        Inputs inputs = drawn(situation);
        Map<String, DoubleTensor> leaves = new LinkedHashMap<>();
        for (int i = 0; i < inputs.variables().size(); i++) {
            leaves.put("input " + i, inputs.variables().get(i));
        }
        States.variables(states(situation)).forEach((name, state) -> leaves.put("state " + name, state));
        drawn.parameters().forEach((name, parameter) -> leaves.put("parameter " + name, parameter));
        law.holds(!leaves.isEmpty(), () -> "there is nothing to check: no parameter, no state, no input of numbers");
        Projection projection = new Projection(situation.rows());
        return new Scalar(leaves, named -> {
            Node layer = spec().create(form.apply(DoubleParams.holding(Law.withPrefix("parameter ", named))));
            DoublePass pass = goingOn(situation.pass()).withCarried(States.byPath(Law.withPrefix("state ", named)));
            List<DoubleTensor> numbers =
                    new ArrayList<>(Law.withPrefix("input ", named).values());
            return projection.of(results(layer, inputs.withVariables(numbers), pass));
        });
    }

    /** The float32 tensor gives what the float64 tensor gives, forward and backward. */
    @Test
    @DisplayName(FLOAT32)
    public void float32AgreesWithFloat64() {
        Law law = new Law(FLOAT32);
        law.in(
                among(situations()),
                situation -> Float32.agrees(law, spec(), spec(), situation, drawn(situation), states(situation)));
    }

    /** A layer that looks ahead refuses to stream. */
    @Test
    @DisplayName(REFUSES)
    public void streamsAreRefused() {
        assumeTrue(!streams() && inputs().size() == 1, "a layer that streams, or one of several inputs");
        Law law = new Law(REFUSES);
        law.in(
                among(Situation.plain()),
                situation -> law.refuses(
                        "a stream was taken",
                        "whole sequence",
                        () -> training()
                                .forward(
                                        drawn(situation).values(),
                                        DoublePass.first().streaming())));
    }

    /**
     * A session streams one of several inputs and is given the others completely, as a decoder is given the last state of an encoder. The steps of an
     * input that {@link #streamsBesideOthers} names give the bits of a window and are replayed; a step of any other input is refused, not treated as
     * the whole sequence.
     */
    @Test
    @DisplayName(BESIDE)
    public void oneOfSeveralInputsStreams() {
        assumeTrue(inputs().size() > 1, "a layer of one input");
        Law law = new Law(BESIDE);
        law.in(among(Situation.plain(), Situation.shorter()), situation -> {
            for (int i = 0; i < inputs().size(); i++) {
                if (streamsBesideOthers().contains(i)) {
                    streamsBeside(law, situation, i);
                } else if (!(inputs().get(i) instanceof Feed.OfRow) && situation.steps() > 1) {
                    isNotStreamedBeside(law, situation, i);
                }
            }
        });
    }

    /** The lengths are those of the given inputs; the streamed input has no end. */
    private void streamsBeside(Law law, Situation situation, int streamed) {
        DoubleParams params = DoubleParams.drawn(1);
        spec().create(params);
        Model model = Float32.model(spec(), inputs().size(), params);
        Inputs inputs = drawn(situation);
        Numbers whole = Numbers.of(model.inference()
                .forward(Float32.beside(inputs, situation, streamed))
                .output());
        Shape shape = whole.shape();
        law.holds(
                shape.rank() > 1 && shape.dim(1) == situation.steps(),
                () -> "input " + streamed + " has " + situation.steps() + " steps, but the output has the shape "
                        + shape);
        Session session = model.session(Float32.given(inputs, situation, streamed));
        sameSteps(law, session, situation, inputs, streamed, whole);
    }

    private void isNotStreamedBeside(Law law, Situation situation, int streamed) {
        List<Value> values = new ArrayList<>(drawn(situation).values());
        values.set(streamed, drawn(situation).steps(0, 1).values().get(streamed));
        DoublePass pass = DoublePass.first().streaming(input -> input == streamed);
        law.refuses(
                "input " + streamed + " was taken step by step beside the others",
                List.of("whole sequence", "(" + situation.size() + ",1"),
                () -> training().forward(values, pass));
    }

    // The laws of layers over time.

    /** Past its end a row outputs zeros and keeps its state, and the padding has no effect. */
    @Test
    @DisplayName(LENGTHS)
    public void lengthsEndRows() {
        assumeTrue(worksOverTime(), "not a layer over time");
        Law law = new Law(LENGTHS);
        Set<String> ofEveryStep = ofEveryStep(law);
        law.in(among(Situation.ending(), Situation.shorter()), situation -> {
            Inputs inputs = drawn(situation);
            Map<String, Numbers> first = states(situation);
            Map<String, Numbers> whole = outcome(inference(), inputs, first, situation);
            Inputs padded = inputs;
            for (int n = 0; n < situation.size(); n++) {
                int valid = situation.valid(n);
                for (int t = valid; t < situation.steps(); t++) {
                    padded = padded.withStep(n, t, Double.NaN);
                    zeros(law, whole, ofEveryStep, n, t);
                }
                // Without a step the last state is the first, which an input may give.
                if (valid > 0 || inputs().stream().noneMatch(Feed.OfRow.class::isInstance)) {
                    law.same(
                            "of row " + n + ", which ends after " + valid + " of " + situation.steps() + " steps",
                            lastStates(inputs.row(n).steps(0, valid), Numbers.row(first, n)),
                            Law.withPrefix(LAST_STATE, Numbers.row(forwardOnly(whole), n)));
                }
            }
            law.same("with NaN in the padding", whole, outcome(inference(), padded, first, situation));
            DoubleParams params = DoubleParams.drawn(1);
            Node layer = spec().create(params);
            DoublePass pass = goingOn(situation.pass()).withCarried(States.byPath(States.variables(first)));
            Tensor loss = new Projection(situation.rows()).of(results(layer, padded, pass));
            law.finite("with NaN in the padding", params, loss);
        });
    }

    private static void zeros(Law law, Map<String, Numbers> whole, Set<String> ofEveryStep, int n, int t) {
        whole.forEach((name, numbers) -> {
            boolean ofInput =
                    name.startsWith("gradient of input") && numbers.shape().rank() > 2;
            if (ofInput || ofEveryStep.contains(name)) {
                law.zeros(name, numbers, n, t);
            }
        });
    }

    /** The states of a row after its valid steps, run alone and without lengths. */
    private Map<String, Numbers> lastStates(Inputs inputs, Map<String, Numbers> first) {
        if (first.isEmpty() || inputs.values().get(0).shape().size() == 0) {
            Map<String, Numbers> untouched = new LinkedHashMap<>(first);
            untouched.replaceAll((name, state) -> streams() ? state : state.zeros());
            return untouched;
        }
        DoublePass pass = goingOn(DoublePass.first()).withCarried(States.byPath(States.variables(first)));
        inference().forward(inputs.values(), pass);
        return Numbers.of(States.byName(pass.last()));
    }

    /** In a stream, from the start of a new sequence, a row gives the same as that sequence in a separate window that starts from zeros. */
    @Test
    @DisplayName(RESETS)
    public void resetsBeginSequences() {
        assumeTrue(worksOverTime() && streams(), "not a layer over time that streams");
        Law law = new Law(RESETS);
        Set<String> ofEveryStep = ofEveryStep(law);
        law.in(among(Situation.resets(), Situation.both()), situation -> {
            Inputs inputs = drawn(situation);
            Map<String, Numbers> first = states(situation);
            Map<String, Numbers> whole = forwardOnly(outcome(inference(), inputs, first, situation));
            for (int n = 0; n < situation.size(); n++) {
                for (int t = 0; t < situation.steps(); t++) {
                    if (situation.spans().begins(n, t)) {
                        Situation rest = situation.row(n).steps(t, situation.steps());
                        Map<String, Numbers> zeros = Numbers.row(first, n);
                        zeros.replaceAll((name, numbers) -> numbers.zeros());
                        law.same(
                                "of row " + n + " from step " + t + ", where it begins anew, " + situation.words(),
                                forwardOnly(outcome(
                                        inference(),
                                        inputs.row(n).steps(t, situation.steps()),
                                        zeros,
                                        rest.withoutFirstReset())),
                                steps(Numbers.row(whole, n), ofEveryStep, t, situation.steps()));
                    }
                }
            }
        });
    }

    /** In a stream, T steps at once are the same bits as some of them and then the others. */
    @Test
    @DisplayName(CONTINUES)
    public void runContinues() {
        assumeTrue(worksOverTime() && streams(), "not a layer over time that streams");
        Law law = new Law(CONTINUES);
        Set<String> ofEveryStep = ofEveryStep(law);
        law.in(among(situations()), situation -> {
            int steps = situation.steps();
            Inputs inputs = drawn(situation);
            Map<String, Numbers> first = states(situation);
            Map<String, Numbers> whole = forwardOnly(outcome(inference(), inputs, first, situation));
            for (int cut = 1; cut < steps; cut++) {
                Map<String, Numbers> begin =
                        forwardOnly(outcome(inference(), inputs.steps(0, cut), first, situation.steps(0, cut)));
                Map<String, Numbers> rest = forwardOnly(outcome(
                        inference(),
                        inputs.steps(cut, steps),
                        Law.withPrefix(LAST_STATE, begin),
                        situation.steps(cut, steps)));
                String where = situation.words() + ", cut after step " + cut;
                begin.keySet().retainAll(ofEveryStep);
                Map<String, Numbers> firstSteps = steps(whole, ofEveryStep, 0, cut);
                firstSteps.keySet().retainAll(ofEveryStep);
                law.same("of its first steps, " + where, firstSteps, begin);
                law.same(where, steps(whole, ofEveryStep, cut, steps), rest);
            }
        });
    }

    /** If steps are independent of each other, the input of one does not affect the output of another. */
    @Test
    @DisplayName(ALONE)
    public void stepsStandAlone() {
        assumeTrue(!worksOverTime(), "a layer over time");
        Law law = new Law(ALONE);
        Set<String> ofEveryStep = ofEveryStep(law);
        law.in(among(Situation.plain()), situation -> {
            int steps = situation.steps();
            Inputs inputs = drawn(situation);
            Map<String, Numbers> first = states(situation);
            law.holds(first.isEmpty(), () -> "it carries the states " + first.keySet());
            Map<String, Numbers> expected = forwardOnly(outcome(inference(), inputs, first, situation));
            for (int t = 0; t < steps; t++) {
                Map<String, Numbers> found =
                        forwardOnly(outcome(inference(), inputs.withStep(0, t, Double.NaN), first, situation));
                String where = ", after step " + t + " was changed";
                law.same("before it" + where, steps(expected, ofEveryStep, 0, t), steps(found, ofEveryStep, 0, t));
                law.same(
                        "behind it" + where,
                        steps(expected, ofEveryStep, t + 1, steps),
                        steps(found, ofEveryStep, t + 1, steps));
            }
        });
    }

    /** A session that gets one step at a time gives the bits of a window with all steps, and replays a recorded step. */
    @Test
    @DisplayName(STREAMS)
    public void sessionStreams() {
        assumeTrue(streams() && inputs().size() == 1, "not a layer of one input that streams");
        Law law = new Law(STREAMS);
        assumeTrue(!ofEveryStep(law).isEmpty(), "its output is not one of every step");
        law.in(among(Situation.plain()), situation -> {
            DoubleParams params = DoubleParams.drawn(1);
            spec().create(params);
            Model model = Float32.model(spec(), 1, params);
            Inputs inputs = drawn(situation);
            Numbers whole = Numbers.of(model.inference()
                    .forward(Float32.window(inputs, Map.of(), situation))
                    .output());
            sameSteps(law, model.session(situation.size()), situation, inputs, 0, whole);
        });
    }

    /** A session that gets one input step by step gives the steps of a window's output. */
    private static void sameSteps(
            Law law, Session session, Situation situation, Inputs inputs, int streamed, Numbers whole) {
        for (int t = 0; t < situation.steps(); t++) {
            Numbers expected = whole.steps(t, t + 1);
            Value x = inputs.steps(t, t + 1).floats().get(streamed);
            float[] y = step(session, x, expected.values().length);
            law.same(
                    "output of step " + t,
                    expected.shape(),
                    expected.values(),
                    Tensors.of(expected.shape(), y).toDoubles());
        }
        law.replays(session, situation);
    }

    private static float[] step(Session session, Value x, int outputs) {
        float[] y = new float[outputs];
        if (x instanceof Ids ids) {
            session.step(ids.toArray(), y);
        } else {
            session.step(((Tensor) x).toFloats(), y);
        }
        return y;
    }
}
