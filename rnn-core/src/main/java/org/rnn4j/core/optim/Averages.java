package org.rnn4j.core.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;

/**
 * The means of a model's parameters over the steps since averaging began, with any update rule; with {@link Sgd} this is averaged SGD. Training
 * continues from the latest parameters, while the less noisy means are validated, saved and served.
 *
 * <pre>
 * mean_k = 1/(k-T+1) * sum over i = T … k of  w_i
 *        = mean_{k-1} + (w_k - mean_{k-1}) / (k-T+1),   w_i the parameters after i steps, T the step after which averaging began
 *
 * v_t    = validation loss number t, from 0; averaging begins after the first with
 *          t &gt; n  and  v_t &gt; min(v_0 … v_{t-n-1}),      worse than the best of those more than n before it
 * </pre>
 *
 * <pre>{@code
 * Averages averages = new Averages(model);
 * optimizer.step(gradients, rate);
 * averages.add();
 * Model served = averages.model();
 * }</pre>
 *
 * <p>Cost: an array as large as the parameters, and one pass over both a step.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the trigger: Merity, Keskar and Socher,
 * "Regularizing and optimizing LSTM language models", 2017, algorithm 1.
 */
public final class Averages {
    private final Model model;
    private final Map<Parameter, float[]> means = new LinkedHashMap<>();
    private long count;

    /** Begins with the current parameters. */
    public Averages(Model model) {
        this.model = model;
        this.count = 1;
        model.parameters().forEach(parameter -> means.put(parameter, parameter.values()));
    }

    /**
     * Continues from the results of {@link #model} and {@link #count}.
     *
     * @param model the model with the latest parameters
     * @param values the means by parameter, all of them
     * @param count the number of steps that they are means over
     */
    public Averages(Model model, Map<String, Tensor> values, long count) {
        this.model = model;
        this.count = Settings.atLeastOne("count", count);
        for (Parameter parameter : model.parameters()) {
            Tensor mean = values.get(parameter.name());
            if (mean == null || !mean.shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("the mean of " + parameter.name() + " is "
                        + (mean == null ? "missing" : mean.shape().toString()) + ", expected " + parameter.shape());
            }
            means.put(parameter, mean.toFloats());
        }
    }

    /**
     * Whether it is time to begin, which is decided once. A validation that is worse than the one before it is not enough: that may be noise.
     *
     * @param validations the losses so far, oldest first
     * @param patience n, 1 or more
     */
    public static boolean areDue(List<Double> validations, long patience) {
        int last = validations.size() - 1;
        return last > patience
                && validations.subList(0, last - (int) patience).stream()
                        .anyMatch(earlier -> earlier < validations.get(last));
    }

    /** Adds the current parameters, after a step. */
    public void add() {
        count++;
        float steps = count;
        means.forEach((parameter, mean) -> parameter.read(w -> UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                mean[i] += (w[i] - mean[i]) / steps;
            }
        })));
    }

    /** The number of steps that the means are over. */
    public long count() {
        return count;
    }

    /** A copy of the model whose parameters are the means. */
    public Model model() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        means.forEach((parameter, mean) -> values.put(parameter.name(), Tensors.of(parameter.shape(), mean)));
        return Model.restore(model.spec(), model.seed(), values);
    }
}
