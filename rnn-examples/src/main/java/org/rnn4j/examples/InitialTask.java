package org.rnn4j.examples;

import com.github.signaflo.timeseries.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.layers.pooling.Last;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Unit;
import org.rnn4j.training.text.Vocabulary;

/**
 * A small training by which initial values are compared; {@link PyTorch} has the same models.
 *
 * @param name what the table calls it, and the model's name in Python
 * @param unit what its result is
 * @param data what to learn from and to judge by
 * @param spec all layers with their default initial values
 * @param loss the mean over the validation part is the result
 * @param settings how long and how fast
 * @param scale what the loss is multiplied by to give the result
 */
record InitialTask(
        String name, String unit, DataSet data, ModelSpec spec, Loss loss, TrainerSettings settings, double scale) {
    static final List<String> NAMES = List.of("adding", "traffic", "dates", "dickens");

    private static final double BITS = 1 / StrictMath.log(2);

    /** The task of a name, its data in the order of a seed. */
    static InitialTask of(String name, long seed) {
        return switch (name) {
            case "adding" -> adding(seed);
            case "traffic" -> traffic(seed);
            case "dates" -> dates(seed);
            case "dickens" -> dickens();
            default -> throw new IllegalArgumentException("no task " + name + ", expected some of " + NAMES);
        };
    }

    /** The result of a model that begins as it is, and is trained. */
    double result(Model model) {
        Trainer trainer = new Trainer(model, new Optimizer(new Adam(), model), loss, settings);
        return scale * trainer.train(data).orElseThrow().loss();
    }

    private static TrainerSettings settings(long steps, double rate, double clip) {
        Schedule schedule = new CosineWithWarmUp(rate, steps, steps / 20, 0.0);
        return TrainerSettings.steps(steps, schedule).clippedAt(clip).validatedEvery(steps);
    }

    /** The sum of the two of 30 numbers that are marked (Hochreiter and Schmidhuber, 1997, experiment 4; in the form of Le et al., 2015). */
    private static InitialTask adding(long seed) {
        ModelSpec spec = ModelSpec.chain()
                .then("cell", new TimeLSTM(2, 32))
                .then("last", new Last())
                .then("output", new Affine(32, 1))
                .build();
        return new InitialTask(
                "adding",
                "squared error × 1000",
                new Sums(seed),
                spec,
                new SquaredError(),
                settings(600, 0.01, 1),
                1000);
    }

    /** The forecast example's series: by how much the seasonal naive forecast is wrong, one network, without dropout. */
    private static InitialTask traffic(long seed) {
        Series series = Forecast.series().get(0);
        int learnt = (int) Math.round(0.8 * TestData.internetTraffic.asArray().length);
        ForecastData data = new ForecastData(
                series,
                new Span(0, learnt),
                new Span(learnt, series.values().length),
                new ForecastData.View(ForecastData.Scale.LOG, new SeasonalNaive(series.period())),
                seed);
        ModelSpec spec = ModelSpec.chain()
                .then("cell", new TimeGRU(data.width(), 32))
                .then("output", new Affine(32, Forecasts.QUANTILES.size() * series.horizon()))
                .build();
        return new InitialTask(
                "traffic",
                "quantile loss × 1000",
                data,
                spec,
                new Quantile(Forecasts.QUANTILES),
                settings(300, 0.003, 1),
                1000);
    }

    /** The dates example with half of its units. */
    private static InitialTask dates(long seed) {
        Pairs pairs = Dates.pairs(20_000, 1_000, seed);
        return new InitialTask(
                "dates",
                "nats a character",
                pairs,
                Dates.spec(pairs.characters(), 64),
                new SoftmaxCrossEntropy(),
                settings(250, 0.005, 5),
                1);
    }

    /** The quickstart with half of its units. */
    private static InitialTask dickens() {
        Corpus.Parts parts;
        try {
            parts = new Origin("dickens.txt", null).read().split(0.9, 0.05);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TextData data = new TextData(parts, Vocabulary.of(Unit.CHARACTER.tokenizer(), parts.train()), 16, 50);
        int characters = data.vocabulary().size();
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(characters, 64))
                .then("cell", new TimeLSTM(64, 128, null, null, true))
                .then("output", new Affine(128, characters))
                .build();
        return new InitialTask(
                "dickens", "bits a character", data, spec, new SoftmaxCrossEntropy(), settings(500, 0.005, 5), BITS);
    }

    /** The adding problem: every batch is of new numbers. */
    private record Sums(long seed) implements DataSet {
        private static final int ROWS = 50;
        private static final int STEPS = 30;

        private static Batches of(Draws draws, int rows, long perEpoch) {
            return new Batches() {
                @Override
                public long perEpoch() {
                    return perEpoch;
                }

                @Override
                public Batch batch(long number) {
                    return Sums.batch(draws.at(number), rows);
                }
            };
        }

        private static Batch batch(Draws draws, int rows) {
            float[] x = new float[rows * STEPS * 2];
            float[] sums = new float[rows];
            boolean[] resets = new boolean[rows];
            for (int n = 0; n < rows; n++) {
                Draws ofRow = draws.at(n);
                resets[n] = true;
                for (int t = 0; t < STEPS; t++) {
                    x[(n * STEPS + t) * 2] = (float) ofRow.uniform(t);
                }
                for (int half = 0; half < 2; half++) {
                    int marked = n * STEPS + half * STEPS / 2 + ofRow.below(STEPS + half, STEPS / 2);
                    x[marked * 2 + 1] = 1;
                    sums[n] += x[marked * 2];
                }
            }
            return Batch.of(Tensors.of(Shape.of(rows, STEPS, 2), x), Tensors.of(Shape.of(rows, 1), sums))
                    .with(Spans.full().beginningAtStart(resets));
        }

        @Override
        public Batches training() {
            return of(Draws.of(seed).at("training"), ROWS, 1000);
        }

        @Override
        public Batches validation() {
            return of(Draws.of(seed).at("validation"), 1000, 1);
        }

        @Override
        public String fingerprint() {
            return new Fingerprint().add("adding").add(new long[] {seed}).digits();
        }
    }
}
