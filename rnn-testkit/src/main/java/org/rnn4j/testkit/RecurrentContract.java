package org.rnn4j.testkit;

import static org.rnn4j.testkit.Situation.ROWS;
import static org.rnn4j.testkit.Situation.STEPS;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Run;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;

/**
 * The laws that every recurrent cell keeps. The test of a cell is
 *
 * <pre>{@code
 * class MguTest extends RecurrentContract {
 *     protected LayerSpec<? extends Recurrent> spec() {
 *         return new Mgu(4, 6);
 *     }
 *
 *     protected int inputs() {
 *         return 4;
 *     }
 * }
 * }</pre>
 *
 * <p>The cell runs unchanged on the {@link DoubleTensor}, over windows of 3 rows and 5 steps. Choose small sizes, and input and
 * hidden widths that differ: a cell that mixes them up is found only then. Every failure begins with the law that is broken.
 */
public abstract class RecurrentContract {
    private static final Draws INPUTS = Draws.of(3);
    private static final int[] ALL = {0, 1, 2};

    /** For subclasses. */
    protected RecurrentContract() {}

    /** The cell to test: an equal spec at every call. */
    protected abstract LayerSpec<? extends Recurrent> spec();

    /** The width D of its inputs. */
    protected abstract int inputs();

    // What laws are made of.

    private Recurrent cell() {
        return spec().create(DoubleParams.drawn(1));
    }

    private Numbers xs() {
        return Numbers.drawn(INPUTS, Shape.of(STEPS, inputs()), ALL);
    }

    private Numbers x() {
        return Numbers.drawn(INPUTS, Shape.of(inputs()), ALL);
    }

    private static Map<String, Numbers> state(Recurrent cell) {
        Map<String, Numbers> state = new LinkedHashMap<>();
        cell.state().forEach(part -> state.put(part.name(), Numbers.drawn(INPUTS.at(part.name()), part.row(), ALL)));
        return state;
    }

    private static State variables(Map<String, Numbers> state) {
        Map<String, Tensor> variables = new LinkedHashMap<>();
        state.forEach((name, numbers) -> variables.put(name, numbers.variable()));
        return State.of(variables);
    }

