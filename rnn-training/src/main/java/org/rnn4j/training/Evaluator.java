package org.rnn4j.training;

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
import org.rnn4j.training.metric.Tally;

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
        List<Tally> tallies = metrics.stream().map(Metric::begin).toList();
        Carry carry = Carry.none();
        for (long i = 0; i < batches.perEpoch(); i++) {
            Batch batch = batches.batch(i);
            Forward forward = inference.forward(batch.window(carry, 0));
            carry = forward.carry();
            Tensor value = loss.of(forward.output(), batch.target(), batch.spans());
            long positions = loss.positions(batch.target(), batch.spans());
            meanLoss.add(value.item(), positions);
            Judged judged = new Judged(
                    forward.output(),
                    batch.target(),
                    batch.spans(),
                    new Judged.Loss(value.item(), positions, loss.transcripts(forward.output(), batch.spans())));
            tallies.forEach(tally -> tally.add(judged));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int m = 0; m < tallies.size(); m++) {
            values.put(metrics.get(m).label(), tallies.get(m).value());
        }
        return new Scores(meanLoss.value(), values);
    }
}
