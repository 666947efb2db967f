package org.rnn4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.training.data.ContiguousBatches;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeriesData;
import org.rnn4j.training.data.SlidingWindows;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.data.Split;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.SequenceMetric;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.LabelledData;
import org.rnn4j.training.text.NGram;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Vocabulary;

/** A model that does what a baseline does must get the baseline's number, or the two cannot be compared. */
class EvaluatorTest {

    @Test
    void aModelThatRepeatsTheLastValue() {
        double[] values = IntStream.range(0, 90)
                .mapToDouble(i -> 40 + i % 7 + StrictMath.sin(i))
                .toArray();
        SeriesData data = new SeriesData(
                values,
                Split.contiguous(90, 0.7, 0.3),
                new SlidingWindows.Cut(4, 6, 2, 1),
                List.of(new RepeatLast()),
                1);
        Model model =
                Model.create(ModelSpec.chain().then("output", new Affine(1, 2)).build(), 1);
        model.parameter("output.weight").set(1, 1);
        List<Metric> metrics = new ArrayList<>(List.of(ComparisonMetric.MSE, ComparisonMetric.MAE));
        metrics.addAll(data.metrics());
        Scores scores = new Evaluator(new SquaredError(), metrics).score(model, data.validation());
        assertEquals(
                List.of("mean squared error", "mean absolute error", "MASE", "sMAPE"),
                data.baselines().stream().map(Baseline::metric).toList());
        assertEquals(data.baselines().get(3).value(), smapeOfRepeating(values, 63, 90), 1e-6);
        for (Baseline baseline : data.baselines()) {
            assertEquals(baseline.value(), scores.metrics().get(baseline.metric()), 1e-5);
        }
        assertEquals(data.baselines().get(0).value(), scores.loss(), 1e-6);
    }

    /** In the unit of the series, two values ahead. */
    private static double smapeOfRepeating(double[] series, int from, int to) {
        double sum = 0;
        for (int last = from; last < to - 2; last++) {
            for (int ahead = 1; ahead <= 2; ahead++) {
                double wanted = series[last + ahead];
                sum += 200 * Math.abs(series[last] - wanted) / (Math.abs(series[last]) + Math.abs(wanted));
            }
        }
        return sum / (2 * (to - 2 - from));
    }

