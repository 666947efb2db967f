package org.rnn4j.training.text;

import org.rnn4j.api.Draws;
import org.rnn4j.core.Session;

/**
 * Writes on after a prompt: one token after the other, drawn from the model's distribution and read by the model in turn.
 *
 * <pre>
 * p = softmax(y / temperature), where the unknown token has p = 0
 * </pre>
 *
 * <pre>{@code
 * String text = new Sampler(0.8, 1).sample(model.session(1), vocabulary, "The ", 400);
 * }</pre>
 *
 * <p>The same model, prompt and seed give the same text on every machine: computed in double precision with StrictMath.
 *
 * @param temperature above 0; below 1 it prefers the likely tokens more than the model does, above 1 less
 * @param seed what the draws depend on
 */
public record Sampler(double temperature, long seed) {
    /** Checks the temperature. */
    public Sampler {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", expected a number above 0");
        }
    }

    /**
     * A continuation, without the prompt. Afterwards the session has read the prompt and all of it but the last token.
     *
     * @param session of one row; it goes on from where it is
     * @param vocabulary the model's
     * @param prompt at least one token
     * @param count how many tokens to write
     */
    public String sample(Session session, Vocabulary vocabulary, String prompt, int count) {
        if (session.rows() != 1) {
            throw new IllegalArgumentException("sampling with a session of " + session.rows() + " rows, expected 1");
        }
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected 0 or more");
        }
        int[] read = vocabulary.encode(prompt);
        if (read.length == 0) {
            throw new IllegalArgumentException("prompt: expected at least one token, got \"" + prompt + "\"");
        }
        int unknown = vocabulary.unknown().orElse(-1);
        if (vocabulary.size() == (unknown < 0 ? 0 : 1)) {
            throw new IllegalArgumentException("the vocabulary holds nothing but the unknown token");
        }
        Draws draws = Draws.of(seed).at("sample");
        float[] y = new float[vocabulary.size()];
        for (int id : read) {
            session.step(new int[] {id}, y);
        }
        int[] written = new int[count];
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                session.step(new int[] {written[i - 1]}, y);
            }
            written[i] = choose(y, unknown, draws.uniform(i));
        }
        return vocabulary.decode(written);
    }

    /** The id at which the sum of the probabilities passes {@code u}. */
    private int choose(float[] y, int unknown, double u) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < y.length; id++) {
            if (!Float.isFinite(y[id])) {
                throw new ArithmeticException(
                        "the model's output is " + y[id] + " for id " + id + ", expected finite numbers");
            }
            if (id != unknown) {
                largest = Math.max(largest, y[id]);
            }
        }
        double[] weights = new double[y.length];
        double total = 0;
        for (int id = 0; id < y.length; id++) {
            weights[id] = id == unknown ? 0 : StrictMath.exp((y[id] - largest) / temperature);
            total += weights[id];
        }
        double left = u * total;
        int chosen = -1;
        for (int id = 0; id < y.length; id++) {
            if (weights[id] > 0) { // rounding may leave a little at the end, which the last possible id takes
                chosen = id;
                left -= weights[id];
                if (left < 0) {
                    break;
                }
            }
        }
        return chosen;
    }
}