    /** Outputs and last states, by the name that messages show. */
    private static Map<String, Tensor> results(Run run) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("outputs", run.outputs());
        run.last().parts().forEach((name, value) -> results.put("last state " + name, value));
        return results;
    }

    /** What of an outcome was computed forward. */
    private static Map<String, Numbers> results(Map<String, Numbers> outcome) {
        Map<String, Numbers> results = new LinkedHashMap<>(outcome);
        results.keySet().removeIf(name -> name.startsWith("gradient"));
        return results;
    }

    /** One window run forward and backward: its results and the gradients of what each row was given. */
    private static Map<String, Numbers> outcome(
            Recurrent cell, Numbers xs, Map<String, Numbers> first, DoublePass pass, int... rows) {
        DoubleTensor input = xs.variable();
        State state = variables(first);
        Map<String, Tensor> results = results(cell.unroll(input, state, pass));
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(new Projection(rows).of(results)).gradients();
        Map<String, Numbers> outcome = Numbers.of(results);
        outcome.put("gradient of the input", Numbers.gradient(gradients, input));
        state.parts()
                .forEach((name, part) -> outcome.put("gradient of state " + name, Numbers.gradient(gradients, part)));
        return outcome;
    }

    // The laws.

    /** Names, shapes and number of parameters do not change from one creation to the next. */
    @Test
    @DisplayName("parameters have the same names and shapes whenever the layer is created")
    public void parametersHaveNames() {
        ParameterLaw.check(spec(), spec());
    }

    /** What {@link Recurrent#state} declares is what a step accepts and returns. */
    @Test
    @DisplayName("the declared state is what a step takes and returns")
    public void stateIsDeclared() {
        Law law = new Law("the declared state is what a step takes and returns");
        Recurrent cell = cell();
        List<StatePart> parts = cell.state();
        Set<String> names = new HashSet<>();
        parts.forEach(part -> law.holds(names.add(part.name()), () -> "two parts are named " + part.name()));
        Step step = law.run("a step", () -> cell.step(x().variable(), variables(state(cell))));
        Shape output = step.output().shape();
        law.holds(
                output.rank() >= 2 && output.dim(0) == ROWS,
                () -> "the output of " + ROWS + " rows has the shape " + output);
        law.run("what a step returned", () -> step.state().matching(parts, ROWS));
        law.holds(parts.equals(cell.state()), () -> "declared again it is " + cell.state() + ", before " + parts);
    }

    /** Inputs of a wrong width are refused with their shape. */
    @Test
    @DisplayName("an input of the wrong width is refused with its shape")
    public void wrongWidthIsRefused() {
        Law law = new Law("an input of the wrong width is refused with its shape");
        Recurrent cell = cell();
        Shape wrong = Shape.of(ROWS, inputs() + 1);
        law.refuses(
                "a step took an input of shape " + wrong,
                wrong.toString(),
                () -> cell.step(DoubleTensor.of(wrong, new double[wrong.size()]), variables(state(cell))));
    }

    /** A step depends on its arguments alone and leaves them as they were. */
    @Test
    @DisplayName("a step depends on its arguments alone and does not modify them")
    public void stepIsAFunction() {
        Law law = new Law("a step depends on its arguments alone and does not modify them");
        Recurrent cell = cell();
        Map<String, Numbers> first = state(cell);
        DoubleTensor x = x().variable();
        State state = variables(first);
        Map<String, Numbers> once = Numbers.of(results(law.run("a step", () -> cell.step(x, state))));
        Map<String, Numbers> twice = Numbers.of(results(law.run("a step", () -> cell.step(x, state))));
        law.same("of the same step once more", once, twice);
        law.same("the input after a step", x.shape(), x().values(), x.toDoubles());
        law.same("of the state after a step", first, Numbers.of(state.parts()));
    }

    private static Map<String, Tensor> results(Step step) {
        return results(new Run(step.output(), step.state()));
    }

    /** The same operations are recorded whatever the numbers are: no branch on a value, no number read out and put back in. */
    @Test
    @DisplayName("the recorded graph does not depend on values")
    public void graphDoesNotDependOnValues() {
        Law law = new Law("the recorded graph does not depend on values");
        Recurrent cell = cell();
        List<String> expected = operations(law, cell, 1);
        for (double factor : new double[] {0, -1, 20, -20}) {
            law.sameOperations("a step's inputs times " + factor, expected, operations(law, cell, factor));
        }
    }

    private List<String> operations(Law law, Recurrent cell, double factor) {
        Map<String, Numbers> first = state(cell);
        first.replaceAll((name, numbers) -> numbers.times(factor));
        Step step = law.run("a step", () -> cell.step(x().times(factor).variable(), variables(first)));
        return DoubleTensor.operations(results(step).values().toArray(new Tensor[0]));
    }

    /** {@link Recurrent#unroll} gives what {@link Recurrent#step} gives, step after step. */
    @Test
    @DisplayName("a run over time is step after step")
    public void runIsStepAfterStep() {
        Law law = new Law("a run over time is step after step");
        Recurrent cell = cell();
        Recurrent plain = new Recurrent() {
            @Override
            public List<StatePart> state() {
                return cell.state();
            }

            @Override
            public Step step(Tensor x, State previous) {
                return cell.step(x, previous);
            }
        };
        for (Situation situation : Situation.all()) {
            Map<String, Numbers> expected =
                    law.run("a loop of steps", () -> outcome(plain, xs(), state(cell), situation.pass(), ALL));
            Map<String, Numbers> found =
                    law.run("a run", () -> outcome(cell, xs(), state(cell), situation.pass(), ALL));
            // A run may add up in another order than a step does.
            law.close(situation.words() + ", step after step", expected, found);
        }
    }

    /** T steps at once are the same bits as some of them and then the others. */
    @Test
    @DisplayName("a run of T steps is a run of its first steps and then one of the others")
    public void runContinues() {
        Law law = new Law("a run of T steps is a run of its first steps and then one of the others");
        Recurrent cell = cell();
        Numbers xs = xs();
        Map<String, Numbers> first = state(cell);
        for (Situation situation : Situation.all()) {
            Run whole = law.run("a run", () -> cell.unroll(xs.variable(), variables(first), situation.pass()));
            for (int a = 1; a < STEPS; a++) {
                int cut = a;
                Run begin = law.run(
                        "a run",
                        () -> cell.unroll(
                                xs.steps(0, cut).variable(),
                                variables(first),
                                situation.steps(0, cut).pass()));
                Run rest = law.run(
                        "a run",
                        () -> cell.unroll(
                                xs.steps(cut, STEPS).variable(),
                                begin.last(),
                                situation.steps(cut, STEPS).pass()));
                String where = situation.words() + ", cut after step " + a;
                Numbers outputs = Numbers.of(whole.outputs());
                Map<String, Numbers> expected = Numbers.of(results(whole));
                expected.put("outputs", outputs.steps(cut, STEPS));
                law.same(where, expected, Numbers.of(results(rest)));
                law.same(
                        "first outputs " + where,
                        begin.outputs().shape(),
                        outputs.steps(0, cut).values(),
                        begin.outputs().toDoubles());
            }
        }
    }

    /** A row gives the same bits alone and among others, forward and backward, whatever the others hold. */
    @Test
    @DisplayName("rows are independent of each other")
    public void rowsAreIndependent() {
        Law law = new Law("rows are independent of each other");
        Recurrent cell = cell();
        Numbers xs = xs();
        Map<String, Numbers> first = state(cell);
        for (Situation situation : Situation.all()) {
            Map<String, Numbers> batch = law.run("a run", () -> outcome(cell, xs, first, situation.pass(), ALL));
            for (int n = 0; n < ROWS; n++) {
                int row = n;
                Map<String, Numbers> expected = Numbers.row(batch, n);
                Map<String, Numbers> alone = law.run(
                        "a run of one row",
                        () -> outcome(
                                cell,
                                xs.row(row),
                                Numbers.row(first, row),
                                situation.row(row).pass(),
                                row));
                String where = "of row " + n + " " + situation.words() + ", run alone";
                law.same(where, results(expected), results(alone));
                // Alone, where all its steps are valid, a row needs fewer operations, and gradients are added up in
                // another order.
                law.close(where, expected, alone);
                int other = (n + 1) % ROWS;
                for (double number : new double[] {0.25, Double.NaN}) {
                    Map<String, Numbers> changed = new LinkedHashMap<>(first);
                    changed.replaceAll((name, numbers) -> numbers.withRow(other, number));
                    Map<String, Numbers> found = law.run(
                            "a run", () -> outcome(cell, xs.withRow(other, number), changed, situation.pass(), ALL));
                    law.same(
                            "of row " + n + " " + situation.words() + ", after row " + other + " was changed to "
                                    + number,
                            expected,
                            Numbers.row(found, n));
                }
            }
        }
    }

    /** Past its end a row outputs zeros and keeps its state, and what stands in the padding reaches nothing. */
    @Test
    @DisplayName("a row ends where its length says")
    public void lengthsEndRows() {
        Law law = new Law("a row ends where its length says");
        Recurrent cell = cell();
        Numbers xs = xs();
        Map<String, Numbers> first = state(cell);
        for (Situation situation : List.of(Situation.ending(), Situation.shorter())) {
            Map<String, Numbers> whole = law.run("a run", () -> outcome(cell, xs, first, situation.pass(), ALL));
            Numbers padded = xs;
            for (int n = 0; n < ROWS; n++) {
                int valid = situation.valid(n);
                for (int t = valid; t < STEPS; t++) {
                    padded = padded.withStep(n, t, Double.NaN);
                    law.zeros("outputs", whole.get("outputs"), n, t);
                    law.zeros("gradient of the input", whole.get("gradient of the input"), n, t);
                }
                Map<String, Numbers> expected = lastStates(law, cell, xs.row(n).steps(0, valid), Numbers.row(first, n));
                Map<String, Numbers> found = new LinkedHashMap<>(Numbers.row(whole, n));
                found.keySet().retainAll(expected.keySet());
                law.same("of row " + n + ", which ends after " + valid + " of " + STEPS + " steps", expected, found);
            }
            Numbers nan = padded;
            law.same(
                    "with NaN in the padding",
                    whole,
                    law.run("a run", () -> outcome(cell, nan, first, situation.pass(), ALL)));
            weightsAreFinite(law, nan, first, situation);
        }
    }

    /** The state of a row after its valid steps, run alone and without lengths. */
    private static Map<String, Numbers> lastStates(Law law, Recurrent cell, Numbers xs, Map<String, Numbers> first) {
        if (xs.values().length == 0) {
            return withPrefix(first);
        }
        Run run = law.run("a run of one row", () -> cell.unroll(xs.variable(), variables(first), DoublePass.first()));
        return withPrefix(Numbers.of(run.last().parts()));
    }

    private static Map<String, Numbers> withPrefix(Map<String, Numbers> state) {
        Map<String, Numbers> result = new LinkedHashMap<>();
        state.forEach((name, numbers) -> result.put("last state " + name, numbers));
        return result;
    }

    private void weightsAreFinite(Law law, Numbers xs, Map<String, Numbers> first, Situation situation) {
        DoubleParams params = DoubleParams.drawn(1);
        Recurrent cell = spec().create(params);
        Run run = cell.unroll(xs.constant(), variables(first), situation.pass());
        law.finite("with NaN in the padding", params, new Projection(ALL).of(results(run)));
    }

    /** Gradients of inputs, parameters and initial state, where all rows are full. */
    @Test
    @DisplayName("gradients are right without lengths")
    public void gradientsWithoutLengths() {
        gradients(Situation.plain());
    }

    /** The same, where rows end early. */
    @Test
    @DisplayName("gradients are right with lengths")
    public void gradientsWithLengths() {
        gradients(Situation.ending());
    }

    /** The same, where sequences begin inside the window. */
    @Test
    @DisplayName("gradients are right with resets inside the window")
    public void gradientsWithResets() {
        gradients(Situation.resets());
        gradients(Situation.both());
    }

    /** The same, for a loss that sees nothing but the final state. */
    @Test
    @DisplayName("gradients through the final state are right")
    public void gradientsThroughTheFinalState() {
        Law law = new Law("gradients through the final state are right");
        if (!cell().state().isEmpty()) {
            gradients(law, Situation.plain(), "last state ");
        }
    }

    private void gradients(Situation situation) {
        Law law = new Law("gradients are right " + situation.words());
        GradientCheck check = gradients(law, situation, "");
        List<String> unused = new ArrayList<>(check.flat());
        unused.removeIf(name -> name.startsWith("state "));
        law.holds(unused.isEmpty(), () -> "nothing depends on " + unused);
    }

    /** Of the results, those whose names begin so. */
    private GradientCheck gradients(Law law, Situation situation, String results) {
        DoubleParams drawn = DoubleParams.drawn(1);
        Recurrent cell = spec().create(drawn);
        Map<String, DoubleTensor> leaves = new LinkedHashMap<>();
        leaves.put("the input", xs().variable());
        state(cell).forEach((name, numbers) -> leaves.put("state " + name, numbers.variable()));
        drawn.parameters().forEach((name, parameter) -> leaves.put("parameter " + name, parameter));
        Projection projection = new Projection(ALL);
        return law.checked(() -> GradientCheck.of(leaves, named -> {
            Recurrent moved = spec().create(DoubleParams.holding(Law.withPrefix("parameter ", named)));
            State first = State.of(new LinkedHashMap<>(Law.withPrefix("state ", named)));
            Map<String, Tensor> all = results(moved.unroll(named.get("the input"), first, situation.pass()));
            all.keySet().removeIf(name -> !name.startsWith(results));
            return projection.of(all);
        }));
    }

    /** The float32 tensor, with fused kernels where the cell has some, gives what the float64 tensor gives. */
    @Test
    @DisplayName("float32 agrees with float64")
    public void float32AgreesWithFloat64() {
        Law law = new Law("float32 agrees with float64");
        DoubleParams params = DoubleParams.drawn(1);
        Recurrent cell = spec().create(params);
        Model model = law.run("creating a model", () -> Float32.model(new Float32.OverTime(spec()), 1, params));
        for (Situation situation : Situation.all()) {
            DoubleTensor xs = xs().variable();
            Map<String, Tensor> doubles =
                    results(law.run("a run", () -> cell.unroll(xs, variables(state(cell)), situation.pass())));
            Tensor xs32 = Float32.variable(xs());
            Forward forward = law.run("a float32 run", () -> model.forward(window(cell, xs32, situation)));
            State last = forward.carry().states().getOrDefault(Float32.NODE, State.of(Map.of()));
            Map<String, Tensor> floats = results(new Run(forward.output(), last));
            doubles.forEach((name, value) ->
                    Float32.close(law, name + " " + situation.words(), Numbers.of(value), floats.get(name)));

            // The carry stops gradients, so the loss here is one of the outputs.
            floats.keySet().retainAll(Set.of("outputs"));
            doubles.keySet().retainAll(Set.of("outputs"));
            Map<DoubleTensor, double[]> expected =
                    DoubleTensor.of(new Projection(ALL).of(doubles)).gradients();
            Gradients found = Gradients.of(Float32.projection(floats, ALL));
            Float32.close(
                    law, "gradient of the input " + situation.words(), Numbers.gradient(expected, xs), found.get(xs32));
            Float32.names(params)
                    .forEach((path, parameter) -> Float32.close(
                            law,
                            "gradient of parameter " + path + " " + situation.words(),
                            Numbers.gradient(expected, parameter),
                            found.get(model.parameter(path))));
        }
    }

    private static Window window(Recurrent cell, Tensor xs, Situation situation) {
        Map<String, Tensor> first = new LinkedHashMap<>();
        state(cell).forEach((name, numbers) -> first.put(name, Float32.variable(numbers)));
        return Window.of(Map.of("x0", xs))
                .with(situation.pass().lengths())
                .with(situation.pass().resets())
                .with(Carry.of(Map.of(Float32.NODE, State.of(first))));
    }

    /** A session that is given one step at a time answers with the bits of a window that has all of them, and replays a recorded step. */
    @Test
    @DisplayName("a streaming session gives the bits of one window")
    public void sessionStreams() {
        Law law = new Law("a streaming session gives the bits of one window");
        DoubleParams params = DoubleParams.drawn(1);
        Recurrent cell = spec().create(params);
        Model model = law.run("creating a model", () -> Float32.model(new Float32.OverTime(spec()), 1, params));
        Window window = window(cell, Float32.variable(xs()), Situation.plain());
        Numbers whole = Numbers.of(
                law.run("a window", () -> model.inference().forward(window)).output());
        Session session = model.session(ROWS);
        session.restore(window.carry());
        for (int t = 0; t < STEPS; t++) {
            Numbers expected = whole.steps(t, t + 1);
            float[] x = xs().steps(t, t + 1).constant().toFloats();
            float[] y = new float[expected.values().length];
            law.run("a step of a session", () -> {
                session.step(x, y);
                return y;
            });
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
}
