package org.rnn4j.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.core.Window;
import org.rnn4j.training.metric.Judged;
import org.rnn4j.training.metric.Mean;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Tally;

/**
 * Evaluates a model on one epoch of batches, in order, with the state carried from each batch to the next.
 *
 * @param loss the loss
 * @param metrics what else to report
 */
public record Evaluator(Loss loss, List<Metric> metrics) {
    /** Copies the list. */
    public Evaluator {
        metrics = List.copyOf(metrics);
    }

    /** The scores. Dropout is off, and the parameters are only read. */
    public Scores score(Model model, Batches batches) {
        Mean meanLoss = new Mean();
        List<Tally> tallies = metrics.stream().map(Metric::begin).toList();
        judge(model, batches, (window, judged) -> {
            meanLoss.add(judged.loss().mean(), judged.loss().positions());
            tallies.forEach(tally -> tally.add(judged));
        });
        Map<String, Double> values = new LinkedHashMap<>();
        for (int m = 0; m < tallies.size(); m++) {
            values.put(metrics.get(m).label(), tallies.get(m).value());
        }
        return new Scores(meanLoss.value(), values);
    }

    /**
     * The most likely class of each row or of each of its steps, or the loss's transcript of a row, together with the target and the first input of
     * the model. Every row of a window is a separate row, even if its sequence continues in the next window.
     *
     * <p>For an encoder and a decoder these are predictions of each next id from the correct ids before it (teacher forcing), not the sequences that
     * the decoder generates; for those see {@link org.rnn4j.training.text.PairsData#answers}.
     *
     * <p>Cost: a forward pass over all batches, and all ids in memory.
     *
     * @throws IllegalArgumentException if targets are numbers
     */
    public Predictions predictions(Model model, Batches batches) {
        String first = model.spec().inputs().get(0);
        List<Predictions.Row> rows = new ArrayList<>();
        judge(
                model,
                batches,
                (window, judged) ->
                        rows.addAll(Predictions.of(window.inputs().get(first), window.spans(first), judged)));
        return new Predictions(rows);
    }

    /**
     * Hands on what the model gives, window by window in order: for numbers that no {@link Metric} is, such as those of several models together.
     *
     * @param model its parameters are only read, without dropout
     */
    public void forEach(Model model, Batches batches, Consumer<Judged> visitor) {
        judge(model, batches, (window, judged) -> visitor.accept(judged));
    }

    /** What is done with a window and what the model gave. */
    @FunctionalInterface
    private interface Judge {
        void see(Window window, Judged judged);
    }

    private void judge(Model model, Batches batches, Judge judge) {
        Model inference = model.inference();
        Carry carry = Carry.none();
        for (long i = 0; i < batches.perEpoch(); i++) {
            Batch batch = batches.batch(i);
            Window window = batch.window(carry, 0);
            Forward forward = inference.forward(window);
            carry = forward.carry();
            Tensor value = loss.of(forward.output(), batch.target(), batch.spans());
            long positions = loss.positions(batch.target(), batch.spans());
            judge.see(
                    window,
                    new Judged(
                            forward.output(),
                            batch.target(),
                            batch.spans(),
                            new Judged.Loss(
                                    value.item(), positions, loss.transcripts(forward.output(), batch.spans()))));
        }
    }
}
