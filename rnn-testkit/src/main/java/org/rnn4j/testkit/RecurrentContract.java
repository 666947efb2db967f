package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;

/**
 * Checks the properties that every recurrent cell must have. The test of a cell is
 *
 * <pre>{@code
 * class MguTest extends RecurrentContract {
 *     protected CellSpec spec() {
 *         return new Mgu(4, 6);
 *     }
 *
 *     protected int inputs() {
 *         return 4;
 *     }
 * }
 * }</pre>
 *
 * <p>The cell runs unchanged on the {@link DoubleTensor}, over windows of 3 rows and 5 steps. Choose small sizes, and input and hidden widths that
 * differ, to detect a cell that confuses them. Every failure message begins with the violated property and ends with the smallest window that shows
 * it.
 */
public abstract class RecurrentContract {
    private static final Draws INPUTS = Draws.of(3);

    private static final String PARAMETERS = SpecLaws.PARAMETERS;
    private static final String JSON = SpecLaws.JSON;
    private static final String STATE = "the declared state is what a step takes and returns";
    private static final String WIDTH = "an input of the wrong width is refused with its shape";
    private static final String FUNCTION = "a step depends on its arguments alone and does not modify them";
    private static final String GRAPH = "the recorded graph does not depend on values";
    private static final String STEP_AFTER_STEP = "a run over time is step after step";
    private static final String CONTINUES = "a run of T steps is a run of its first steps and then one of the others";
    private static final String ROWS = "rows are independent of each other";
    private static final String LENGTHS = "a row ends where its length says";
    private static final String GRADIENTS = "gradients are right without lengths";
    private static final String GRADIENTS_LENGTHS = "gradients are right with lengths";
    private static final String GRADIENTS_RESETS = "gradients are right with resets inside the window";
    private static final String GRADIENTS_STATE = "gradients through the final state are right";
    private static final String FLOAT32 = "float32 agrees with float64";
    private static final String FUSED = "the hand-written step is the composed step";
    private static final String STREAMS = "a streaming session gives the bits of one window";

    static final String OUTPUTS = "outputs";
    static final String LAST_STATE = "last state ";

    /** For subclasses. */
    protected RecurrentContract() {}

    /** The cell to test: an equal spec at every call. */
    protected abstract CellSpec spec();

    /** The width D of its inputs. */
    protected abstract int inputs();

    // What laws are made of.

    /** The situations in which a law is checked; the test of this contract examines every one in which a violation may be shown. */
    List<Situation> among(Situation... meant) {
        return List.of(meant);
    }

    /** T steps in the window of a law; the test of this contract replaces this with wrong loops. */
    Step unroll(Recurrent cell, Tensor xs, State first, Pass pass) {
        return pass.unroll(cell, xs, first);
    }

    private Recurrent cell() {
        return spec().create(DoubleParams.drawn(1));
    }

    private Numbers xs(Situation situation) {
        return Numbers.drawn(INPUTS, Shape.of(situation.steps(), inputs()), situation.rows());
    }

    private Numbers x(Situation situation) {
        return Numbers.drawn(INPUTS, Shape.of(inputs()), situation.rows());
    }

    private static Map<String, Numbers> state(Recurrent cell, Situation situation) {
        Map<String, Numbers> state = new LinkedHashMap<>();
        cell.state()
                .forEach(part ->
                        state.put(part.name(), Numbers.drawn(INPUTS.at(part.name()), part.row(), situation.rows())));
        return state;
    }

    private static State variables(Map<String, Numbers> state) {
        return State.of(new LinkedHashMap<>(States.variables(state)));
    }

