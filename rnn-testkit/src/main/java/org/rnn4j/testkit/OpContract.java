package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Op;
import org.rnn4j.testkit.Application.Conditions;

/**
 * Checks the properties that every hand-written op must have. The test of an op is
 *
 * <pre>{@code
 * class AffineOpTest extends OpContract {
 *     protected Op op() {
 *         return new AffineOp();
 *     }
 *
 *     protected List<Operand> inputs() {
 *         return List.of(Operand.rows(5, 4), Operand.shared(4, 6), Operand.shared(6)); // x (3,5,4), W (4,6), b (6)
 *     }
 *
 *     protected List<Tensor> composed(List<Tensor> in) {
 *         return List.of(in.get(0).matmul(in.get(1)).plus(in.get(2)));
 *     }
 * }
 * }</pre>
 *
 * <p>The op runs in float32 on small blocks, as any tensor would run it. Choose sizes that differ from each other. Every failure message begins with
 * the violated property, and names the output or the gradient and the first wrong number.
 */
public abstract class OpContract {
    private static final Draws INPUTS = Draws.of(5);
    private static final int[] ROWS = {0, 1, 2};

    private static final double TOLERANCE = 1e-5;
    /** For quotients of float32 values: over a step of 1/32 they are wrong by some 1e-5. */
    private static final double QUOTIENT_TOLERANCE = 1e-3;

    private static final double STEP = 1.0 / 32;

    private static final String SETS = "every number of the outputs is set";
    private static final String LEAVES = "inputs, outputs and what lies beside a block are left as they are";
    private static final String VALUES = "the values are those of the composed form";
    private static final String GRADIENTS = "gradients are right";
    private static final String ADDS = "gradients are added to what is there";
    private static final String UNASKED = "a gradient that is not needed may be missing";
    private static final String TWICE = "a tensor that is given twice gets both gradients";
    private static final String THREADS = "the number of threads changes no bit";
    private static final String ALONE = "a row gives the same bits alone and among others";
    private static final String LAYOUT = "blocks may lie in their arrays as the op says";

    /** For subclasses. */
    protected OpContract() {}

    /** The op to test, as it is made for one application to three rows: an equal one at every call. */
    protected abstract Op op();

    /** The kinds of its inputs. */
    protected abstract List<Operand> inputs();

    /**
     * The same outputs from tensor operations, which run in float64 and have correct gradients; none unless overridden. Without
     * them gradients are compared with difference quotients of the op's own values, a hundred times less exactly.
     */
    protected List<Tensor> composed(List<Tensor> inputs) {
        return List.of();
    }

    /** The op as it is created for row n alone; empty if a row of the outputs depends on other rows. {@link #op} unless overridden. */
    protected Optional<Op> row(int n) {
        return Optional.of(op());
    }

    /** The supported layouts of blocks; dense unless overridden, which is all that tensors need. */
    protected Layout accepts() {
        return Layout.DENSE;
    }

    // What laws are made of.

    private List<Numbers> drawn(int... rows) {
        List<Numbers> drawn = new ArrayList<>();
        for (int i = 0; i < inputs().size(); i++) {
            drawn.add(inputs().get(i).draw(INPUTS.at(i), rows));
        }
        return drawn;
    }

    private Application run(Conditions conditions) {
        return Application.of(op(), drawn(ROWS), conditions);
    }

    private Map<String, Numbers> results(Law law, Conditions conditions) {
        return law.run("running it", () -> run(conditions)).results();
    }

    // The laws.

    /** Every output is written completely, and nothing is read from outputs or from memory before it was written. */
    @Test
    @DisplayName(SETS)
    public void outputsAreSet() {
        Law law = new Law(SETS);
        law.same(
                "where they held NaN and not 7 before",
                results(law, Conditions.USUAL.withOutputs(7)),
                results(law, Conditions.USUAL));
        results(law, Conditions.USUAL).forEach((name, numbers) -> {
            for (int i = 0; i < numbers.values().length; i++) {
                int at = i;
                law.holds(
                        Double.isFinite(numbers.values()[i]),
                        () -> name + " at " + Law.position(at, numbers.shape()) + " is " + numbers.values()[at]);
            }
        });
    }

    /**
     * The forward pass does not change the inputs, and the backward pass changes only the gradients of the inputs; nothing is written outside a
     * block.
     */
    @Test
    @DisplayName(LEAVES)
    public void nothingElseIsModified() {
        Law law = new Law(LEAVES);
        List<String> modified =
                law.run("running it", () -> run(Conditions.USUAL)).modified();
        law.holds(modified.isEmpty(), () -> "it modified " + String.join(", ", modified));
    }

