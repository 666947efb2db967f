package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.core.optim.UpdateRule.Move;

/**
 * Checks the properties that every update rule must have. The test of a rule is
 *
 * <pre>{@code
 * class AdamTest extends OptimizerContract {
 *     protected UpdateRule rule() {
 *         return new Adam();
 *     }
 *
 *     protected double rate() {
 *         return 0.05;
 *     }
 * }
 * }</pre>
 *
 * <p>Every failure message begins with the violated property.
 */
public abstract class OptimizerContract {
    private static final Draws NUMBERS = Draws.of(6);
    private static final int ROWS = 12;
    private static final int COLUMNS = 3;
    private static final int STEPS = 6;
    /** Gradients of some 1e18, whose squares float32 still holds, down to the smallest that it holds at all. */
    private static final float[] EXTREMES = {0x1p60f, -0x1p60f, 0x1p-100f, Float.MIN_VALUE, 0, -0f, 1};

    private static final String MEMORY = "what a rule remembers has names that stay";
    private static final String GRADIENT = "the gradient is left as it is";
    private static final String ZEROS = "a number whose gradient is 0 moves or stays as the rule says";
    private static final String ROWS_OF_TABLES = "the rows of a table move as the whole table would";
    private static final String RESUMES = "saved and restored, it goes on with the same bits";
    private static final String MINIMUM = "it reaches the minimum of a convex function";
    private static final String FINITE = "extreme gradients leave finite numbers";

    /** For subclasses. */
    protected OptimizerContract() {}

    /** The rule to test: an equal one at every call. */
    protected abstract UpdateRule rule();

    /** A learning rate at which it learns well, falling to 0: see {@link #reachesTheMinimum}. */
    protected abstract double rate();

    // What laws are made of.