    @Test
    void aModelThatCountsLetters() {
        Corpus.Parts parts = new Corpus("a.txt", "abracadabra, simsalabim".repeat(20)).split(0.7, 0.3);
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), parts.train());
        TextData data = new TextData(parts, vocabulary, 3, 7);
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(vocabulary.size(), 1))
                        .then("output", new Affine(1, vocabulary.size()))
                        .build(),
                1);
        model.parameter("output.weight").set(new float[vocabulary.size()]);
        NGram unigram = new NGram(vocabulary.encode(parts.train()), 1, vocabulary.size());
        float[] logs = new float[vocabulary.size()];
        for (int id = 0; id < logs.length; id++) {
            logs[id] = (float) StrictMath.log(unigram.probability(id));
        }
        model.parameter("output.bias").set(logs);
        Scores scores =
                new Evaluator(new SoftmaxCrossEntropy(), List.of(data.metric())).score(model, data.validation());
        Baseline baseline = data.baselines().get(0);
        assertEquals(baseline.value(), scores.metrics().get(baseline.metric()), 1e-6);
    }

    /** The state at the end of a window is where the next begins. */
    @Test
    void howATextIsCutIntoWindowsMakesNoDifference() {
        int[] ids = IntStream.range(0, 25).map(i -> i * i % 7 % 3).toArray();
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(3, 4))
                        .then("rnn", TimeRNN.stateful(4, 4))
                        .then("output", new Affine(4, 3))
                        .build(),
                1);
        Evaluator evaluator = new Evaluator(new SoftmaxCrossEntropy(), List.of());
        double whole = evaluator.score(model, new ContiguousBatches(ids, 2, 12)).loss();
        assertEquals(
                whole, evaluator.score(model, new ContiguousBatches(ids, 2, 3)).loss(), 1e-6);
    }

    @Test
    void aModelThatAlwaysSaysOneClass() {
        LabelledData.Part train = new LabelledData.Part(new int[][] {{1}, {1}, {0}}, new int[] {1, 1, 0});
        LabelledData.Part held =
                new LabelledData.Part(new int[][] {{1, 0, 1}, {0}, {1, 1}, {0, 0}}, new int[] {1, 0, 1, 1});
        Vocabulary vocabulary = new Vocabulary(new CharTokenizer(), List.of("a", "b"));
        LabelledData data =
                new LabelledData(train, held, new LabelledData.Names(vocabulary, List.of("no", "yes")), 3, 1);
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(2, 1))
                        .then("output", new Affine(1, 2))
                        .build(),
                1);
        Model pooling = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(2, 1))
                        .then("last", new LastValid())
                        .then("output", new Affine(1, 2))
                        .build(),
                1);
        for (Model one : List.of(model, pooling)) {
            one.parameter("output.weight").set(0, 0);
            one.parameter("output.bias").set(0, 1);
        }
        Evaluator evaluator = new Evaluator(new SoftmaxCrossEntropy(), List.of(ComparisonMetric.ACCURACY));
        // One class a row, whether it stands at the last step or is the row's.
        for (Predictions predictions : List.of(
                evaluator.predictions(model, data.validation()),
                evaluator.predictions(pooling, data.pooled().validation()))) {
            assertEquals(
                    List.of("[0, 0] [1] [1]", "[0] [1] [0]", "[1, 0, 1] [1] [1]", "[1, 1] [1] [1]"), text(predictions));
            assertEquals(0.75, predictions.score(SequenceMetric.EXACT_MATCH));
        }
        Scores scores = evaluator.score(model, data.validation());
        assertEquals(0.75, data.baselines().get(0).value());
        assertEquals(0.75, scores.metrics().get("accuracy"));
        assertEquals(scores, evaluator.score(pooling, data.pooled().validation()));
        assertNotEquals(data.fingerprint(), data.pooled().fingerprint());
    }

    /** The model says the class of each step; blanks part equal labels. */
    @Test
    void aModelThatReadsWhatItIsGiven() {
        int classes = 4;
        Model model = Model.create(
                ModelSpec.chain().then("embed", new Embedding(classes, classes)).build(), 1);
        float[] scores = new float[classes * classes];
        for (int c = 0; c < classes; c++) {
            scores[c * classes + c] = 9;
        }
        model.parameter("embed.weight").set(scores);
        // Read are 1 1 2; 3, behind which the row ends; 2 1 in a row of its own.
        Batch two = Batch.of(Ids.of(new int[][] {{1, 0, 1, 1, 2, 0}, {0, 3, 3, 3, 0, 1}}), Ids.of(new int[][] {
                    {1, 2, -1}, {3, -1, -1}
                }))
                .with(Spans.of(6, 4));
        Batch one = Batch.of(Ids.of(new int[] {2, 1, 0, 0, 0, 0}), Ids.of(new int[] {1, 2, 3}));
        List<Batch> list = List.of(two, one);
        Batches batches = new Batches() {
            @Override
            public long perEpoch() {
                return list.size();
            }

            @Override
            public Batch batch(long number) {
                return list.get((int) number);
            }
        };
        Evaluator evaluator = new Evaluator(
                new Ctc(),
                List.of(
                        SequenceMetric.EXACT_MATCH,
                        SequenceMetric.EDIT_DISTANCE,
                        SequenceMetric.ERROR_RATE,
                        LikelihoodMetric.NATS));
        Scores found = evaluator.score(model, batches);
        Predictions predictions = evaluator.predictions(model, batches);
        assertEquals(
                List.of(
                        "[0, 3, 3, 3] [3] [3]",
                        "[1, 0, 1, 1, 2, 0] [1, 1, 2] [1, 2]",
                        "[2, 1, 0, 0, 0, 0] [2, 1] [1, 2, 3]"),
                text(predictions));
        assertEquals(found.metrics().get("error rate"), predictions.score(SequenceMetric.ERROR_RATE));
        // One too many; right; a 1 missing in front, and 1 for 3.
        assertEquals(1 / 3.0, found.metrics().get("exact match"));
        assertEquals((1 + 0 + 2) / 3.0, found.metrics().get("edit distance"));
        assertEquals((1 + 0 + 2) / 6.0, found.metrics().get("error rate"));
        assertEquals(found.loss(), found.metrics().get("nats"));
    }

    private static List<String> text(Predictions predictions) {
        return predictions.rows().stream()
                .map(row -> Arrays.toString(row.read()) + " " + Arrays.toString(row.said()) + " "
                        + Arrays.toString(row.wanted()))
                .sorted()
                .toList();
    }

    @Test
    void numbersHaveNoPredictions() {
        Model model =
                Model.create(ModelSpec.chain().then("output", new Affine(1, 1)).build(), 1);
        Batches batches = new SlidingWindows(new double[9], new Span(0, 9), new SlidingWindows.Cut(2, 3, 1, 1), 1);
        Evaluator evaluator = new Evaluator(new SquaredError(), List.of());
        assertEquals(
                "predictions: the target is numbers (2,3,1), expected ids",
                assertThrows(IllegalArgumentException.class, () -> evaluator.predictions(model, batches))
                        .getMessage());
    }
}