    /** In float32, within 1e-5. */
    @Test
    @DisplayName(VALUES)
    public void valuesAreThoseOfTheComposedForm() {
        Law law = new Law(VALUES);
        List<Tensor> expected = law.run("the composed form", () -> composed(doubles()));
        assumeTrue(!expected.isEmpty(), "an op without a composed form");
        Map<String, Numbers> found = results(law, Conditions.USUAL);
        for (int i = 0; i < expected.size(); i++) {
            Numbers output = Numbers.of(expected.get(i));
            law.close("output " + i, output, found.get("output " + i).as(output.shape()), TOLERANCE);
        }
    }

    private List<Tensor> doubles() {
        List<Tensor> doubles = new ArrayList<>();
        drawn(ROWS).forEach(input -> doubles.add(input.variable()));
        return doubles;
    }

    /** Those of all inputs, compared with the composed form's in float64 or with difference quotients. */
    @Test
    @DisplayName(GRADIENTS)
    public void gradientsAreRight() {
        Law law = new Law(GRADIENTS);
        Map<String, Numbers> found = results(law, Conditions.USUAL);
        List<Tensor> inputs = doubles();
        List<Tensor> outputs = law.run("the composed form", () -> composed(inputs));
        if (outputs.isEmpty()) {
            for (int i = 0; i < inputs.size(); i++) {
                quotients(law, i, found.get("gradient of input " + i));
            }
            return;
        }
        Tensor loss = DoubleTensor.of(Shape.of(), 0);
        for (int i = 0; i < outputs.size(); i++) {
            Tensor output = outputs.get(i);
            loss = loss.plus(output.times(Application.weights(i, output.shape()).constant())
                    .sum());
        }
        Map<DoubleTensor, double[]> gradients = DoubleTensor.of(loss).gradients();
        for (int i = 0; i < inputs.size(); i++) {
            String name = "gradient of input " + i;
            Numbers expected = Numbers.gradient(gradients, inputs.get(i));
            law.close(name, expected, found.get(name).as(expected.shape()), TOLERANCE);
        }
    }

    private void quotients(Law law, int input, Numbers found) {
        Numbers drawn = drawn(ROWS).get(input);
        double[] quotients = new double[drawn.values().length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = ((loss(input, i, -2) - loss(input, i, 2)) + 8 * (loss(input, i, 1) - loss(input, i, -1)))
                    / (12 * STEP);
        }
        Numbers expected = new Numbers(drawn.shape(), quotients);
        law.close(
                "gradient of input " + input + " beside difference quotients",
                expected,
                found.as(drawn.shape()),
                QUOTIENT_TOLERANCE);
    }

    /** The loss with one number of one input moved by so many steps. */
    private double loss(int input, int number, int steps) {
        List<Numbers> moved = drawn(ROWS);
        double[] values = moved.get(input).values().clone();
        values[number] = (float) (values[number] + steps * STEP);
        moved.set(input, new Numbers(moved.get(input).shape(), values));
        double loss = 0;
        Map<String, Numbers> results =
                Application.of(op(), moved, Conditions.USUAL).results();
        List<Shape> shapes = op().shapes(moved.stream().map(Numbers::shape).toList());
        for (int i = 0; i < shapes.size(); i++) {
            double[] output = results.get("output " + i).values();
            double[] weights = Application.weights(i, shapes.get(i)).values();
            for (int j = 0; j < output.length; j++) {
                loss += output[j] * weights[j];
            }
        }
        return loss;
    }

    /** A gradient contains the contributions of other uses of the tensor, and is not overwritten. */
    @Test
    @DisplayName(ADDS)
    public void gradientsAreAdded() {
        Law law = new Law(ADDS);
        float before = 0.5f;
        Map<String, Numbers> added = results(law, Conditions.USUAL.withGradients(before));
        results(law, Conditions.USUAL).forEach((name, numbers) -> {
            if (name.startsWith("gradient")) {
                double[] expected =
                        Arrays.stream(numbers.values()).map(x -> x + before).toArray();
                law.close(
                        name + ", which held " + before + " before,",
                        new Numbers(numbers.shape(), expected),
                        added.get(name),
                        TOLERANCE);
            }
        });
    }

    /** The block of a gradient is null if it is not needed; the others have the same bits. */
    @Test
    @DisplayName(UNASKED)
    public void unaskedGradientsMayBeMissing() {
        assumeTrue(inputs().size() > 1, "an op of one input, whose gradient is always asked for");
        Law law = new Law(UNASKED);
        Map<String, Numbers> all = results(law, Conditions.USUAL);
        for (int i = 0; i < inputs().size(); i++) {
            int one = i;
            Map<String, Numbers> only = law.run(
                            "asked for the gradient of input " + one + " alone",
                            () -> run(Conditions.USUAL.asking(input -> input == one)))
                    .results();
            Map<String, Numbers> expected = new LinkedHashMap<>(all);
            expected.keySet().retainAll(only.keySet());
            law.same("asked for that of input " + one + " alone", expected, only);
            Map<String, Numbers> others = law.run(
                            "asked for all gradients but that of input " + one,
                            () -> run(Conditions.USUAL.asking(input -> input != one)))
                    .results();
            Map<String, Numbers> rest = new LinkedHashMap<>(all);
            rest.keySet().retainAll(others.keySet());
            law.same("asked for all but that of input " + one, rest, others);
        }
    }