    /** Outputs and states, by the name that messages show. */
    static Map<String, Tensor> results(Step step) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        step.outputs().forEach((name, value) -> results.put(results.isEmpty() ? OUTPUTS : OUTPUTS + " " + name, value));
        step.state().parts().forEach((name, value) -> results.put(LAST_STATE + name, value));
        return results;
    }

    /** The part of an outcome from the forward pass. */
    private static Map<String, Numbers> results(Map<String, Numbers> outcome) {
        Map<String, Numbers> results = new LinkedHashMap<>(outcome);
        results.keySet().removeIf(name -> name.startsWith("gradient"));
        return results;
    }

    /** One window run forward and backward: its results and the gradients of each row's inputs. */
    private Map<String, Numbers> outcome(Recurrent cell, Numbers xs, Map<String, Numbers> first, Situation situation) {
        return outcome((x, state) -> results(unroll(cell, x, state, situation.pass())), xs, first, situation);
    }

    private static Map<String, Numbers> outcome(
            BiFunction<Tensor, State, Map<String, Tensor>> run,
            Numbers xs,
            Map<String, Numbers> first,
            Situation situation) {
        DoubleTensor input = xs.variable();
        State state = variables(first);
        Map<String, Tensor> results = run.apply(input, state);
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(new Projection(situation.rows()).of(results)).gradients();
        Map<String, Numbers> outcome = Numbers.of(results);
        outcome.put("gradient of the input", Numbers.gradient(gradients, input));
        state.parts()
                .forEach((name, part) -> outcome.put("gradient of state " + name, Numbers.gradient(gradients, part)));
        return outcome;
    }

    // The laws.

    /** Names, shapes and number of parameters do not change from one creation to the next. */
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

    /** What {@link Recurrent#state} declares is what a step accepts and returns. */
    @Test
    @DisplayName(STATE)
    public void stateIsDeclared() {
        Law law = new Law(STATE);
        law.in(among(Situation.plain()), situation -> {
            Recurrent cell = cell();
            int rows = situation.size();
            List<StatePart> parts = cell.state();
            Set<String> names = new HashSet<>();
            parts.forEach(part -> law.holds(names.add(part.name()), () -> "two parts are named " + part.name()));
            Step step = law.run("a step", () -> cell.step(x(situation).variable(), variables(state(cell, situation))));
            Shape output = step.output().shape();
            law.holds(
                    output.rank() >= 2 && output.dim(0) == rows,
                    () -> "the output of " + rows + " rows has the shape " + output);
            law.run("what a step returned", () -> step.state().matching(parts, rows));
            law.holds(parts.equals(cell.state()), () -> "declared again it is " + cell.state() + ", before " + parts);
        });
    }

    /** Inputs of a wrong width are refused with their shape. */
    @Test
    @DisplayName(WIDTH)
    public void wrongWidthIsRefused() {
        Law law = new Law(WIDTH);
        law.in(among(Situation.plain()), situation -> {
            Recurrent cell = cell();
            Shape wrong = Shape.of(situation.size(), inputs() + 1);
            law.refuses(
                    "a step took an input of shape " + wrong,
                    wrong.toString(),
                    () -> cell.step(
                            DoubleTensor.of(wrong, new double[wrong.size()]), variables(state(cell, situation))));
        });
    }

    /** A step depends only on its arguments and does not change them. */
    @Test
    @DisplayName(FUNCTION)
    public void stepIsAFunction() {
        Law law = new Law(FUNCTION);
        law.in(among(Situation.plain()), situation -> {
            Recurrent cell = cell();
            Map<String, Numbers> first = state(cell, situation);
            DoubleTensor x = x(situation).variable();
            State state = variables(first);
            Map<String, Numbers> once = Numbers.of(results(cell.step(x, state)));
            law.same("of the same step once more", once, Numbers.of(results(cell.step(x, state))));
            law.same("the input after a step", x.shape(), x(situation).values(), x.toDoubles());
            law.same("of the state after a step", first, Numbers.of(state.parts()));
        });
    }

    /** The recorded operations do not depend on the numbers: no branch on a value, no number read out and put back in. */
    @Test
    @DisplayName(GRAPH)
    public void graphDoesNotDependOnValues() {
        Law law = new Law(GRAPH);
        law.in(among(Situation.plain()), situation -> {
            List<String> expected = operations(situation, 1);
            for (double factor : new double[] {0, -1, 20, -20}) {
                law.sameOperations("a step's inputs times " + factor, expected, operations(situation, factor));
            }
        });
    }

    private List<String> operations(Situation situation, double factor) {
        Recurrent cell = cell();
        Map<String, Numbers> first = state(cell, situation);
        first.replaceAll((name, numbers) -> numbers.times(factor));
        Step step = cell.step(x(situation).times(factor).variable(), variables(first));
        return DoubleTensor.operations(results(step).values().toArray(new Tensor[0]));
    }

    /** {@link Pass#unroll} gives what {@link Recurrent#step} gives, step after step, to each row alone. */
    @Test
    @DisplayName(STEP_AFTER_STEP)
    public void runIsStepAfterStep() {
        Law law = new Law(STEP_AFTER_STEP);
        law.in(among(Situation.all()), situation -> {
            Recurrent cell = cell();
            Map<String, Numbers> first = state(cell, situation);
            StepAfterStep steps = new StepAfterStep(cell, inputs());
            Numbers xs = xs(situation);
            List<Map<String, Numbers>> rows = new ArrayList<>();
            for (int n = 0; n < situation.size(); n++) {
                Situation row = situation.row(n);
                rows.add(outcome((x, state) -> steps.results(x, state, row), xs.row(n), Numbers.row(first, n), row));
            }
            // A run may add up in another order than a step does.
            law.close(
                    situation.words() + ", step after step", Numbers.ofRows(rows), outcome(cell, xs, first, situation));
        });
    }

    /** T steps at once are the same bits as some of them and then the others. */
    @Test
    @DisplayName(CONTINUES)
    public void runContinues() {
        Law law = new Law(CONTINUES);
        law.in(among(Situation.all()), situation -> {
            Recurrent cell = cell();
            int steps = situation.steps();
            Numbers xs = xs(situation);
            State first = variables(state(cell, situation));
            Map<String, Numbers> whole = Numbers.of(results(unroll(cell, xs.variable(), first, situation.pass())));
            for (int cut = 1; cut < steps; cut++) {
                Step begin = unroll(
                        cell,
                        xs.steps(0, cut).variable(),
                        first,
                        situation.steps(0, cut).pass());
                Step rest = unroll(
                        cell,
                        xs.steps(cut, steps).variable(),
                        begin.state(),
                        situation.steps(cut, steps).pass());
                String where = situation.words() + ", cut after step " + cut;
                law.same(where, cut(whole, cut, steps), Numbers.of(results(rest)));
                law.same(
                        "of the first steps " + where,
                        outputs(cut(whole, 0, cut)),
                        outputs(Numbers.of(results(begin))));
            }
        });
    }

    private static Map<String, Numbers> outputs(Map<String, Numbers> results) {
        Map<String, Numbers> outputs = new LinkedHashMap<>(results);
        outputs.keySet().removeIf(name -> !name.startsWith(OUTPUTS));
        return outputs;
    }

    /** Results whose outputs are those of some steps. */
    private static Map<String, Numbers> cut(Map<String, Numbers> results, int from, int to) {
        Map<String, Numbers> cut = new LinkedHashMap<>(results);
        outputs(results).forEach((name, numbers) -> cut.put(name, numbers.steps(from, to)));
        return cut;
    }

    /** A row gives the same bits alone and among others, forward and backward, whatever the others contain. */
    @Test
    @DisplayName(ROWS)
    public void rowsAreIndependent() {
        Law law = new Law(ROWS);
        law.in(among(Situation.all()), situation -> {
            Recurrent cell = cell();
            Numbers xs = xs(situation);
            Map<String, Numbers> first = state(cell, situation);
            Map<String, Numbers> batch = outcome(cell, xs, first, situation);
            for (int n = 0; n < situation.size() && situation.size() > 1; n++) {
                Map<String, Numbers> expected = Numbers.row(batch, n);
                Map<String, Numbers> alone = outcome(cell, xs.row(n), Numbers.row(first, n), situation.row(n));
                String where = "of row " + n + " " + situation.words() + ", run alone";
                law.same(where, results(expected), results(alone));
                // Alone, where all its steps are valid, a row needs fewer operations, and gradients are added up in
                // another order.
                law.close(where, expected, alone);
                int other = (n + 1) % situation.size();
                for (double number : new double[] {0.25, Double.NaN}) {
                    Map<String, Numbers> changed = new LinkedHashMap<>(first);
                    changed.replaceAll((name, numbers) -> numbers.withRow(other, number));
                    law.same(
                            "of row " + n + " " + situation.words() + ", after row " + other + " was changed to "
                                    + number,
                            expected,
                            Numbers.row(outcome(cell, xs.withRow(other, number), changed, situation), n));
                }
            }
        });
    }

    /** Past its end a row outputs zeros and keeps its state, and the padding has no effect. */
    @Test
    @DisplayName(LENGTHS)
    public void lengthsEndRows() {
        Law law = new Law(LENGTHS);
        law.in(among(Situation.ending(), Situation.shorter()), situation -> {
            Recurrent cell = cell();
            Numbers xs = xs(situation);
            Map<String, Numbers> first = state(cell, situation);
            Map<String, Numbers> whole = outcome(cell, xs, first, situation);
            Numbers padded = xs;
            for (int n = 0; n < situation.size(); n++) {
                int valid = situation.valid(n);
                for (int t = valid; t < situation.steps(); t++) {
                    padded = padded.withStep(n, t, Double.NaN);
                    for (Map.Entry<String, Numbers> output : outputs(whole).entrySet()) {
                        law.zeros(output.getKey(), output.getValue(), n, t);
                    }
                    law.zeros("gradient of the input", whole.get("gradient of the input"), n, t);
                }
                Map<String, Numbers> expected = lastStates(cell, xs.row(n).steps(0, valid), Numbers.row(first, n));
                Map<String, Numbers> found = new LinkedHashMap<>(Numbers.row(whole, n));
                found.keySet().retainAll(expected.keySet());
                law.same(
                        "of row " + n + ", which ends after " + valid + " of " + situation.steps() + " steps",
                        expected,
                        found);
            }
            law.same("with NaN in the padding", whole, outcome(cell, padded, first, situation));
            DoubleParams params = DoubleParams.drawn(1);
            Step run = unroll(spec().create(params), padded.constant(), variables(first), situation.pass());
            law.finite("with NaN in the padding", params, new Projection(situation.rows()).of(results(run)));
        });
    }

    /** The state of a row after its valid steps, run alone and without lengths. */
    private Map<String, Numbers> lastStates(Recurrent cell, Numbers xs, Map<String, Numbers> first) {
        Map<String, Numbers> last = xs.values().length == 0
                ? first
                : Numbers.of(unroll(cell, xs.variable(), variables(first), DoublePass.first())
                        .state()
                        .parts());
        Map<String, Numbers> result = new LinkedHashMap<>();
        last.forEach((name, numbers) -> result.put(LAST_STATE + name, numbers));
        return result;
    }

    /** Gradients of inputs, parameters and initial state, with full rows. */
    @Test
    @DisplayName(GRADIENTS)
    public void gradientsWithoutLengths() {
        gradients(new Law(GRADIENTS), Situation.plain());
    }

    /** The same, with rows that end early. */
    @Test
    @DisplayName(GRADIENTS_LENGTHS)
    public void gradientsWithLengths() {
        gradients(new Law(GRADIENTS_LENGTHS), Situation.ending());
    }

    /** The same, with sequences that begin inside the window. */
    @Test
    @DisplayName(GRADIENTS_RESETS)
    public void gradientsWithResets() {
        gradients(new Law(GRADIENTS_RESETS), Situation.resets(), Situation.both());
    }

    /** The same, for a loss that depends only on the final state. */
    @Test
    @DisplayName(GRADIENTS_STATE)
    public void gradientsThroughTheFinalState() {
        Law law = new Law(GRADIENTS_STATE);
        if (!law.run("creating it", this::cell).state().isEmpty()) {
            law.in(among(Situation.plain()), situation -> law.gradients(loss(situation, LAST_STATE)));
        }
    }

    private void gradients(Law law, Situation... situations) {
        law.in(among(situations), situation -> law.gradients(loss(situation, "")));
        for (Situation situation : situations) {
            law.used(situation, loss(situation, ""));
        }
    }

    /** Of the results, those whose names begin so. */
    private Scalar loss(Situation situation, String results) {
        DoubleParams drawn = DoubleParams.drawn(1);
        Recurrent cell = spec().create(drawn);
        Map<String, DoubleTensor> leaves = new LinkedHashMap<>();
        leaves.put("the input", xs(situation).variable());
        state(cell, situation).forEach((name, numbers) -> leaves.put("state " + name, numbers.variable()));
        drawn.parameters().forEach((name, parameter) -> leaves.put("parameter " + name, parameter));
        Projection projection = new Projection(situation.rows());
        return new Scalar(leaves, named -> {
            Recurrent moved = spec().create(DoubleParams.holding(Law.withPrefix("parameter ", named)));
            State first = State.of(new LinkedHashMap<>(Law.withPrefix("state ", named)));
            Map<String, Tensor> all = results(unroll(moved, named.get("the input"), first, situation.pass()));
            all.keySet().removeIf(name -> !name.startsWith(results));
            return projection.of(all);
        });
    }

    /**
     * The float32 tensor gives what the float64 tensor gives, forward and backward, for the composed step if the cell also has a hand-written one.
     *
     */
    @Test
    @DisplayName(FLOAT32)
    public void float32AgreesWithFloat64() {
        float32(new Law(FLOAT32), cell -> cell instanceof FusedCell ? new Composed(cell) : cell);
    }

    /**
     * {@link FusedCell#fused} gives what {@link Recurrent#step} gives, forward and backward, and sets everything that it has to set: each array that
     * it must set contains NaN beforehand.
     */
    @Test
    @DisplayName(FUSED)
    public void fusedStepIsComposedStep() {
        Law law = new Law(FUSED);
        assumeTrue(law.run("creating it", this::cell) instanceof FusedCell, "a cell without a hand-written step");
        float32(law, PoisonedKernel::in);
    }

    private void float32(Law law, UnaryOperator<Recurrent> form) {
        law.in(
                among(Situation.all()),
                situation -> Float32.agrees(
                        law,
                        new Float32.Unrolled(spec(), situation.size(), form),
                        new Float32.Unrolled(spec(), situation.size(), Composed::new),
                        situation,
                        Inputs.drawn(List.of(Feed.numbers(inputs())), situation.steps(), situation.rows()),
                        Map.of()));
    }

    /** A session that gets one step at a time gives the bits of a window with all steps, and replays a recorded step. */
    @Test
    @DisplayName(STREAMS)
    public void sessionStreams() {
        Law law = new Law(STREAMS);
        law.in(among(Situation.plain()), situation -> {
            DoubleParams params = DoubleParams.drawn(1);
            Recurrent cell = spec().create(params);
            Model model = Float32.model(new Float32.OverTime(spec()), 1, params);
            Map<String, Numbers> first = new LinkedHashMap<>();
            state(cell, situation).forEach((name, numbers) -> first.put("/" + name, numbers));
            Inputs inputs = Inputs.drawn(List.of(Feed.numbers(inputs())), situation.steps(), situation.rows());
            Window window = Float32.window(inputs, first, situation);
            Numbers whole = Numbers.of(model.inference().forward(window).output());
            Session session = model.session(situation.size());
            session.restore(window.carry());
            for (int t = 0; t < situation.steps(); t++) {
                Numbers expected = whole.steps(t, t + 1);
                float[] x = ((Tensor) inputs.steps(t, t + 1).floats().get(0)).toFloats();
                float[] y = new float[expected.values().length];
                session.step(x, y);
                law.same(
                        "output of step " + t,
                        expected.shape(),
                        expected.values(),
                        Tensors.of(expected.shape(), y).toDoubles());
            }
            law.replays(session, situation);
        });
    }
}
