package org.rnn4j.core.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;

class OptimizerTest {
    /** {@code x * w + b} with (3) parameters. */
    record Line() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Tensor w = params.get("w", Init.constant(2), 3);
            Tensor b = params.get("b", Init.constant(1), 3);
            return (x, pass) -> x.times(w).plus(b);
        }
    }

    private static Model model() {
        return Model.create(ModelSpec.chain().then("line", new Line()).build(), 1);
    }

    private static final Tensor X = Tensors.of(Shape.of(1, 1, 3), 1, -2, 3);

    private static Gradients gradients(Model model) {
        Tensor y = model.forward(X);
        return Gradients.of(y.times(y).sum());
    }

    static Stream<UpdateRule> rules() {
        return Stream.of(
                new Sgd(),
                new Momentum(null),
                new Nesterov(null),
                new AdaGrad(null),
                new RmsProp(null, null),
                new Adam(),
                new AdamW());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleLowersALossAndGoesOnFromItsMemory(UpdateRule rule) {
        Model model = model();
        Model other = model();
        Optimizer whole = new Optimizer(rule, model);
        double before = model.forward(X).times(model.forward(X)).sum().item();
        for (int i = 0; i < 10; i++) {
            whole.step(gradients(model), 0.01);
        }
        double after = model.forward(X).times(model.forward(X)).sum().item();
        assertEquals(true, after < before, after + " after, " + before + " before");

        Optimizer first = new Optimizer(rule, other);
        for (int i = 0; i < 4; i++) {
            first.step(gradients(other), 0.01);
        }
        Optimizer second = new Optimizer(rule, other);
        second.restore(first.steps(), first.memory());
        for (int i = 4; i < 10; i++) {
            second.step(gradients(other), 0.01);
        }
        assertArrayEquals(
                model.parameter("line.w").values(), other.parameter("line.w").values());
        assertEquals(10, second.steps());
    }

    @Test
    void groupsFreezeScaleAndDecay() {
        Model model = model();
        Optimizer optimizer =
                new Optimizer(new Sgd(), model, 0, List.of(Group.frozen("*.w"), new Group("*.b", 0.5, 0.1, null)));
        assertEquals(1, optimizer.parameters().size());
        optimizer.step(gradients(model), 0.1);
        assertArrayEquals(new float[] {2, 2, 2}, model.parameter("line.w").values());
        // y = x*2 + 1 = 3, -3, 7; db = 2y; b -= 0.1 * 0.5 * (db + 0.1 * b).
        assertArrayEquals(
                new float[] {1 - 0.05f * 6.1f, 1 - 0.05f * -5.9f, 1 - 0.05f * 14.1f},
                model.parameter("line.b").values(),
                1e-6f);
    }

    @Test
    void aPatternThatFitsNothingIsNamed() {
        assertEquals(
                "pattern lines.* fits no parameter; there are line.w, line.b",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Optimizer(new Sgd(), model(), 0, List.of(Group.frozen("lines.*"))))
                        .getMessage());
    }

    /** A rule that remembers under some names. */
    private record Remembering(List<String> memory) implements UpdateRule {
        @Override
        public void update(Move move, float[] w, float[] dw, float[][] arrays) {}
    }

    @Test
    void whatARuleRemembersHasNamesToFindItBy() {
        Map<List<String>, String> faults = new LinkedHashMap<>();
        faults.put(List.of("m", "v", "m"), "name m is there twice");
        faults.put(List.of(""), "name  is empty");
        faults.put(Arrays.asList("m", null), "name null is null");
        faults.put(List.of("a/b"), "name a/b has a slash or a dot");
        faults.put(List.of("trainer.latest"), "name trainer.latest has a slash or a dot");
        String rule = "the memory of the update rule " + Remembering.class.getName();
        faults.forEach((names, problem) -> assertEquals(
                rule + ": " + problem + ", expected names such as m and v, each once",
                assertThrows(IllegalArgumentException.class, () -> new Optimizer(new Remembering(names), model()))
                        .getMessage()));
        assertEquals(
                rule + " is null, expected a list of names",
                assertThrows(IllegalArgumentException.class, () -> new Optimizer(new Remembering(null), model()))
                        .getMessage());
        assertEquals(
                List.of("line.w/latest", "line.w/m", "line.b/latest", "line.b/m"),
                List.copyOf(new Optimizer(new Remembering(List.of("latest", "m")), model())
                        .memory()
                        .keySet()));
    }

    @Test
    void aParameterIsInOneGroup() {
        List<Group> groups = List.of(Group.weightDecay("*.b", 0), Group.frozen("line.w"), Group.frozen("l*b"));
        assertEquals(
                "patterns *.b and l*b both fit line.b, expected one group a parameter",
                assertThrows(IllegalArgumentException.class, () -> new Optimizer(new Sgd(), model(), 0.1, groups))
                        .getMessage());
    }

    /** What decays beside a bias that does not is what decays alone, and the bias is that of a model without decay. */
    @ParameterizedTest
    @MethodSource("rules")
    void biasesNeedNotDecay(UpdateRule rule) {
        List<Group> groups = List.of(Group.weightDecay("*.b", 0));
        Model model = model();
        Model decaying = model();
        Model plain = model();
        fiveSteps(new Optimizer(rule, model, 0.3, groups), model);
        fiveSteps(new Optimizer(rule, decaying, 0.3, List.of()), decaying);
        fiveSteps(new Optimizer(rule, plain, 0, List.of()), plain);
        float[] b = model.parameter("line.b").values();
        assertArrayEquals(
                decaying.parameter("line.w").values(), model.parameter("line.w").values());
        assertArrayEquals(plain.parameter("line.b").values(), b);
        assertFalse(Arrays.equals(decaying.parameter("line.b").values(), b));
    }

    /** But for AdamW's, weight decay is what {@code weightDecay * w * w / 2} in the loss would add to the gradient. */
    @ParameterizedTest
    @MethodSource("rules")
    void weightDecayIsPartOfTheGradient(UpdateRule rule) {
        float decay = 0.25f;
        float[] decayed = {3, -2, 0.5f};
        float[] added = decayed.clone();
        float[][] memory = new float[rule.memory().size()][3];
        float[][] memoryOfAdded = new float[rule.memory().size()][3];
        for (int step = 1; step <= 3; step++) {
            float[] gradient = {step, 0.5f, -0.25f};
            float[] sum = gradient.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += decay * added[i];
            }
            rule.update(new UpdateRule.Move(0.125, decay, step), decayed, gradient, memory);
            rule.update(new UpdateRule.Move(0.125, 0, step), added, sum, memoryOfAdded);
        }
        assertEquals(!(rule instanceof AdamW), Arrays.equals(added, decayed));
        assertEquals(!(rule instanceof AdamW), Arrays.deepEquals(memoryOfAdded, memory));
    }

    /** An epsilon so large that the step shows it: the gradient is 3, and so is the root of what is remembered of its square. */
    @Test
    void epsilonIsAddedToTheRoot() {
        for (UpdateRule rule : List.of(
                new AdaGrad(1.0), new RmsProp(0.0, 1.0), new Adam(null, null, 1.0), new AdamW(null, null, 1.0))) {
            float[] w = {0};
            rule.update(
                    new UpdateRule.Move(0.5, 0, 1),
                    w,
                    new float[] {3},
                    new float[rule.memory().size()][1]);
            assertEquals(-0.5 * 3 / (3 + 1), w[0], 1e-6, rule.toString());
        }
    }

    /** By hand: the gradient is 1 in both steps, and the rate of the second one half of the first's. */
    @Test
    void aMoveKeepsTheRateThatItWasTakenWith() {
        Map<UpdateRule, Float> ends = Map.of(new Momentum(0.5), -2f, new Nesterov(0.5), -2.5f);
        ends.forEach((rule, end) -> {
            float[] w = {0};
            float[][] memory = {{0}};
            rule.update(new UpdateRule.Move(1, 0, 1), w, new float[] {1}, memory);
            rule.update(new UpdateRule.Move(0.5, 0, 2), w, new float[] {1}, memory);
            assertEquals(end, w[0], rule.toString());
        });
    }

    /** On gradients that depend on no parameter. */
    private static void fiveSteps(Optimizer optimizer, Model model) {
        for (int i = 0; i < 5; i++) {
            optimizer.step(Gradients.of(model.forward(X).sum()), 0.1);
        }
    }

    @Test
    void aNaNInAnyGradientChangesNoParameter() {
        Model model = model();
        Tensor y = model.forward(X);
        Gradients bad =
                Gradients.of(y.times(Tensors.of(Shape.of(3), 1, Float.NaN, 1)).sum());
        Optimizer optimizer = new Optimizer(new Adam(), model);
        assertEquals(
                "the gradient of line.w is NaN at position 1",
                assertThrows(ArithmeticException.class, () -> optimizer.step(bad, 0.1))
                        .getMessage());
        assertArrayEquals(new float[] {2, 2, 2}, model.parameter("line.w").values());
        assertEquals(0, optimizer.steps());
    }

    @Test
    void anotherRulesMemoryIsRefused() {
        Optimizer optimizer = new Optimizer(new Adam(), model());
        assertEquals(
                "the memory is not this optimizer's (missing: line.w/m and 3 more): was it made with another rule or other groups?",
                refusal(optimizer, Map.of()));
        Map<String, Tensor> another = new TreeMap<>(optimizer.memory());
        another.put("line.w/s", X);
        assertEquals(
                "the memory is not this optimizer's (not known: line.w/s): was it made with another rule or other groups?",
                refusal(optimizer, another));
        another.remove("line.w/s");
        another.put("line.b/v", X);
        assertEquals("the optimizer's line.b/v has the shape (3), but was given (1,1,3)", refusal(optimizer, another));
        another.put("line.b/v", Tensors.of(Shape.of(3), 1, Float.NaN, 1));
        assertEquals(
                "the optimizer's line.b/v was given NaN at position 1, expected finite numbers",
                refusal(optimizer, another));
        assertEquals(
                "the optimizer has taken -1 steps, expected 0 or more",
                assertThrows(IllegalArgumentException.class, () -> optimizer.restore(-1, optimizer.memory()))
                        .getMessage());
        assertEquals(0, optimizer.steps());
    }

    private static String refusal(Optimizer optimizer, Map<String, Tensor> memory) {
        return assertThrows(IllegalArgumentException.class, () -> optimizer.restore(3, memory))
                .getMessage();
    }

    @Test
    void clippingScalesToTheLimit() {
        Model model = model();
        Gradients gradients = gradients(model);
        double norm = gradients.norm(model.parameters());
        assertEquals(norm, gradients.clip(1, model.parameters()));
        assertEquals(1, gradients.norm(model.parameters()), 1e-6);
        Gradients small = gradients(model);
        small.clip(1e6, model.parameters());
        assertEquals(norm, small.norm(model.parameters()));
        assertNotEquals(1, norm);
    }

    @Test
    void schedules() {
        assertEquals(0.1, new ConstantRate(0.1).rate(1_000, List.of()));
        Schedule steps = new StepDecay(8, 0.5, 10);
        assertEquals(8, steps.rate(9, List.of()));
        assertEquals(4, steps.rate(10, List.of()));
        assertEquals(2, steps.rate(20, List.of()));
        Schedule cosine = new CosineWithWarmUp(1, 110L, 10.0, 0.2);
        assertEquals(0.1, cosine.rate(0, List.of()), 1e-12);
        assertEquals(1, cosine.rate(9, List.of()), 1e-12);
        assertEquals(1, cosine.rate(10, List.of()), 1e-12);
        assertEquals(0.6, cosine.rate(60, List.of()), 1e-12);
        assertEquals(0.2, cosine.rate(110, List.of()), 1e-12);
        assertEquals(0.2, cosine.rate(500, List.of()), 1e-12);
        Schedule book = new DivideWhenWorse(20, null);
        assertEquals(20, book.rate(0, List.of(5.0, 4.0)));
        assertEquals(5, book.rate(0, List.of(5.0, 4.0, 4.0)));
        assertEquals(1.25, book.rate(0, List.of(5.0, 4.0, 4.5, 4.1, 3.9)));
    }

    /** The same rates, to the bit, as where the numbers of steps are written down. */
    @Test
    void aScheduleKnowsTheLengthOfTheRun() {
        Schedule whole = new CosineWithWarmUp(0.005, 0.05).over(211);
        Schedule counted = new CosineWithWarmUp(0.005, 211L, 10.0, null);
        for (long step = 0; step < 220; step++) {
            assertEquals(counted.rate(step, List.of()), whole.rate(step, List.of()));
        }
        assertSame(counted, counted.over(5));
        assertEquals(0.005, new CosineWithWarmUp(0.005, 0.05).over(3).rate(0, List.of()));
        Schedule ofNone = new CosineWithWarmUp(0.005, 0.05);
        assertThrows(IllegalStateException.class, () -> ofNone.rate(0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CosineWithWarmUp(1, null, 1.5, null));
    }

    /** The last value that is taken, and the first that is not. */
    @Test
    void settingsHaveEnds() {
        assertEquals(0, Settings.fraction("x", 0));
        assertThrows(IllegalArgumentException.class, () -> Settings.fraction("x", 1));
        assertEquals(Float.MIN_VALUE, Settings.positive("x", Float.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> Settings.positive("x", Float.MIN_VALUE / 2.0));
        assertThrows(IllegalArgumentException.class, () -> Settings.positive("x", 0));
        assertThrows(IllegalArgumentException.class, () -> Settings.positive("x", Double.POSITIVE_INFINITY));
        assertEquals(0, Settings.notNegative("x", 0));
        assertThrows(IllegalArgumentException.class, () -> Settings.notNegative("x", -Double.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> Settings.notNegative("x", Double.POSITIVE_INFINITY));
        assertEquals(1, Settings.atLeastOne("x", 1));
        assertThrows(IllegalArgumentException.class, () -> Settings.atLeastOne("x", 0));
        assertEquals(0, new CosineWithWarmUp(1, 10L, null, null).warmUp());
        assertThrows(IllegalArgumentException.class, () -> new CosineWithWarmUp(1, 10L, -1.0, null));
    }

    @Test
    void settingsAreChecked() {
        List<String> messages = Stream.<Runnable>of(
                        () -> new Momentum(1.0),
                        () -> new Adam(null, -0.1, null),
                        () -> new RmsProp(null, 0.0),
                        () -> new Adam(null, null, 1e-50),
                        () -> new ConstantRate(Double.NaN),
                        () -> new CosineWithWarmUp(1, 10L, 10.0, null),
                        () -> new StepDecay(1, 0.5, 0),
                        () -> new DivideWhenWorse(1, 1.0),
                        () -> new Group("", null, null, null))
                .map(wrong ->
                        assertThrows(IllegalArgumentException.class, wrong::run).getMessage())
                .toList();
        assertEquals(
                List.of(
                        "momentum is 1.0, expected 0 or more and below 1",
                        "beta2 is -0.1, expected 0 or more and below 1",
                        "epsilon is 0.0, expected a number above 0",
                        "epsilon is 1.0E-50, expected a number above 0 and at least 1.4E-45",
                        "rate is NaN, expected a number above 0",
                        "warmUp is 10, expected 0 or more and below steps, 10",
                        "every is 0, expected 1 or more",
                        "divisor is 1.0, expected a number above 1",
                        "pattern is missing, expected one such as embed.*"),
                messages);
    }

    // What is refused, and what is said of it.

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e39})
    void aRateThatIsNone(double rate) {
        Model model = model();
        Optimizer optimizer = new Optimizer(new Adam(), model);
        Gradients gradients = gradients(model);
        String message = assertThrows(IllegalArgumentException.class, () -> optimizer.step(gradients, rate))
                .getMessage();
        String most = rate > Float.MAX_VALUE ? " and at most 3.4028235E38" : "";
        assertEquals("rate is " + rate + ", expected 0 or more" + most, message);
        assertEquals(0, optimizer.steps());
        assertArrayEquals(new float[] {2, 2, 2}, model.parameter("line.w").values());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aStepThatMakesAParameterInfiniteIsReported(UpdateRule rule) {
        Model model = model();
        Optimizer optimizer = new Optimizer(rule, model);
        model.parameter("line.b").set(0, -3e38f, 0);
        String message = assertThrows(
                        ArithmeticException.class,
                        () -> optimizer.step(
                                Gradients.of(model.forward(X).times(1e3).sum()), 3e38))
                .getMessage();
        assertTrue(
                message.matches(
                        "step 1 of the optimizer made the parameter line.[wb] (NaN|-?Infinity) at position \\d"),
                message);
    }

    @Test
    void aRowThatBecomesInfiniteIsNamedByItsPlaceInTheTable() {
        Model model = Model.create(ModelSpec.chain().then("table", new Table()).build(), 1);
        model.parameter("table.weight").update(w -> w[7] = 3e38f);
        Tensor loss = model.forward(Ids.of(new int[] {1, 3})).times(-1e3).sum();
        Optimizer optimizer = new Optimizer(new Sgd(), model);
        Gradients gradients = Gradients.of(loss);
        assertFalse(gradients.rows(model.parameter("table.weight")).isEmpty());
        assertEquals(
                "step 1 of the optimizer made the parameter table.weight Infinity at position 7",
                assertThrows(ArithmeticException.class, () -> optimizer.step(gradients, 3e35))
                        .getMessage());
    }

    static Stream<Arguments> rulesOfSquares() {
        return Stream.of(
                Arguments.of(new AdaGrad(null), "s"),
                Arguments.of(new RmsProp(null, null), "s"),
                Arguments.of(new Adam(), "v"),
                Arguments.of(new AdamW(), "v"));
    }

    /** With it the rule would divide by infinity in every later step. */
    @ParameterizedTest
    @MethodSource("rulesOfSquares")
    void aStepThatMakesItsMemoryInfiniteIsReported(UpdateRule rule, String squares) {
        Model model = model();
        Optimizer optimizer = new Optimizer(rule, model);
        Gradients gradients = Gradients.of(model.forward(X).times(1e24).sum());
        assertEquals(
                "step 1 of the optimizer made the memory " + squares
                        + " of the parameter line.w Infinity at position 0",
                assertThrows(ArithmeticException.class, () -> optimizer.step(gradients, 0.1))
                        .getMessage());
    }

    @Test
    void aRowWhoseMemoryBecomesInfiniteIsNamedByItsPlaceInTheTable() {
        Model model = Model.create(ModelSpec.chain().then("table", new Table()).build(), 1);
        Gradients gradients =
                Gradients.of(model.forward(Ids.of(new int[] {1, 3})).times(1e20).sum());
        assertFalse(gradients.rows(model.parameter("table.weight")).isEmpty());
        assertEquals(
                "step 1 of the optimizer made the memory s of the parameter table.weight Infinity at position 2",
                assertThrows(
                                ArithmeticException.class,
                                () -> new Optimizer(new AdaGrad(null), model).step(gradients, 0.1))
                        .getMessage());
    }

    @Test
    void halfABackwardPassIsRefused() {
        Model model = model();
        Optimizer optimizer = new Optimizer(new Sgd(), model);
        Gradients gradients = gradients(model);
        Tensor stale = model.forward(X).sum();
        model.parameter("line.w").set(1, 1, 1);
        assertThrows(IllegalStateException.class, () -> gradients.refill(stale));
        assertEquals(
                "the last backward pass of these gradients failed, so they are none of any loss;"
                        + " refill them from a new forward pass",
                assertThrows(IllegalStateException.class, () -> optimizer.step(gradients, 0.1))
                        .getMessage());
        assertEquals(0, optimizer.steps());
        gradients.refill(model.forward(X).sum());
        optimizer.step(gradients, 0.1);
        assertEquals(1, optimizer.steps());
    }

    /** Rows of a table of 8 by 2. */
    private record Table() implements LayerSpec<IdsLayer> {
        @Override
        public IdsLayer create(Params params) {
            Tensor weight = params.get("weight", Init.constant(1), 8, 2);
            return (ids, pass) -> weight.lookup(ids);
        }
    }

    @Test
    void aLossOfAnotherModelIsRefused() {
        Model model = model();
        Optimizer optimizer = new Optimizer(new AdamW(), model, 0.1, List.of());
        String expected =
                "the loss does not depend on any parameter that learns: is it of another model, or of model.inference()?";
        Gradients others = gradients(model());
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> optimizer.step(others, 0.1))
                        .getMessage());
        // Used for this model before, and then refilled with a loss of another.
        Gradients refilled = gradients(model);
        refilled.refill(model().forward(X).sum());
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> optimizer.step(refilled, 0.1))
                        .getMessage());
        assertEquals(0, optimizer.steps());
        assertArrayEquals(new float[] {2, 2, 2}, model.parameter("line.w").values());
    }
}
