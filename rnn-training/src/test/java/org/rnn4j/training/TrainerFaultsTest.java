package org.rnn4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.training.metric.Judged;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Tally;

/** What a run does when something that it works with fails, or is not as it has to be: what is said, and what is left. */
class TrainerFaultsTest {
    private static final int IDS = 5;
    private static final String ADVICE = " A lower learning rate or a lower clip limit often helps.";

    private record Part(long perEpoch, LongFunction<Batch> batches) implements Batches {
        static final Part GOOD = new Part(4, TrainerFaultsTest::batch);

        @Override
        public Batch batch(long number) {
            return batches.apply(number);
        }
    }

    private record Data(Batches training, Batches validation, String fingerprint) implements DataSet {
        static final Data GOOD = new Data(Part.GOOD, Part.GOOD, "good");
    }

    private static Batch batch(long number) {
        int first = (int) (number % IDS);
        int[][] x = {{first, 1, 2}, {3, first, 4}};
        int[][] y = {{1, 2, first}, {first, 4, 0}};
        return Batch.of(Ids.of(x), Ids.of(y));
    }

    private static Model model(LayerSpec<?> middle) {
        return Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(IDS, 4))
                        .then("middle", middle)
                        .then("output", new Affine(4, IDS))
                        .build(),
                1);
    }

    private static Model model() {
        return model(TimeRNN.stateful(4, 4));
    }

    private static TrainerSettings steps(long count) {
        return TrainerSettings.steps(count, new ConstantRate(0.05)).validatedEvery(3);
    }

    private static Trainer trainer(Model model, UpdateRule rule, TrainerSettings settings) {
        return new Trainer(model, new Optimizer(rule, model), new SoftmaxCrossEntropy(), settings);
    }

    private static Trainer trainer(TrainerSettings settings) {
        return trainer(model(), new Adam(), settings);
    }

    private static Map<String, List<Float>> numbers(Model model) {
        Map<String, List<Float>> result = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> {
            List<Float> values = new ArrayList<>();
            for (float value : parameter.values()) {
                values.add(value);
            }
            result.put(parameter.name(), values);
        });
        return result;
    }

    private static void assertSaysWhen(Class<? extends RuntimeException> type, String message, Executable run) {
        assertEquals(message, assertThrows(type, run).getMessage());
    }

    /** A listener of one name that does something at one of its calls. */
    private static class Named implements Listener {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }

    private static Listener completing(Consumer<Long> then) {
        return new Named("completing") {
            @Override
            public void completed(long step) {
                then.accept(step);
            }
        };
    }

    /** Hears how runs end. */
    private static final class Endings extends Named {
        private final List<Ending> heard = new ArrayList<>();

        Endings() {
            super("endings");
        }

        @Override
        public void ended(Ending ending) {
            heard.add(ending);
        }
    }

    private static Endings hear(Trainer trainer) {
        Endings endings = new Endings();
        trainer.listen(endings);
        return endings;
    }

    // ---- the update rule

    /** Moves one parameter and fails at the next. */
    private static final class Failing implements UpdateRule {
        private final Supplier<Throwable> failure;
        private int calls;

        Failing(Supplier<Throwable> failure) {
            this.failure = failure;
        }

        @Override
        public List<String> memory() {
            return List.of();
        }

        @Override
        public void update(Move move, float[] w, float[] dw, float[][] memory) {
            calls++;
            if (calls == 2) {
                TrainerFaultsTest.<RuntimeException>sneak(failure.get());
            }
            w[0] += 1;
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable e) throws E {
        throw (E) e;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aStepThatFailsHalfwayLosesTheParameters(Throwable failure) {
        Model model = model();
        Map<String, List<Float>> before = numbers(model);
        Trainer trainer = trainer(model, new Failing(() -> failure), steps(5));
        Endings endings = hear(trainer);
        Throwable thrown = assertThrows(Throwable.class, () -> trainer.train(Data.GOOD));
        assertNotEquals(before, numbers(model));
        String lost = "in step 1, with the rate 0.05";
        if (failure instanceof RuntimeException) {
            assertEquals(TrainingException.class, thrown.getClass());
            assertSame(failure, thrown.getCause());
            lost += ": " + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
            assertEquals("the parameters were lost " + lost + "; no checkpoint was saved.", thrown.getMessage());
        } else {
            assertSame(failure, thrown);
        }
        assertTrue(endings.heard.get(0).failed());
        String refusal = "the parameters were lost " + lost + ": resume from a checkpoint, or begin anew";
        assertSaysWhen(IllegalStateException.class, refusal, trainer::checkpoint);
        assertSaysWhen(IllegalStateException.class, refusal, () -> trainer.train(Data.GOOD));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalArgumentException("my rule is ill"),
                new IllegalStateException(),
                new AssertionError("ill"),
                new IOException("disk"));
    }

    /** Remembers under a name that the trainer once had for its own, and overshoots, so that averaging begins. */
    private record Latest() implements UpdateRule {
        @Override
        public List<String> memory() {
            return List.of("latest");
        }

        @Override
        public void update(Move move, float[] w, float[] dw, float[][] memory) {
            for (int i = 0; i < w.length; i++) {
                memory[0][i] = 0.9f * memory[0][i] + dw[i];
                w[i] -= (float) move.rate() * memory[0][i];
            }
        }
    }

    private static Trainer averaging(UpdateRule rule, long steps) {
        return trainer(
                model(),
                rule,
                TrainerSettings.steps(steps, new ConstantRate(1.5))
                        .validatedEvery(1)
                        .averagedAfter(1));
    }

    @Test
    void aRulesMemoryAndTheParametersBesideAveragesAreKeptApart() {
        Trainer whole = averaging(new Latest(), 16);
        whole.train(Data.GOOD);
        Trainer first = averaging(new Latest(), 16);
        first.listen(completing(step -> {
            if (step == 12) {
                first.stop("enough");
            }
        }));
        first.train(Data.GOOD);
        Checkpoint checkpoint = first.checkpoint();
        assertTrue(checkpoint.progress().containsKey("averaged"));
        assertEquals(2 * checkpoint.parameters().size(), checkpoint.optimizer().size());
        Trainer second = averaging(new Latest(), 16);
        second.resume(checkpoint);
        second.train(Data.GOOD);
        assertEquals(numbers(whole.model()), numbers(second.model()));
    }

    /** Checkpoints of averaging runs from before, whose latest parameters have the name {@code parameter/latest}. */
    @Test
    void anOldCheckpointWithAveragesIsResumed() {
        Trainer first = averaging(new org.rnn4j.core.optim.Momentum(0.9), 12);
        first.train(Data.GOOD);
        Checkpoint saved = first.checkpoint();
        assertTrue(saved.progress().containsKey("averaged"));
        Map<String, Tensor> memory = new LinkedHashMap<>();
        saved.optimizer().forEach((name, value) -> memory.put(name.replace("/trainer.latest", "/latest"), value));
        assertNotEquals(saved.optimizer().keySet(), memory.keySet());
        Checkpoint old =
                new Checkpoint(saved.spec(), saved.seed(), saved.parameters(), memory, saved.carry(), saved.progress());
        Trainer second = averaging(new org.rnn4j.core.optim.Momentum(0.9), 12);
        second.resume(old);
        Checkpoint again = second.checkpoint();
        assertEquals(saved.optimizer().keySet(), again.optimizer().keySet());
        saved.optimizer()
                .forEach((name, value) -> assertArrayEquals(
                        value.toFloats(), again.optimizer().get(name).toFloats()));
    }

    // ---- who may call when

    @Test
    void aListenerDoesNotBeginWhatItIsIn() {
        Trainer other = trainer(steps(1));
        other.train(Data.GOOD);
        Checkpoint checkpoint = other.checkpoint();
        List<Consumer<Trainer>> calls = List.of(
                trainer -> trainer.train(Data.GOOD),
                trainer -> trainer.resume(checkpoint),
                trainer -> trainer.listen(new Named("late")));
        for (Consumer<Trainer> call : calls) {
            Trainer trainer = trainer(steps(4));
            List<String> said = new ArrayList<>();
            trainer.listen(new Named("caller") {
                @Override
                public void started(Training running) {
                    refuse(trainer);
                }

                @Override
                public void completed(long step) {
                    refuse(trainer);
                }

                private void refuse(Trainer running) {
                    said.add(assertThrows(IllegalStateException.class, () -> call.accept(running))
                            .getMessage());
                }
            });
            trainer.train(Data.GOOD);
            String refusal = "this trainer is at work, on the thread "
                    + Thread.currentThread().getName()
                    + ": expected train, resume and listen to be called between two runs, and not by a listener";
            assertEquals(List.of(refusal, refusal, refusal, refusal, refusal), said);
            assertEquals(4, trainer.step());
        }
    }

    @Test
    void aSecondThreadIsRefused() {
        Trainer trainer = trainer(steps(2));
        List<String> said = new ArrayList<>();
        trainer.listen(completing(step -> {
            for (Runnable call : List.<Runnable>of(() -> trainer.train(Data.GOOD), trainer::checkpoint)) {
                CompletionException e = assertThrows(CompletionException.class, CompletableFuture.runAsync(call)::join);
                assertEquals(IllegalStateException.class, e.getCause().getClass());
                said.add(e.getCause().getMessage());
            }
        }));
        trainer.train(Data.GOOD);
        String thread = "this trainer is at work, on the thread "
                + Thread.currentThread().getName();
        assertEquals(
                List.of(
                        thread
                                + ": expected train, resume and listen to be called between two runs, and not by a listener",
                        thread + ": expected its checkpoint to be asked for between two runs, or by a listener"),
                said.subList(0, 2));
        assertEquals(2, trainer.step());
        // Afterwards it belongs to nobody.
        assertEquals(
                2L,
                CompletableFuture.supplyAsync(trainer::checkpoint)
                        .join()
                        .progress()
                        .get("step"));
    }

    @Test
    void aChangeBySomebodyElseIsNotSaved() {
        Model model = model();
        Trainer trainer = trainer(model, new Adam(), steps(2));
        trainer.train(Data.GOOD);
        trainer.checkpoint();
        model.parameter("output.bias").set(new float[IDS]);
        assertSaysWhen(
                IllegalStateException.class,
                "step 2: the model's parameters were changed by other code; expected one trainer per model",
                trainer::checkpoint);
    }

    // ---- listeners

    @Test
    void anErrorOfOneListenerIsHeardByTheOthers() {
        for (Throwable failure : List.of(new AssertionError("mine"), new IOException("mine"))) {
            Trainer trainer = trainer(steps(2));
            trainer.listen(new Named("failing") {
                @Override
                public void ended(Ending ending) {
                    TrainerFaultsTest.<RuntimeException>sneak(failure);
                }
            });
            Endings endings = hear(trainer);
            assertSame(failure, assertThrows(Throwable.class, () -> trainer.train(Data.GOOD)));
            // A run whose last state could not be saved is not told to the others as done.
            assertEquals(List.of(new Listener.Ending(2, "mine", false, true)), endings.heard);
        }
    }

    @Test
    void theReasonOfAnEndStaysTheFirst() {
        for (Throwable first : List.of(new IllegalStateException("first"), new IOException("first"))) {
            Trainer trainer = trainer(steps(2));
            AssertionError second = new AssertionError("second");
            trainer.listen(new Named("failing") {
                @Override
                public void stepped(StepReport report) {
                    TrainerFaultsTest.<RuntimeException>sneak(first);
                }

                @Override
                public void ended(Ending ending) {
                    throw second;
                }
            });
            trainer.listen(new Named("failing in the same way") {
                @Override
                public void ended(Ending ending) {
                    TrainerFaultsTest.<RuntimeException>sneak(first);
                }
            });
            Endings endings = hear(trainer);
            assertSame(first, assertThrows(Throwable.class, () -> trainer.train(Data.GOOD)));
            assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
            assertEquals(List.of(new Listener.Ending(1, "first", false, true)), endings.heard);
        }
    }

    @Test
    void aListenerHasANameAndAState() {
        Trainer trainer = trainer(steps(1));
        Listener nameless = new Named(null);
        assertSaysWhen(
                IllegalArgumentException.class,
                "the listener " + Named.class.getName() + " has null for its name, expected a text that no other has",
                () -> trainer.listen(nameless));
        trainer.listen(new Named("stateless") {
            @Override
            public Map<String, Object> state() {
                return null;
            }
        });
        assertSaysWhen(
                IllegalStateException.class,
                "the listener stateless gave null for its state, expected a map",
                trainer::checkpoint);
    }

    /** Counts steps, and cannot go on from what it counted. */
    private static final class Forgetful extends Named {
        private final boolean forgets;
        private long count;

        Forgetful(String name, boolean forgets) {
            super(name);
            this.forgets = forgets;
        }

        @Override
        public void stepped(StepReport report) {
            count++;
        }

        @Override
        public Map<String, Object> state() {
            return Map.of("count", count);
        }

        @Override
        public void restore(Map<String, Object> state) {
            count = (Long) state.get("count");
            if (forgets && count > 0) {
                throw new ClassCastException("no count");
            }
        }
    }

    @Test
    void aListenerThatCannotGoOnLeavesTheOthersAsTheyWere() {
        Trainer first = trainer(steps(4));
        first.listen(new Forgetful("counter", false));
        first.listen(new Forgetful("forgetful", true));
        first.train(Data.GOOD);
        Trainer second = trainer(steps(4));
        Forgetful counter = new Forgetful("counter", false);
        Forgetful forgetful = new Forgetful("forgetful", true);
        second.listen(counter);
        second.listen(forgetful);
        assertSaysWhen(
                IllegalArgumentException.class,
                "the listener forgetful cannot go on from its state {count=4}: no count",
                () -> second.resume(first.checkpoint()));
        assertEquals(0, counter.count);
        assertEquals(0, forgetful.count);
        assertEquals(0, second.step());
    }

    // ---- the data

    @ParameterizedTest
    @MethodSource("hopelessData")
    void dataThatCannotWorkIsRefusedBeforeTheFirstStep(String message, DataSet data, TrainerSettings settings) {
        Model model = model();
        Trainer trainer = trainer(model, new Adam(), settings);
        Endings endings = hear(trainer);
        Map<String, List<Float>> before = numbers(model);
        assertSaysWhen(IllegalArgumentException.class, message, () -> trainer.train(data));
        assertEquals(before, numbers(model));
        assertEquals(0, trainer.step());
        assertEquals(List.of(), endings.heard, "the run did not begin");
    }

    static Stream<Arguments> hopelessData() {
        Part none = new Part(0, TrainerFaultsTest::batch);
        Part fewer = new Part(-1, TrainerFaultsTest::batch);
        String batches = " batches an epoch, expected 1 or more";
        return Stream.of(
                Arguments.of("the data's validation part has 0" + batches, new Data(Part.GOOD, none, "d"), steps(2)),
                Arguments.of("the data's training part has 0" + batches, new Data(none, Part.GOOD, "d"), steps(2)),
                Arguments.of("the data's training part has -1" + batches, new Data(fewer, Part.GOOD, "d"), steps(2)),
                Arguments.of(
                        "the data's validation part is null, expected batches",
                        new Data(Part.GOOD, null, "d"),
                        steps(2)),
                Arguments.of(
                        "the data's training part is null, expected batches", new Data(null, Part.GOOD, "d"), steps(2)),
                Arguments.of(
                        "the data's fingerprint is null, expected a text",
                        new Data(Part.GOOD, Part.GOOD, null),
                        steps(2)),
                Arguments.of(
                        "epochs is " + Long.MAX_VALUE + ", of 4 steps each; expected at most " + Long.MAX_VALUE
                                + " steps in all",
                        Data.GOOD,
                        TrainerSettings.epochs(Long.MAX_VALUE, new ConstantRate(0.1))));
    }

    @Test
    void aBatchThatCannotBeMadeIsNamed() {
        Map<LongFunction<Batch>, String> faults = new LinkedHashMap<>();
        faults.put(number -> null, "it is null");
        faults.put(
                number -> Batch.of(Map.of(), Ids.of(new int[][] {{1}})), "a batch has no inputs, expected one or more");
        faults.put(
                number -> {
                    throw new IllegalStateException("a row is ill");
                },
                "a row is ill");
        faults.forEach((fault, words) -> {
            Part part = new Part(4, number -> number == 2 ? fault.apply(number) : batch(number));
            Trainer trainer = trainer(steps(5));
            assertSaysWhen(
                    TrainingException.class,
                    "step 3: batch 2 of the training part: " + words
                            + ". The parameters are those of step 2; no checkpoint was saved.",
                    () -> trainer.train(new Data(part, Part.GOOD, "d")));
        });
    }

    @Test
    void aScheduleThatFailsIsNamedWithItsStep() {
        Trainer trainer = trainer(TrainerSettings.steps(5, (step, losses) -> {
            if (step == 2) {
                throw new IllegalStateException("it is too late");
            }
            return 0.1;
        }));
        assertSaysWhen(
                TrainingException.class,
                "step 3: the schedule: it is too late. The parameters are those of step 2; no checkpoint was saved.",
                () -> trainer.train(Data.GOOD));
    }

    /** Before the first parameter has moved: the run goes on as if nothing had been. */
    @Test
    void aStepThatFailsBeforeItMovesAnythingLosesNothing() {
        boolean[] fails = {true};
        Schedule sometimes = (step, losses) -> step == 2 && fails[0] ? -1 : 0.05;
        Model model = model();
        Trainer trainer = trainer(model, new Adam(), TrainerSettings.steps(5, sometimes));
        assertThrows(TrainingException.class, () -> trainer.train(Data.GOOD));
        assertEquals(2, trainer.step());
        assertEquals(2L, trainer.checkpoint().progress().get("step"));
        fails[0] = false;
        trainer.train(Data.GOOD);
        Model whole = model();
        trainer(whole, new Adam(), TrainerSettings.steps(5, sometimes)).train(Data.GOOD);
        assertEquals(numbers(whole), numbers(model));
    }

    /** An interrupt belongs to the run that it stopped. */
    @Test
    void anInterruptIsHandedOnOnce() {
        Trainer trainer = trainer(steps(5));
        Thread.currentThread().interrupt();
        trainer.train(Data.GOOD);
        assertTrue(Thread.interrupted(), "the thread is interrupted when the run has ended");
        trainer.train(Data.GOOD);
        assertFalse(Thread.interrupted(), "and not by the next run");
        assertEquals(5, trainer.step());
    }

    /** What an earlier run ended with says nothing of the one that is resumed. */
    @Test
    void aResumedRunIsNotCalledDivergedForAnEarlierOne() {
        Trainer good = trainer(steps(5));
        good.train(Data.GOOD);
        Checkpoint finished = good.checkpoint();
        Trainer diverging =
                trainer(TrainerSettings.steps(5, new ConstantRate(50)).validatedEvery(3));
        Endings endings = hear(diverging);
        diverging.train(Data.GOOD);
        assertTrue(
                endings.heard.get(0).reason().contains("training diverged"),
                endings.heard.get(0).reason());
        diverging.resume(finished, Set.of("schedule"));
        diverging.train(Data.GOOD);
        assertEquals("all 5 steps are done", endings.heard.get(1).reason());
    }

    // ---- validations

    /** Gives a number for every validation. */
    private record Given(String label, Supplier<Double> number) implements Metric {
        @Override
        public Tally begin() {
            return new Tally() {
                @Override
                public void add(Judged window) {}

                @Override
                public double value() {
                    return number.get();
                }
            };
        }

        @Override
        public boolean better(double value, double than) {
            return value > than;
        }
    }

    @Test
    void whatIsNoNumberIsNeverBest() {
        List<Double> numbers = new ArrayList<>(List.of(Double.NaN, Double.NaN, 1.0, Double.NaN, 0.5, 2.0));
        Trainer trainer = trainer(steps(6).validatedEvery(1).judgedBy(new Given("given", () -> numbers.remove(0))));
        List<Boolean> best = new ArrayList<>();
        trainer.listen(new Named("best") {
            @Override
            public void validated(ValidationReport report) {
                best.add(report.best());
            }
        });
        trainer.train(Data.GOOD);
        assertEquals(List.of(false, false, true, false, false, true), best);
    }

    @Test
    void metricsCanBeToldApart() {
        Metric a = new Given("a", () -> 1.0);
        assertSaysWhen(
                IllegalArgumentException.class,
                "metrics has two with the label a, expected one of each label",
                () -> steps(1).judgedBy(a, new Given("b", () -> 1.0), new Given("a", () -> 2.0)));
        for (String label : new String[] {null, "loss"}) {
            assertSaysWhen(
                    IllegalArgumentException.class,
                    "metrics has one with the label " + label
                            + ", expected a text other than loss, which stands for the loss beside them",
                    () -> steps(1).judgedBy(a, new Given(label, () -> 1.0)));
        }
    }

    /** A failed validation is made up, in the same process as well as in the next: the run is the one that it would have been. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aValidationThatFailedIsMadeUp(boolean resumed) {
        Trainer whole = trainer(steps(6));
        whole.train(Data.GOOD);

        List<String> faults = new ArrayList<>(List.of("a row is ill"));
        Part validation = new Part(4, number -> {
            if (number == 1 && !faults.isEmpty()) {
                throw new IllegalStateException(faults.remove(0));
            }
            return batch(number);
        });
        Data data = new Data(Part.GOOD, validation, "good");
        Trainer broken = trainer(steps(6));
        List<Long> completed = new ArrayList<>();
        broken.listen(completing(completed::add));
        assertSaysWhen(
                TrainingException.class,
                "step 3: the validation: a row is ill. The parameters are those of step 3; no checkpoint was saved.",
                () -> broken.train(data));
        assertEquals(List.of(1L, 2L), completed);
        Trainer next = broken;
        if (resumed) {
            next = trainer(steps(6));
            next.resume(broken.checkpoint());
        }
        next.train(data);
        assertEquals(
                whole.checkpoint().progress().get("validationLosses"),
                next.checkpoint().progress().get("validationLosses"));
        assertEquals(whole.lastScores(), next.lastScores());
        assertEquals(numbers(whole.model()), numbers(next.model()));
        if (!resumed) {
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), completed);
        }
    }

    // ---- numbers

    /** Adds an infinite penalty. */
    private record Penalized() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> {
                pass.penalize(x.sum().times(0).log());
                return x;
            };
        }
    }

    @Test
    void anInfinitePenaltyIsNamed() {
        assertSaysWhen(
                TrainingException.class,
                "step 1: the penalty that the layers add to the loss is -Infinity. The parameters are those of step 0; no"
                        + " checkpoint was saved." + ADVICE,
                () -> trainer(model(new Penalized()), new Adam(), steps(1)).train(Data.GOOD));
    }

    /** Its state grows without an end, and its output shows nothing of that. */
    private record Growing() implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            return new Recurrent() {
                @Override
                public List<StatePart> state() {
                    return List.of(StatePart.of("h", 4));
                }

                @Override
                public Step step(Tensor x, State state) {
                    Tensor h = state.get("h").detach().times(1e10).plus(1);
                    return new Step(x.plus(h.tanh()), State.of("h", h));
                }
            };
        }
    }

    @Test
    void anInfiniteStateIsNotSaved() {
        Trainer trainer = trainer(model(new Time(new Growing(), true)), new Adam(), steps(3));
        trainer.train(Data.GOOD);
        assertSaysWhen(
                TrainingException.class,
                "step 3: the carried state middle/h is Infinity at position 0, and cannot be saved. The parameters are those of"
                        + " step 3; no checkpoint was saved." + ADVICE,
                trainer::checkpoint);
    }

    /** The last ending of a run that trains so many steps at a rate. */
    private static Listener.Ending ending(Trainer trainer, DataSet data) {
        List<Listener.Ending> endings = new ArrayList<>();
        trainer.listen(new Named("Endings") {
            @Override
            public void ended(Ending ending) {
                endings.add(ending);
            }
        });
        trainer.train(data);
        return endings.get(0);
    }

    /** One batch is worse than another by chance, and a model that was good already gets a little worse: neither diverged. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRunThatEndsALittleWorseThanItBeganDidNotDiverge(long steps) {
        Trainer trainer = trainer(model(), new Adam(), TrainerSettings.steps(steps, new ConstantRate(1e-6)));
        assertEquals(
                "all " + steps + " steps are done", ending(trainer, Data.GOOD).reason());
    }

    @Test
    void aRunThatIsFinishedNeedsNoNextStep() {
        Part broken = new Part(4, number -> {
            if (number == 3) {
                throw new IllegalStateException("no more");
            }
            return batch(number);
        });
        Trainer trainer = trainer(steps(10));
        trainer.listen(new Named("Finish") {
            @Override
            public void validated(ValidationReport report) {
                trainer.finish("enough");
            }
        });
        assertEquals(
                new Listener.Ending(3, "enough", true, false), ending(trainer, new Data(broken, Part.GOOD, "broken")));
    }

    @Test
    void moreValidationsThanACheckpointHoldsAreRefusedBeforeTheFirst() {
        Trainer trainer =
                trainer(TrainerSettings.steps(40_001, new ConstantRate(0.1)).validatedEvery(1));
        assertSaysWhen(
                IllegalArgumentException.class,
                "40001 steps have 40001 validations, expected at most 40000: what each gave stays in every checkpoint."
                        + " Validate less often (validateEvery)",
                () -> trainer.train(Data.GOOD));
        assertEquals(0, trainer.step());
    }
}
