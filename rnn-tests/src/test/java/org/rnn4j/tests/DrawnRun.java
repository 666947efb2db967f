package org.rnn4j.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.AdaGrad;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.AdamW;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Nesterov;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.RmsProp;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;

/**
 * Some steps of training of a random model on random data. However it is run, the bits at the end are one hash.
 *
 * @param drawn the model
 * @param loss what it is trained by
 * @param rule how it is moved
 * @param data what it is given
 */
record DrawnRun(DrawnSpec.Drawn drawn, Loss loss, UpdateRule rule, DataSet data) {
    static final TypeRegistry LAYERS = TypeRegistry.load();

    /** For {@link #of(long)}: more than any model asks for. */
    private static final int CHOICES = 80;

    private static final int STEPS = 6;
    private static final int HALF = 3;
    private static final long SEED = 5;

    /** The run with a number. */
    static DrawnRun of(long number) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            numbers.add(Draws.of(12).at(number).below(i, 1 << 20));
        }
        return of(numbers);
    }

    static DrawnRun of(List<Integer> numbers) {
        Choices choices = new Choices(numbers);
        DrawnSpec.Drawn drawn = DrawnSpec.of(choices);
        Loss loss = choices.of(
                new SoftmaxCrossEntropy(), new SoftmaxCrossEntropy(0.1), new SquaredError(), new Huber(0.25));
        UpdateRule rule = choices.of(
                new Sgd(),
                new Momentum(null),
                new Nesterov(null),
                new AdaGrad(null),
                new RmsProp(null, null),
                new Adam(),
                new AdamW());
        Drawn data = new Drawn(
                drawn,
                loss instanceof SoftmaxCrossEntropy,
                drawn.wide() ? 16 : choices.between(1, 7),
                drawn.wide() ? 8 : choices.between(1, 6),
                choices.yes(),
                choices.yes());
        return new DrawnRun(drawn, loss, rule, data);
    }

    /** Trained without anything in between. */
    String straight() {
        Trainer trainer = trainer();
        trainer.train(data);
        return hash(trainer.checkpoint());
    }

    /** Trained in two halves by trainers and models that know nothing of each other but a file. */
    String resumed(Path directory) throws IOException {
        Trainer first = trainer();
        first.listen(new Listener() {
            @Override
            public void completed(long step) {
                if (step == HALF) {
                    first.stop("half of it");
                }
            }
        });
        first.train(data);
        Path file = directory.resolve("half.safetensors");
        CheckpointFile.save(first.checkpoint(), file, LAYERS);
        Trainer second = trainer();
        second.resume(CheckpointFile.load(file, LAYERS));
        second.train(data);
        return hash(second.checkpoint());
    }

    /** Trained while copies are made of the model and used, and the model itself. */
    String copied() {
        Trainer trainer = trainer();
        trainer.listen(new Listener() {
            @Override
            public void completed(long step) {
                Batch batch = data.validation().batch(step);
                Window window = new Window(batch.inputs(), batch.spans(), batch.inputSpans(), Carry.none(), step);
                trainer.model().copy().forward(window);
                trainer.model().inference().forward(window);
            }
        });
        trainer.train(data);
        return hash(trainer.checkpoint());
    }

    private Trainer trainer() {
        Model model = Model.create(drawn.spec(), SEED);
        TrainerSettings settings = TrainerSettings.steps(STEPS, new ConstantRate(0.01))
                .clippedAt(1)
                .validatedEvery(HALF);
        return new Trainer(model, new Optimizer(rule, model), loss, settings);
    }

    private static String hash(Checkpoint end) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map<String, Tensor> part : List.of(end.parameters(), end.optimizer(), end.carry())) {
                part.forEach((name, tensor) -> {
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    float[] values = tensor.toFloats();
                    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
                    bytes.asFloatBuffer().put(values);
                    digest.update(bytes);
                });
            }
            digest.update(end.progress().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Batches that are drawn from their numbers. */
    private record Drawn(DrawnSpec.Drawn model, boolean tellsIds, int rows, int steps, boolean ragged, boolean resets)
            implements DataSet {
        private static final int SOURCE_STEPS = 4;

        private record Windows(Drawn data, long perEpoch, String place) implements Batches {
            @Override
            public Batch batch(long number) {
                return data.batch(Draws.of(3).at(place).at(number));
            }
        }

        private Batch batch(Draws draws) {
            Map<String, Value> inputs = new LinkedHashMap<>();
            inputs.put(
                    "x",
                    model.x() == 0 ? ids(draws.at("x"), rows, steps) : numbers(draws.at("x"), rows, steps, model.x()));
            if (model.encoded()) {
                inputs.put("source", ids(draws.at("source"), rows, SOURCE_STEPS));
            }
            int[] shape = model.pooled() ? new int[] {rows} : new int[] {rows, steps};
            Value target = tellsIds
                    ? ids(draws.at("target"), shape)
                    : model.pooled()
                            ? numbers(draws.at("target"), rows, DrawnSpec.VOCABULARY)
                            : numbers(draws.at("target"), rows, steps, DrawnSpec.VOCABULARY);
            Batch batch = Batch.of(inputs, target);
            Spans spans = ragged ? lengths(draws.at("lengths"), steps) : Spans.full();
            boolean[][] begins = new boolean[0][];
            if (resets && !model.encoded()) {
                begins = new boolean[rows][steps];
                for (int n = 0; n < rows; n++) {
                    for (int t = 0; t < steps; t++) {
                        begins[n][t] = draws.at("resets").below((long) n * steps + t, 4) == 0;
                    }
                }
            }
            if (ragged && model.encoded()) {
                batch = batch.with("source", lengths(draws.at("source lengths"), SOURCE_STEPS));
            }
            // Pooled, the targets have no time, and so no ends: those are the input's own.
            return model.pooled()
                    ? batch.with(Spans.full().beginning(begins)).with("x", spans.beginning(begins))
                    : batch.with(spans.beginning(begins));
        }

        private static Ids ids(Draws draws, int... dims) {
            Shape shape = Shape.of(dims);
            int[] ids = new int[shape.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = draws.below(i, DrawnSpec.VOCABULARY);
            }
            return Ids.of(shape, ids);
        }

        private static Tensor numbers(Draws draws, int... dims) {
            Shape shape = Shape.of(dims);
            float[] values = new float[shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) draws.normal(i);
            }
            return Tensors.of(shape, values);
        }

        private Spans lengths(Draws draws, int most) {
            int[] lengths = new int[rows];
            for (int n = 0; n < rows; n++) {
                lengths[n] = 1 + draws.below(n, most);
            }
            return Spans.of(lengths);
        }

        @Override
        public Batches training() {
            return new Windows(this, 4, "training");
        }

        @Override
        public Batches validation() {
            return new Windows(this, 1, "validation");
        }

        @Override
        public String fingerprint() {
            return "drawn";
        }
    }
}
