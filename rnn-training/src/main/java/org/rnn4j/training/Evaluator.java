package org.rnn4j.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.training.metric.Judged;
import org.rnn4j.training.metric.Mean;
import org.rnn4j.training.metric.Metric;

/**
 * Judges a model on one epoch of batches, in order, with the state carried from each batch to the next.
 *
 * @param loss the loss
 * @param metrics what else to report
 */
public record Evaluator(Loss loss, List<Metric> metrics) {
    /** Copies the list. */
    public Evaluator {
        metrics = List.copyOf(metrics);
    }

    /** The scores; the model's parameters are only read, without dropout. */
    public Scores score(Model model, Batches batches) {
        Model inference = model.inference();
        Mean meanLoss = new Mean();
        List<Mean> means = new ArrayList<>();
        metrics.forEach(metric -> means.add(new Mean()));
        Carry carry = Carry.none();
        for (long i = 0; i < batches.perEpoch(); i++) {
            Batch batch = batches.batch(i);
            Forward forward = inference.forward(batch.window(carry, 0));
            carry = forward.carry();
            Tensor value = loss.of(forward.output(), batch.target(), batch.lengths());
            long positions = loss.positions(batch.target(), batch.lengths());
            Judged judged = new Judged(forward.output(), batch.target(), batch.lengths(), value.item(), positions);
            meanLoss.add(judged.loss(), positions);
            for (int m = 0; m < means.size(); m++) {
                metrics.get(m).add(means.get(m), judged);
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int m = 0; m < means.size(); m++) {
            values.put(metrics.get(m).label(), metrics.get(m).of(means.get(m)));
        }
        return new Scores(meanLoss.value(), values);
    }
}
