package org.rnn4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Averages;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Vocabulary;

class TrainerTest {
    private static final Schedule RATE = new ConstantRate(0.01);
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    private static TextData text() {
        String sentence = "the cat sat on the mat, and the dog sat on the log. ";
        Corpus.Parts parts = new Corpus("cat.txt", sentence.repeat(12)).split(0.8, 0.2);
        return new TextData(parts, Vocabulary.of(new CharTokenizer(), parts.train()), 4, 8);
    }

    private static ModelSpec spec(int ids) {
        return ModelSpec.chain()
                .then("embed", new Embedding(ids, 8))
                .then("rnn", TimeRNN.stateful(8, 24))
                .then("dropout", new Dropout(0.1, null))
                .then("output", new Affine(24, ids))
                .build();
    }

    private static Model model(DataSet data) {
        return Model.create(spec(data.sizes().get("vocabulary")), 5);
    }

    private static Trainer trainer(Model model, TrainerSettings settings) {
        return new Trainer(model, new Optimizer(new Adam(), model), LOSS, settings);
    }

    private static Map<String, float[]> numbers(Model model) {
        Map<String, float[]> result = new LinkedHashMap<>();
        model.parameters().forEach(p -> result.put(p.name(), p.values()));
        return result;
    }

    private static void assertEqualBits(Map<String, float[]> expected, Map<String, float[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        assertFalse(expected.isEmpty());
        expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), 0f, name));
    }

    /** Writes down what it is told, and does something after one of the steps. */
    private static final class Diary implements Listener {
        private final List<Double> losses = new ArrayList<>();
        private final List<ValidationReport> validations = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private final List<Ending> endings = new ArrayList<>();
        private long count;
        private long at = -1;
        private Runnable then = () -> {};

        Diary after(long step, Runnable action) {
            at = step;
            then = action;
            return this;
        }

        @Override
        public void started(Training trainer) {
            events.add("started " + trainer.step());
        }

        @Override
        public void stepped(StepReport report) {
            events.add("stepped " + report.step());
            losses.add(report.loss());
            count++;
            if (report.step() == at) {
                then.run();
            }
        }

        @Override
        public void validated(ValidationReport report) {
            events.add("validated " + report.step());
            validations.add(report);
        }

        @Override
        public void completed(long step) {
            events.add("completed " + step);
        }

        @Override
        public void ended(Ending ending) {
            events.add("ended " + ending.step());
            endings.add(ending);
        }

        @Override
        public Map<String, Object> state() {
            return count == 0 ? Map.of() : Map.of("count", count);
        }

        @Override
        public void restore(Map<String, Object> state) {
            count = state.isEmpty() ? 0 : ((Number) state.get("count")).longValue();
        }
    }

    private static Diary watch(Trainer trainer) {
        Diary diary = new Diary();
        trainer.listen(diary);
        return diary;
    }

    @Test
    void aModelLearnsMoreThanHowOftenLettersOccur() {
        TextData data = text();
        Trainer trainer = trainer(
                model(data),
                TrainerSettings.epochs(8, RATE).clippedAt(5).judgedBy(LikelihoodMetric.BITS_PER_CHARACTER));
        Diary diary = watch(trainer);
        Scores scores = trainer.train(data).orElseThrow();
        Baseline unigram = data.baselines().get(0);
        double bits = scores.metrics().get(unigram.metric());
        assertTrue(bits < 0.7 * unigram.value(), bits + " bits, unigram " + unigram.value());
        assertEquals(scores.loss() / StrictMath.log(2), bits, 1e-12);
        assertTrue(diary.losses.get(diary.losses.size() - 1) < 0.6 * diary.losses.get(0));
        assertEquals(8 * data.training().perEpoch(), trainer.step());
        assertEquals(8, diary.validations.size());
        assertEquals(Optional.of(scores), trainer.lastScores());
        assertEquals(
                List.of(new Listener.Ending(trainer.step(), "all " + trainer.step() + " steps are done", true, false)),
                diary.endings);
    }

    @Test
    void aPenaltyMovesTheParametersAndIsNoPartOfTheReportedLoss() {
        Map<String, float[]> without = penalized(0);
        Map<String, float[]> with = penalized(4);
        assertEquals(without.keySet(), with.keySet());
        for (String name : List.of("embed.weight", "rnn.cell.wx", "rnn.cell.b")) {
            assertFalse(Arrays.equals(without.get(name), with.get(name)), name);
        }
        // Behind the penalized layer nothing changes.
        assertArrayEquals(without.get("output.bias"), with.get("output.bias"));
    }

    private static Map<String, float[]> penalized(double weight) {
        TextData data = text();
        int ids = data.sizes().get("vocabulary");
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(ids, 8))
                        .then("rnn", new TimeRNN(8, 24))
                        .then("penalty", new ActivationPenalty(weight, 0))
                        .then("output", new Affine(24, ids))
                        .build(),
                5);
        Trainer trainer = new Trainer(
                model, new Optimizer(new Sgd(), model), LOSS, TrainerSettings.steps(1, new ConstantRate(0.5)));
        Diary diary = watch(trainer);
        trainer.train(data);
        assertEquals(Math.log(ids), diary.losses.get(0), 0.5);
        return numbers(model);
    }

    @Test
    void listenersAreToldInOrder() {
        TextData data = text();
        Trainer trainer = trainer(model(data), TrainerSettings.steps(3, RATE).validatedEvery(2));
        Diary diary = watch(trainer);
        trainer.train(data);
        assertEquals(
                List.of(
                        "started 0",
                        "stepped 1",
                        "completed 1",
                        "stepped 2",
                        "validated 2",
                        "completed 2",
                        "stepped 3",
                        "validated 3",
                        "completed 3",
                        "ended 3"),
                diary.events);
    }

    @Test
    void aResumedRunIsTheSameRun() {
        TextData data = text();
        // Not a whole number of epochs, nor of validations, on either side.
        TrainerSettings settings =
                TrainerSettings.steps(29, new ConstantRate(0.02)).clippedAt(1).validatedEvery(4);
        Model whole = model(data);
        Trainer uninterrupted = trainer(whole, settings);
        Diary all = watch(uninterrupted);
        uninterrupted.train(data);

        Trainer first = trainer(model(data), settings);
        Diary before = watch(first);
        before.after(10, () -> first.stop("enough"));
        first.train(data);
        assertEquals(10, first.step());
        Checkpoint checkpoint = first.checkpoint();

        Model other = model(data);
        Trainer second = trainer(other, settings);
        Diary after = watch(second);
        second.resume(checkpoint);
        assertEquals(10, second.step());
        second.train(text());

        List<Double> losses = new ArrayList<>(before.losses);
        losses.addAll(after.losses);
        assertEquals(all.losses, losses);
        List<Listener.ValidationReport> validations = new ArrayList<>(before.validations);
        validations.addAll(after.validations);
        assertEquals(all.validations, validations);
        assertEqualBits(numbers(whole), numbers(other));
        assertEquals(29, after.count);
        assertEquals(uninterrupted.checkpoint().progress(), second.checkpoint().progress());
        assertNotEquals(before.losses.get(0), after.losses.get(0));
    }

    /** At a rate at which it soon gets worse: judged, saved and served are means, wherever the run was interrupted. */
    @Test
    void averagesAreJudgedSavedAndServed() {
        TextData data = text();
        TrainerSettings settings = TrainerSettings.steps(24, new ConstantRate(0.3))
                .validatedEvery(1)
                .averagedAfter(2);
        Model whole = model(data);
        Trainer uninterrupted = trainer(whole, settings);
        Diary diary = watch(uninterrupted);
        List<Map<String, float[]>> steps = new ArrayList<>();
        uninterrupted.listen(new Listener() {
            @Override
            public void completed(long step) {
                steps.add(numbers(whole));
            }
        });
        uninterrupted.train(data);
        List<Double> losses =
                diary.validations.stream().map(r -> r.scores().loss()).toList();
        int first = 1;
        while (!Averages.areDue(losses.subList(0, first), 2)) {
            first++;
        }
        assertTrue(first > 3 && first < 20, "averaging began after step " + first);
        Checkpoint end = uninterrupted.checkpoint();
        assertEquals(24L - first + 1, end.progress().get("averaged"));

        Model served = uninterrupted.model();
        assertEqualBits(numbers(served), numbers(end.model()));
        for (String name : numbers(served).keySet()) {
            float[] found = served.parameter(name).values();
            for (int i = 0; i < found.length; i++) {
                double sum = 0;
                for (int step = first; step <= 24; step++) {
                    sum += steps.get(step - 1).get(name)[i];
                }
                assertEquals(sum / (24 - first + 1), found[i], 1e-5, name);
            }
        }
        Scores scores = new Evaluator(LOSS, List.of()).score(served, data.validation());
        assertEquals(Optional.of(scores), uninterrupted.lastScores());
        assertTrue(scores.loss()
                < new Evaluator(LOSS, List.of()).score(whole, data.validation()).loss());

        for (long at : new long[] {first - 1, first, first + 2}) {
            Trainer one = trainer(model(data), settings);
            watch(one).after(at, () -> one.stop("enough"));
            one.train(data);
            Model other = model(data);
            Trainer two = trainer(other, settings);
            two.resume(one.checkpoint());
            two.train(data);
            assertEqualBits(numbers(whole), numbers(other));
            assertEqualBits(numbers(served), numbers(two.model()));
            assertEquals(uninterrupted.lastScores(), two.lastScores());
            assertEquals(end.optimizer().keySet(), two.checkpoint().optimizer().keySet());
        }
    }

    @Test
    void aRunGoesOnInTheSameProcess() {
        TextData data = text();
        Model whole = model(data);
        trainer(whole, TrainerSettings.steps(9, RATE)).train(data);
        Model stopped = model(data);
        Trainer trainer = trainer(stopped, TrainerSettings.steps(9, RATE));
        watch(trainer).after(4, () -> trainer.stop("a break"));
        trainer.train(data);
        trainer.train(data);
        assertEquals(9, trainer.step());
        assertEqualBits(numbers(whole), numbers(stopped));
    }

    @Test
    void aFinishedRunIsJudgedAgainWhenResumed() {
        TextData data = text();
        Trainer done = trainer(model(data), TrainerSettings.steps(2, RATE));
        Scores scores = done.train(data).orElseThrow();
        Trainer again = trainer(model(data), TrainerSettings.steps(2, RATE));
        again.resume(done.checkpoint());
        Diary diary = watch(again);
        assertEquals(Optional.of(scores), again.train(data));
        assertEquals(List.of("started 2", "ended 2"), diary.events);
    }

    @Test
    void stopEndsAfterTheStep() {
        TextData data = text();
        Trainer trainer = trainer(model(data), TrainerSettings.steps(50, RATE));
        Diary diary = watch(trainer);
        diary.after(3, () -> {
            trainer.stop("asked to");
            trainer.stop("a later reason");
        });
        assertEquals(Optional.empty(), trainer.train(data));
        assertEquals(3, diary.losses.size());
        assertEquals("completed 3", diary.events.get(diary.events.size() - 2));
        assertEquals(List.of(new Listener.Ending(3, "asked to", false, false)), diary.endings);
    }

    @Test
    void stopBeforeTheFirstStepCounts() {
        TextData data = text();
        Trainer trainer = trainer(model(data), TrainerSettings.steps(50, RATE));
        Diary diary = watch(trainer);
        trainer.stop("interrupted while the data was read");
        trainer.train(data);
        assertEquals(List.of("started 0", "ended 0"), diary.events);
        assertEquals("interrupted while the data was read", diary.endings.get(0).reason());
    }

    /** Gives NaN from one of its passes on. */
    private record Failing(int from) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            AtomicInteger passes = new AtomicInteger();
            return (x, pass) -> passes.incrementAndGet() < from ? x : x.times(Double.NaN);
        }
    }

    /** Notes what it draws first in each step of training. */
    private record Drawing(List<Double> drawn) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> {
                if (params.training()) {
                    drawn.add(pass.draws().uniform(0));
                }
                return x;
            };
        }
    }

    @Test
    void everyStepDrawsAnew() {
        TextData data = text();
        int ids = data.sizes().get("vocabulary");
        List<Double> drawn = new ArrayList<>();
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(ids, 8))
                        .then("drawing", new Drawing(drawn))
                        .then("output", new Affine(8, ids))
                        .build(),
                1);
        new Trainer(model, new Optimizer(new Sgd(), model), LOSS, TrainerSettings.steps(3, RATE)).train(data);
        assertEquals(3, drawn.size());
        assertEquals(3, drawn.stream().distinct().count(), drawn.toString());
    }

    @Test
    void aLossThatIsNotFinite() {
        TextData data = text();
        int ids = data.sizes().get("vocabulary");
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(ids, 8))
                        .then("failing", new Failing(5))
                        .then("output", new Affine(8, ids))
                        .build(),
                1);
        Trainer trainer = new Trainer(model, new Optimizer(new Sgd(), model), LOSS, TrainerSettings.steps(50, RATE));
        Diary diary = watch(trainer);
        Map<String, float[]> before = new LinkedHashMap<>();
        diary.after(4, () -> before.putAll(numbers(model)));
        String message =
                assertThrows(TrainingException.class, () -> trainer.train(data)).getMessage();
        assertEquals(
                "step 5: the loss is NaN, and the first layer with such an output is failing. The parameters are those of step 4;"
                        + " no checkpoint was saved. A lower learning rate or a lower clip limit often helps.",
                message);
        assertEqualBits(before, numbers(model));
        assertEquals(4, trainer.step());
        assertEquals(List.of(new Listener.Ending(4, message, false, true)), diary.endings);
    }

    @Test
    void aRateThatIsNone() {
        TextData data = text();
        Model model = model(data);
        Trainer trainer = new Trainer(
                model,
                new Optimizer(new Sgd(), model),
                LOSS,
                TrainerSettings.steps(50, (step, validations) -> step < 3 ? 0.1 : Double.NaN));
        Diary diary = watch(trainer);
        Map<String, float[]> before = new LinkedHashMap<>();
        diary.after(3, () -> before.putAll(numbers(model)));
        assertEquals(
                "step 4: rate is NaN, expected 0 or more. The parameters are those of step 3; no checkpoint was saved."
                        + " A lower learning rate or a lower clip limit often helps.",
                assertThrows(TrainingException.class, () -> trainer.train(data)).getMessage());
        assertEqualBits(before, numbers(model));
        assertEquals(3, trainer.step());
    }

    /**
     * Steps with a finite loss and finite gradients: one makes parameters infinite, the other so large that the loss after it is NaN. Neither is
     * saved.
     */
    @ParameterizedTest
    @ValueSource(doubles = {3e38, 5e37})
    void aStepThatLosesTheParametersIsNotSaved(double rate) {
        TextData data = text();
        Model model = model(data);
        TrainerSettings settings = TrainerSettings.steps(50, (step, validations) -> step == 3 ? rate : 0.01);
        Trainer trainer = trainer(model, settings);
        List<Checkpoint> saved = new ArrayList<>();
        trainer.listen(new Listener() {
            @Override
            public void completed(long step) {
                saved.add(trainer.checkpoint());
                trainer.savedTo(Path.of("step-" + step));
            }
        });
        String message =
                assertThrows(TrainingException.class, () -> trainer.train(data)).getMessage();
        boolean infinite = rate > 1e38;
        String beginning = infinite
                ? "the parameters were lost in step 4, with the rate 3.0E38: step 4 of the optimizer made the parameter embed.weight "
                : "step 5: the loss is ";
        assertTrue(message.startsWith(beginning), message);
        assertTrue(
                message.endsWith(
                        "; the last good checkpoint is step-3. A lower learning rate or a lower clip limit often helps."),
                message);
        assertEquals(3, saved.size());
        saved.get(2).parameters().values().forEach(tensor -> {
            for (float number : tensor.toFloats()) {
                assertTrue(Float.isFinite(number));
            }
        });
        if (infinite) {
            for (Executable use : List.<Executable>of(trainer::checkpoint, () -> trainer.train(data))) {
                String refusal = assertThrows(IllegalStateException.class, use).getMessage();
                assertTrue(refusal.endsWith(": resume from a checkpoint, or begin anew"), refusal);
            }
        }
        trainer.resume(saved.get(2));
        assertEquals(3, trainer.step());
        assertEquals(saved.get(2).progress(), trainer.checkpoint().progress());
    }

    @Test
    void aRunThatDivergedSaysSo() {
        TextData data = text();
        Model model = model(data);
        Trainer trainer = new Trainer(
                model, new Optimizer(new Sgd(), model), LOSS, TrainerSettings.steps(12, new ConstantRate(1e6)));
        Diary diary = watch(trainer);
        trainer.stop("after nothing");
        trainer.train(data);
        // Also where the first step was taken by another process.
        Model again = model(data);
        Trainer first = new Trainer(
                again, new Optimizer(new Sgd(), again), LOSS, TrainerSettings.steps(12, new ConstantRate(1e6)));
        watch(first).after(6, () -> first.stop("half way"));
        first.train(data);
        trainer.resume(first.checkpoint());
        trainer.train(data);
        String reason = diary.endings.get(1).reason();
        assertTrue(
                reason.matches(
                        "all 12 steps are done, but training diverged: the loss of the last step is [0-9.E]+, and that of the"
                                + " first was 2\\.[0-9]+\\. A lower learning rate or a lower clip limit often helps\\."),
                reason);
        assertTrue(diary.endings.get(1).finished());
        assertEquals("after nothing", diary.endings.get(0).reason());
    }

    /** A loss whose value is right and whose gradient is infinite. */
    private record Steep() implements Loss {
        @Override
        public Tensor of(Tensor output, Value target, Spans lengths) {
            Tensor zero = output.minus(output.detach()).sum();
            return LOSS.of(output, target, lengths).plus(zero.times(1e30).times(1e30));
        }

        @Override
        public long positions(Value target, Spans lengths) {
            return LOSS.positions(target, lengths);
        }
    }

    @Test
    void aGradientThatIsNotFinite() {
        TextData data = text();
        Model model = model(data);
        Map<String, float[]> before = numbers(model);
        Trainer trainer = new Trainer(
                model,
                new Optimizer(new Adam(), model),
                new Steep(),
                TrainerSettings.steps(5, RATE).clippedAt(1));
        trainer.savedTo(Path.of("run", "step-0.safetensors"));
        String message =
                assertThrows(TrainingException.class, () -> trainer.train(data)).getMessage();
        assertTrue(message.startsWith("step 1: the gradient of embed.weight is "), message);
        assertTrue(
                message.contains("the last good checkpoint is " + Path.of("run", "step-0.safetensors") + "."), message);
        assertEqualBits(before, numbers(model));
    }

    /** A layer that works in training only. */
    private record TrainingOnly() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            boolean training = params.training();
            return (x, pass) -> training ? x : x.times(Double.NaN);
        }
    }

    @Test
    void aValidationThatIsNotFinite() {
        TextData data = text();
        int ids = data.sizes().get("vocabulary");
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(ids, ids))
                        .then("training", new TrainingOnly())
                        .build(),
                1);
        Trainer trainer = trainer(model, TrainerSettings.steps(5, RATE).validatedEvery(2));
        String message =
                assertThrows(TrainingException.class, () -> trainer.train(data)).getMessage();
        assertTrue(
                message.startsWith("step 2: the validation loss is NaN. The parameters are those of step 2;"), message);
    }

    @Test
    void twoTrainersOnOneModel() {
        TextData data = text();
        Model model = model(data);
        Trainer one = trainer(model, TrainerSettings.steps(9, RATE));
        Trainer two = trainer(model, TrainerSettings.steps(9, RATE));
        watch(one).after(2, () -> one.stop("a break"));
        watch(two).after(1, () -> two.stop("a break"));
        one.train(data);
        two.train(data);
        String expected = "step 3: the model's parameters were changed by other code; expected one trainer per model";
        assertEquals(
                expected,
                assertThrows(IllegalStateException.class, () -> one.train(data)).getMessage());
    }

    @Test
    void twoTrainersAtOnce() {
        TextData data = text();
        Model model = model(data);
        Trainer one = trainer(model, TrainerSettings.steps(9, RATE));
        Trainer two = trainer(model, TrainerSettings.steps(1, RATE));
        watch(one).after(2, () -> two.train(data));
        assertThrows(IllegalStateException.class, () -> one.train(data));
        assertEquals(2, one.step());
    }

    @Test
    void whatIsBestIsUpToTheFirstMetric() {
        TextData data = text();
        List<List<Double>> seen = new ArrayList<>();
        Schedule schedule = (step, validations) -> {
            seen.add(validations);
            return 0.01;
        };
        Trainer trainer = trainer(
                model(data),
                TrainerSettings.steps(40, schedule)
                        .validatedEvery(5)
                        .judgedBy(ComparisonMetric.ACCURACY, LikelihoodMetric.NATS));
        Diary diary = watch(trainer);
        trainer.train(data);
        double best = -1;
        for (Listener.ValidationReport report : diary.validations) {
            double accuracy = report.scores().metrics().get("accuracy");
            assertEquals(accuracy > best, report.best());
            best = Math.max(best, accuracy);
        }
        assertTrue(best > 0.2, "accuracy " + best);
        // A schedule is told losses, whatever the metrics are.
        assertEquals(
                diary.validations.stream().limit(7).map(r -> r.scores().loss()).toList(), seen.get(39));
        assertEquals(List.of(), seen.get(4));
    }

    /** The last batch of an epoch has fewer rows, which a stateful model could not carry its state into. */
    @Test
    void sequencesNeedNoEvenNumberOfRows() {
        int[][] sequences = {{1, 2, 3}, {2, 3}, {3, 1, 2, 3, 1}, {1, 2}, {2, 3, 1, 2}};
        SequenceBatches batches = SequenceBatches.ofNext(sequences, 2, 1);
        DataSet data = new DataSet() {
            @Override
            public Batches training() {
                return batches;
            }

            @Override
            public Batches validation() {
                return batches;
            }

            @Override
            public Map<String, Integer> sizes() {
                return Map.of("vocabulary", 4);
            }

            @Override
            public String fingerprint() {
                return "sequences";
            }
        };
        Trainer trainer = trainer(
                model(data), TrainerSettings.epochs(40, new ConstantRate(0.02)).judgedBy(ComparisonMetric.ACCURACY));
        Diary diary = watch(trainer);
        Scores scores = trainer.train(data).orElseThrow();
        assertEquals(1.0, scores.metrics().get("accuracy"));
        assertEquals(120, diary.losses.size());
    }

    @Test
    void everyListenerHearsTheEnd() {
        TextData data = text();
        Trainer trainer = trainer(model(data), TrainerSettings.steps(2, RATE));
        trainer.listen(new Listener() {
            @Override
            public void completed(long step) {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public void ended(Ending ending) {
                throw new IllegalStateException("still full");
            }

            @Override
            public String name() {
                return "disk";
            }
        });
        Diary diary = watch(trainer);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> trainer.train(data));
        assertEquals("the disk is full", e.getMessage());
        assertEquals("still full", e.getSuppressed()[0].getMessage());
        assertEquals(List.of(new Listener.Ending(1, "the disk is full", false, true)), diary.endings);
    }

    @Test
    void otherDataIsRefused() {
        TextData data = text();
        Trainer first = trainer(model(data), TrainerSettings.steps(1, RATE));
        first.train(data);
        Trainer second = trainer(model(data), TrainerSettings.steps(2, RATE));
        second.resume(first.checkpoint());
        Corpus.Parts parts = new Corpus("cat.txt", "the dog sat on the mat, and ".repeat(20)).split(0.8, 0.2);
        TextData other = new TextData(parts, data.vocabulary(), 4, 8);
        assertEquals(
                "this run was begun on other data (fingerprint " + data.fingerprint() + ", now " + other.fingerprint()
                        + "): resume on the same data, allow the change by name (--allow-changed data), or begin a new run",
                assertThrows(IllegalArgumentException.class, () -> second.train(other))
                        .getMessage());
    }

    @Test
    void aCheckpointThatDoesNotFitChangesNothing() {
        TextData data = text();
        Trainer first = trainer(model(data), TrainerSettings.steps(2, RATE));
        first.train(data);
        Checkpoint good = first.checkpoint();
        Map<String, Tensor> fewer = new LinkedHashMap<>(good.parameters());
        fewer.remove("output.bias");
        Map<String, Tensor> narrow = new LinkedHashMap<>(good.parameters());
        narrow.put("output.bias", Tensors.of(Shape.of(1), new float[] {0}));
        float[] nan = good.parameters().get("output.bias").toFloats();
        nan[1] = Float.NaN;
        Map<String, Tensor> ill = new LinkedHashMap<>(good.parameters());
        ill.put("output.bias", Tensors.of(Shape.of(nan.length), nan));
        Map<String, Object> noBoolean = new LinkedHashMap<>(good.progress());
        noBoolean.put("toValidate", "true");
        Map<String, Object> noLatest = new LinkedHashMap<>(good.progress());
        noLatest.put("averaged", 1L);
        Map<String, Object> noStep = new LinkedHashMap<>(good.progress());
        noStep.remove("step");
        List<Checkpoint> bad = List.of(
                new Checkpoint(good.spec(), good.seed(), fewer, good.optimizer(), good.carry(), good.progress()),
                new Checkpoint(good.spec(), good.seed(), good.parameters(), Map.of(), good.carry(), good.progress()),
                new Checkpoint(good.spec(), good.seed(), good.parameters(), good.optimizer(), good.carry(), noStep),
                new Checkpoint(good.spec(), good.seed(), good.parameters(), good.optimizer(), good.carry(), noLatest),
                new Checkpoint(good.spec(), good.seed(), narrow, good.optimizer(), good.carry(), good.progress()),
                new Checkpoint(good.spec(), good.seed(), ill, good.optimizer(), good.carry(), good.progress()),
                new Checkpoint(good.spec(), good.seed(), good.parameters(), good.optimizer(), good.carry(), noBoolean),
                new Checkpoint(good.spec(), 6, good.parameters(), good.optimizer(), good.carry(), good.progress()));
        for (Checkpoint checkpoint : bad) {
            Model model = model(data);
            Map<String, float[]> before = numbers(model);
            Trainer trainer = trainer(model, TrainerSettings.steps(2, RATE));
            assertThrows(IllegalArgumentException.class, () -> trainer.resume(checkpoint));
            assertEqualBits(before, numbers(model));
            assertEquals(0, trainer.step());
            assertTrue(model.parameters().stream().mapToLong(Parameter::version).allMatch(v -> v == 0));
            Map<String, Tensor> memory = trainer.checkpoint().optimizer();
            assertEquals(0f, memory.get("output.bias/m").toFloats()[0]);
        }
    }

    @Test
    void whatIsWrongInACheckpointIsNamed() {
        TextData data = text();
        Trainer first = trainer(model(data), TrainerSettings.steps(2, RATE));
        first.train(data);
        Checkpoint good = first.checkpoint();
        assertFalse(good.carry().isEmpty());
        List<Object> names = new ArrayList<>(good.carry().keySet());
        Map<String, Tensor> lost = new LinkedHashMap<>(good.carry());
        lost.remove(names.get(0));
        assertEquals(
                "the checkpoint has the carried states " + lost.keySet() + ", but was saved with " + names
                        + ": the file was changed afterwards",
                refused(
                        data,
                        new Checkpoint(
                                good.spec(), good.seed(), good.parameters(), good.optimizer(), lost, good.progress())));
        String whole = ", expected a whole number from 0 to " + Long.MAX_VALUE;
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("step NaN", Double.NaN);
        wrong.put("step 1308.5", 1308.5);
        wrong.put("optimizerSteps -1", -1L);
        wrong.forEach((keyAndValue, value) -> {
            String[] words = keyAndValue.split(" ", 2);
            assertEquals(
                    "progress: " + words[0] + " is " + words[1] + whole, refused(data, with(good, words[0], value)));
        });
        assertEquals(
                "progress: validationLosses[0] is low, expected a number",
                refused(data, with(good, "validationLosses", List.of("low"))));
        assertEquals("progress: best is low, expected a number", refused(data, with(good, "best", "low")));
        assertEquals(
                "progress: listeners is [], expected a section of keys",
                refused(data, with(good, "listeners", List.of())));
        assertEquals(
                "progress: settings is [], expected a section of keys",
                refused(data, with(good, "settings", List.of())));
        assertEquals("progress: carry is 1, expected a list", refused(data, with(good, "carry", 1L)));
        assertEquals(
                "the checkpoint has the carried states " + good.carry().keySet()
                        + ", but was saved with [null]: the file was changed afterwards",
                refused(data, with(good, "carry", Collections.singletonList(null))));
        for (String key : List.of("step", "optimizerSteps")) {
            assertEquals(
                    "progress: " + key + " is 9223372036854775807, expected a number of steps of at most "
                            + Long.MAX_VALUE / 2,
                    refused(data, with(good, key, Long.MAX_VALUE)));
        }
    }

    @Test
    void aCheckpointBehindTheEndIsSaidToBeThere() {
        TextData data = text();
        Trainer first = trainer(model(data), TrainerSettings.steps(5, RATE));
        first.train(data);
        Trainer trainer = trainer(model(data), TrainerSettings.steps(2, RATE));
        trainer.resume(first.checkpoint());
        List<Listener.Ending> endings = new ArrayList<>();
        trainer.listen(new Listener() {
            @Override
            public void ended(Ending ending) {
                endings.add(ending);
            }
        });
        trainer.train(data);
        String reason = "nothing was left to do: the run is at step 5 already, and 2 steps were asked for";
        assertEquals(List.of(new Listener.Ending(5, reason, true, false)), endings);
    }

    private static Checkpoint with(Checkpoint good, String key, Object value) {
        Map<String, Object> progress = new LinkedHashMap<>(good.progress());
        progress.put(key, value);
        return new Checkpoint(good.spec(), good.seed(), good.parameters(), good.optimizer(), good.carry(), progress);
    }

    /** The message; nothing is changed. */
    private static String refused(TextData data, Checkpoint checkpoint) {
        Model model = model(data);
        Map<String, float[]> before = numbers(model);
        Trainer trainer = trainer(model, TrainerSettings.steps(2, RATE));
        String message = assertThrows(IllegalArgumentException.class, () -> trainer.resume(checkpoint))
                .getMessage();
        assertEqualBits(before, numbers(model));
        assertEquals(0, trainer.step());
        return message;
    }

    /** A checkpoint from before settings were saved: nothing can be compared, and the log says so. */
    @Test
    void anOldCheckpointIsResumed() {
        TextData data = text();
        Trainer first = trainer(model(data), TrainerSettings.steps(2, RATE));
        first.train(data);
        Checkpoint checkpoint = first.checkpoint();
        Map<String, Object> progress = new LinkedHashMap<>(checkpoint.progress());
        progress.remove("settings");
        progress.remove("carry");
        Checkpoint old = new Checkpoint(
                checkpoint.spec(),
                checkpoint.seed(),
                checkpoint.parameters(),
                checkpoint.optimizer(),
                checkpoint.carry(),
                progress);
        Trainer other = trainer(model(data), TrainerSettings.steps(3, new ConstantRate(0.5)));
        other.resume(old);
        assertEquals(2, other.step());
    }

    /** Wired by hand: of lambdas nothing is known, of records all. */
    @Test
    void settingsAreThoseOfTheObjects() {
        TextData data = text();
        Model model = model(data);
        Trainer trainer = new Trainer(
                model,
                new Optimizer(new Adam(), model, 0.5, List.of(Group.frozen("embed.*"))),
                LOSS,
                TrainerSettings.steps(2, (step, validations) -> 0.1)
                        .clippedAt(2)
                        .judgedBy(ComparisonMetric.ACCURACY, LikelihoodMetric.NATS));
        trainer.listen(new Listener() {
            @Override
            public Map<String, Object> settings() {
                return Map.of("limits", List.of(1, 2.5f), "kind", Optional.class.getSimpleName());
            }

            @Override
            public String name() {
                return "limiter";
            }
        });
        Map<String, Object> expected = new TreeMap<>(Map.of(
                "loss.type", "SoftmaxCrossEntropy",
                "optimizer.type", "Adam",
                "optimizer.beta1", 0.9,
                "optimizer.beta2", 0.999,
                "optimizer.epsilon", 1e-8,
                "optimizer.weightDecay", 0.5,
                "optimizer.groups[embed.*].rateFactor", 1.0,
                "optimizer.groups[embed.*].frozen", true,
                "training.clip", 2.0,
                "training.metrics[0]", "accuracy"));
        expected.putAll(Map.of(
                "loss.labelSmoothing",
                0.0,
                "listeners.limiter.limits[0]",
                1L,
                "listeners.limiter.limits[1]",
                2.5,
                "listeners.limiter.kind",
                "Optional"));
        Map<?, ?> found = (Map<?, ?>) trainer.checkpoint().progress().get("settings");
        assertEquals(expected, found);
    }

    @Test
    void listenersAreToldBeforeTheStateIsSaved() {
        TextData data = text();
        Trainer trainer = trainer(model(data), TrainerSettings.steps(2, RATE));
        List<Long> told = new ArrayList<>();
        trainer.listen(new Listener() {
            @Override
            public void saving() {
                told.add(trainer.step());
            }

            @Override
            public void completed(long step) {
                assertEquals(step, trainer.checkpoint().progress().get("step"));
            }

            @Override
            public String name() {
                return "saver";
            }
        });
        trainer.train(data);
        assertEquals(List.of(1L, 2L), told);
    }

    @Test
    void misuse() {
        TextData data = text();
        Model model = model(data);
        assertEquals(
                "this is a model for inference; train the one that it was made from",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> trainer(model.inference(), TrainerSettings.steps(1, RATE)))
                        .getMessage());
        Model other = model(data);
        assertEquals(
                "the optimizer moves the parameters of another model; make it of the model that is trained",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Trainer(
                                        model, new Optimizer(new Adam(), other), LOSS, TrainerSettings.steps(1, RATE)))
                        .getMessage());
        Trainer trainer = trainer(model, TrainerSettings.steps(1, RATE));
        watch(trainer);
        assertEquals(
                "two listeners are named Diary",
                assertThrows(IllegalArgumentException.class, () -> watch(trainer))
                        .getMessage());
        assertEquals(
                "expected either steps or epochs, got neither",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new TrainerSettings(RATE, null, null, null, null, null, null))
                        .getMessage());
        assertEquals(
                "clip is 0.0, expected a number of at least 1.0E-37",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TrainerSettings.steps(1, RATE).clippedAt(0))
                        .getMessage());
        assertEquals(
                "clip is 1.0E-300, expected a number of at least 1.0E-37",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TrainerSettings.steps(1, RATE).clippedAt(1e-300))
                        .getMessage());
    }
}