    /** Two inputs of the same shape may be the same tensor, and their gradients are then the same block. */
    @Test
    @DisplayName(TWICE)
    public void oneTensorMayBeTwoInputs() {
        Law law = new Law(TWICE);
        int pairs = 0;
        for (int i = 0; i < inputs().size(); i++) {
            for (int j = i + 1; j < inputs().size(); j++) {
                if (inputs().get(i).equals(inputs().get(j))) {
                    pairs++;
                    twice(law, i, j);
                }
            }
        }
        assumeTrue(pairs > 0, "an op without two inputs that take the same");
    }

    private void twice(Law law, int i, int j) {
        List<Numbers> one = drawn(ROWS);
        one.set(j, one.get(i));
        List<Numbers> copies = new ArrayList<>(one);
        copies.set(j, new Numbers(one.get(i).shape(), one.get(i).values().clone()));
        Map<String, Numbers> apart = law.run("running it", () -> Application.of(op(), copies, Conditions.USUAL))
                .results();
        Map<String, Numbers> together = law.run("running it", () -> Application.of(op(), one, Conditions.USUAL))
                .results();
        double[] sum = apart.get("gradient of input " + i).values().clone();
        double[] second = apart.get("gradient of input " + j).values();
        for (int n = 0; n < sum.length; n++) {
            sum[n] += second[n];
        }
        Numbers found = together.get("gradient of input " + i);
        law.close(
                "gradient of input " + i + ", which is input " + j + " too,",
                new Numbers(found.shape(), sum),
                found,
                TOLERANCE);
    }

    /** Work that it splits among threads gives the same result if every item is a part and the last one runs first. */
    @Test
    @DisplayName(THREADS)
    public void threadsChangeNothing() {
        Law law = new Law(THREADS);
        law.same(
                "where each item is a part of its own",
                results(law, Conditions.USUAL),
                results(law, Conditions.USUAL.with(CutKernels::new)));
    }

    /** For outputs and gradients that have a row for each row of the batch. */
    @Test
    @DisplayName(ALONE)
    public void rowsStandAlone() {
        assumeTrue(row(0).isPresent(), "an op whose rows depend on each other");
        Law law = new Law(ALONE);
        Map<String, Numbers> all = results(law, Conditions.USUAL);
        List<Shape> shapes =
                op().shapes(drawn(ROWS).stream().map(Numbers::shape).toList());
        for (int n : ROWS) {
            Op ofRow = row(n).orElseThrow();
            Map<String, Numbers> alone = law.run(
                            "a run of one row", () -> Application.of(ofRow, drawn(n), n, Conditions.USUAL))
                    .results();
            for (int i = 0; i < shapes.size(); i++) {
                if (shapes.get(i).rank() > 0 && shapes.get(i).dim(0) == ROWS.length) {
                    sameRow(law, "output " + i, n, all, alone);
                }
            }
            for (int i = 0; i < inputs().size(); i++) {
                if (inputs().get(i).ofRows()) {
                    sameRow(law, "gradient of input " + i, n, all, alone);
                }
            }
        }
    }

    private static void sameRow(Law law, String name, int n, Map<String, Numbers> all, Map<String, Numbers> alone) {
        Numbers whole = all.get(name);
        int size = whole.values().length / ROWS.length;
        Shape one = alone.get(name).shape();
        law.same(
                name + " of row " + n,
                one,
                Arrays.copyOfRange(whole.values(), n * size, (n + 1) * size),
                alone.get(name).values());
    }

    /** If it accepts blocks that begin somewhere in their array, or have gaps, it gives the same bits on them. */
    @Test
    @DisplayName(LAYOUT)
    public void blocksMayLieAnywhere() {
        assumeTrue(accepts() != Layout.DENSE, "an op for dense blocks alone");
        Law law = new Law(LAYOUT);
        Map<String, Numbers> dense = results(law, Conditions.USUAL);
        for (Layout layout : Layout.values()) {
            if (layout != Layout.DENSE && layout.compareTo(accepts()) <= 0) {
                Application application = law.run("running it", () -> run(Conditions.USUAL.in(layout)));
                law.same("where blocks are " + layout, dense, application.results());
                List<String> modified = application.modified();
                law.holds(
                        modified.isEmpty(),
                        () -> "where blocks are " + layout + ", it modified " + String.join(", ", modified));
            }
        }
    }
}