    private static float[] numbers(String name, int step, int count) {
        double[] drawn = DoubleParams.uniform(NUMBERS.at(name).at(step), count);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) drawn[i];
        }
        return numbers;
    }

    /** A parameter with a rule's memory of it, after some steps. */
    private static final class Moved {
        private final UpdateRule rule;
        private final float[] w;
        private final float[][] memory;

        Moved(UpdateRule rule, int count) {
            this.rule = rule;
            this.w = numbers("w", 0, count);
            this.memory = new float[rule.memory().size()][count];
        }

        void step(Move move, float... gradient) {
            rule.update(move, w, gradient, memory);
        }

        /** The weights, followed by the memory. */
        float[][] all() {
            float[][] all = new float[memory.length + 1][];
            all[0] = w.clone();
            for (int i = 0; i < memory.length; i++) {
                all[i + 1] = memory[i].clone();
            }
            return all;
        }
    }

    private String name(int array) {
        return array == 0
                ? "the parameter"
                : "what it remembers as " + rule().memory().get(array - 1);
    }

    private Move move(double weightDecay, long step) {
        return new Move(rate(), weightDecay, step);
    }

    private void same(Law law, String where, float[][] expected, float[][] found) {
        for (int i = 0; i < expected.length; i++) {
            Shape shape = Shape.of(expected[i].length);
            law.same(name(i) + " " + where, shape, doubles(expected[i]), doubles(found[i]));
        }
    }

    private static double[] doubles(float... floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** A table that is looked up. */
    private record Table() implements LayerSpec<IdsLayer> {
        @Override
        public IdsLayer create(Params params) {
            Tensor table = params.get("weight", Init.normal(1), ROWS, COLUMNS);
            return (ids, pass) -> table.lookup(ids);
        }
    }

    private Training training(Law law, long seed) {
        return law.run("making an optimizer", () -> new Training(seed));
    }

    /** A model of a table and its optimizer, and the steps that they take together. */
    private final class Training {
        private final Model model;
        private final Optimizer optimizer;

        Training(long seed) {
            model = Model.create(ModelSpec.chain().then("table", new Table()).build(), seed);
            optimizer = new Optimizer(rule(), model);
        }

        private Parameter table() {
            return model.parameter("table.weight");
        }

        /** Few rows, so that the gradient is one of rows; those of even steps and of odd steps differ. */
        Gradients gradients(int step) {
            Ids ids = Ids.of(new int[] {step % 2, 7, 3 + step % 2, 7});
            Tensor y = model.forward(ids);
            float[] pulls = numbers("pull", step, y.shape().size());
            return Gradients.of(y.times(y.constant(y.shape(), pulls)).sum());
        }

        void steps(int from, int to) {
            for (int step = from; step < to; step++) {
                optimizer.step(gradients(step), rate());
            }
        }

        /** The table and the memory of it. */
        float[][] all() {
            List<float[]> all = new ArrayList<>(List.of(table().values()));
            optimizer.memory().values().forEach(memory -> all.add(memory.toFloats()));
            return all.toArray(float[][]::new);
        }
    }

    // The laws.

    /** Distinct names, the same at every call, for arrays that a checkpoint stores; and the rule is equal to one with its settings. */
    @Test
    @DisplayName(MEMORY)
    public void memoryIsNamed() {
        Law law = new Law(MEMORY);
        List<String> names = law.run("asking for them", () -> rule().memory());
        law.holds(new HashSet<>(names).size() == names.size(), () -> "a name is there twice: " + names);
        law.holds(
                names.stream().allMatch(name -> name.matches("[a-z][a-zA-Z0-9]*")),
                () -> "expected names of letters and digits, got " + names);
        law.holds(names.equals(rule().memory()), () -> "asked again it is " + rule().memory() + ", before " + names);
        law.holds(rule().equals(rule()), () -> "two rules with the same settings are not equal: is the rule a record?");
    }

    /** Its array belongs to the caller. */
    @Test
    @DisplayName(GRADIENT)
    public void gradientStays() {
        Law law = new Law(GRADIENT);
        Moved moved = new Moved(rule(), COLUMNS);
        float[] gradient = numbers("dw", 1, COLUMNS);
        law.run("a step", () -> {
            moved.step(move(0.1, 1), gradient);
            return moved;
        });
        law.same("the gradient after a step", Shape.of(COLUMNS), doubles(numbers("dw", 1, COLUMNS)), doubles(gradient));
    }

    /**
     * If {@link UpdateRule#leavesZeros} is true, such a number and the memory of it do not change, bit for bit; if it is false, one of them must
     * change, because otherwise tables would be faster if it were true.
     */
    @Test
    @DisplayName(ZEROS)
    public void zerosMoveAsDeclared() {
        Law law = new Law(ZEROS);
        for (double weightDecay : new double[] {0, 0.1}) {
            Moved moved = new Moved(rule(), COLUMNS);
            for (int step = 1; step < STEPS; step++) {
                moved.step(move(weightDecay, step), numbers("dw", step, COLUMNS));
            }
            float[][] before = moved.all();
            Move last = move(weightDecay, STEPS);
            moved.step(last, new float[COLUMNS]);
            String where = "after a step with gradient 0 and weight decay " + weightDecay;
            if (rule().leavesZeros(last)) {
                same(law, where, before, moved.all());
            } else {
                law.holds(
                        !Arrays.deepEquals(before, moved.all()),
                        () -> where + " all is as before, so leavesZeros may say true");
            }
        }
    }

    /** A gradient of some rows gives the bits that the same gradient gives as a whole array, in the parameter and in the memory. */
    @Test
    @DisplayName(ROWS_OF_TABLES)
    public void rowsMoveAsTheWholeTable() {
        Law law = new Law(ROWS_OF_TABLES);
        Training ofRows = training(law, 1);
        Training whole = training(law, 1);
        for (int step = 0; step < STEPS; step++) {
            Gradients rows = ofRows.gradients(step);
            law.holds(rows.rows(ofRows.table()).isPresent(), () -> "the gradient of a lookup is not one of rows");
            ofRows.optimizer.step(rows, rate());
            Gradients dense = whole.gradients(step);
            dense.array(whole.table());
            whole.optimizer.step(dense, rate());
            same(law, "after step " + (step + 1), whole.all(), ofRows.all());
        }
    }

    /** Saved and restored steps, memory and parameters continue as without the interruption. */
    @Test
    @DisplayName(RESUMES)
    public void resumesWithTheSameBits() {
        Law law = new Law(RESUMES);
        Training whole = training(law, 1);
        whole.steps(0, STEPS);
        Training begun = training(law, 1);
        begun.steps(0, STEPS / 2);
        Training resumed = training(law, 2);
        resumed.table().set(begun.table().values());
        Map<String, Tensor> saved = new LinkedHashMap<>(begun.optimizer.memory());
        resumed.optimizer.restore(begun.optimizer.steps(), saved);
        resumed.steps(STEPS / 2, STEPS);
        same(law, "after " + STEPS + " steps, saved after " + STEPS / 2, whole.all(), resumed.all());
    }

    /**
     * {@code f(w) = Σ a_i (w_i - c_i)² / 2} with a from 0.5 to 2, from a distance of up to 2, in 2,000 steps at a rate that falls from
     * {@link #rate} to 0: w ends within 0.01 of c.
     */
    @Test
    @DisplayName(MINIMUM)
    public void reachesTheMinimum() {
        Law law = new Law(MINIMUM);
        int steps = 2000;
        float[] curvature = {0.5f, 1, 2};
        float[] target = {1.5f, -0.75f, 0.25f};
        Moved moved = new Moved(rule(), COLUMNS);
        for (int step = 1; step <= steps; step++) {
            float[] gradient = new float[COLUMNS];
            for (int i = 0; i < COLUMNS; i++) {
                gradient[i] = curvature[i] * (moved.w[i] - target[i]);
            }
            moved.step(new Move(rate() * (steps - step) / steps, 0, step), gradient);
        }
        for (int i = 0; i < COLUMNS; i++) {
            int at = i;
            law.holds(
                    Math.abs(moved.w[i] - target[i]) < 0.01,
                    () -> "number " + at + " is " + moved.w[at] + " after " + steps + " steps, expected " + target[at]);
        }
    }

    /** Gradients from the smallest that float32 holds to 1e18, whose square it still holds; the optimizer refuses NaN and infinity itself. */
    @Test
    @DisplayName(FINITE)
    public void staysFinite() {
        Law law = new Law(FINITE);
        for (float extreme : EXTREMES) {
            Moved moved = new Moved(rule(), COLUMNS);
            float[] gradient = numbers("dw", 1, COLUMNS);
            gradient[1] = extreme;
            for (int step = 1; step <= STEPS; step++) {
                moved.step(move(0, step), gradient);
            }
            float[][] all = moved.all();
            for (int i = 0; i < all.length; i++) {
                for (float number : all[i]) {
                    String what = name(i);
                    law.holds(Float.isFinite(number), () -> what + " is " + number + " after gradients of " + extreme);
                }
            }
        }
    }
}
