package org.rnn4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Value;
import org.rnn4j.training.metric.Judged;
import org.rnn4j.training.metric.SequenceMetric;

/**
 * Predictions for sequences with their targets: classes from {@link Evaluator#predictions}, or answers that a decoder has generated, from
 * {@link org.rnn4j.training.text.PairsData#answers}.
 *
 * <pre>{@code
 * Predictions answers = pairs.answers(model, pairs.validation(), 30);
 * double right = answers.score(SequenceMetric.EXACT_MATCH);
 * for (Predictions.Row row : answers.rows()) {
 *     System.out.println(pairs.sides().questions().decode(row.read()) + " = " + pairs.sides().answers().decode(row.said()));
 * }
 * }</pre>
 *
 * @param rows in the order of the batches and of their rows; copied
 */
public record Predictions(List<Row> rows) {
    /** Copies the list. */
    public Predictions {
        rows = List.copyOf(rows);
    }

    /**
     * One sequence.
     *
     * @param read the ids that were read, without padding; none if the model reads numbers
     * @param said the ids that the model predicts
     * @param wanted the target ids; for classes, those of the labelled positions of a row
     */
    public record Row(int[] read, int[] said, int[] wanted) {}

    /**
     * The score of a metric over the sequences, one per row.
     *
     * @throws IllegalStateException if there are none
     */
    public double score(SequenceMetric metric) {
        SequenceMetric.Pairs pairs = metric.begin();
        rows.forEach(row -> pairs.add(row.said, row.wanted));
        return pairs.value();
    }

    /** The rows of a window that have a target. */
    static List<Row> of(Value read, Spans ofRead, Judged judged) {
        if (!(judged.target() instanceof Ids target)) {
            throw new IllegalArgumentException(
                    "predictions: the target is numbers " + judged.target().shape() + ", expected ids");
        }
        int rows = target.shape().dim(0);
        List<IntStream.Builder> said = builders(rows);
        List<IntStream.Builder> wanted = builders(rows);
        if (judged.loss().transcripts().isPresent()) {
            List<int[]> transcripts = judged.loss().transcripts().get();
            for (int n = 0; n < rows; n++) {
                IntStream.of(transcripts.get(n)).forEach(said.get(n));
                for (int l = 0; l < target.shape().dim(1); l++) {
                    if (target.at(n, l) >= 0) {
                        wanted.get(n).add(target.at(n, l));
                    }
                }
            }
        } else {
            double[] predictions = judged.predictions();
            int perRow = predictions.length / rows;
            judged.forEach(i -> {
                said.get(i / perRow).add((int) predictions[i]);
                wanted.get(i / perRow).add(target.at(i));
            });
        }
        List<Row> result = new ArrayList<>();
        for (int n = 0; n < rows; n++) {
            int[] labels = wanted.get(n).build().toArray();
            if (labels.length > 0) {
                result.add(new Row(row(read, n, ofRead), said.get(n).build().toArray(), labels));
            }
        }
        return result;
    }

    private static List<IntStream.Builder> builders(int rows) {
        return IntStream.range(0, rows).mapToObj(n -> IntStream.builder()).toList();
    }

    private static int[] row(Value read, int n, Spans lengths) {
        if (!(read instanceof Ids ids) || ids.shape().rank() != 2) {
            return new int[0];
        }
        int steps = ids.shape().dim(1);
        return IntStream.range(0, Math.min(steps, lengths.validSteps(n, steps)))
                .map(t -> ids.at(n, t))
                .toArray();
    }
}
