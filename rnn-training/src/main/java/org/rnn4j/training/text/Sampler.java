package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Draws;
import org.rnn4j.core.Session;

/**
 * Generates text after a prompt, token by token: each is chosen from the model's distribution and then read by the model.
 *
 * <pre>{@code
 * String text = new Sampler(0.8, 1).sample(model.session(1), vocabulary, "The ", 400);
 * int[][] answers = new Sampler(Choice.greedy(), 1).write(session, begin, end, 30);
 * }</pre>
 *
 * <p>The same model, prompt and seed give the same text on every machine. For the most likely sequence as a whole there is
 * {@link BeamSearch}.
 *
 * @param choice how each token is chosen
 * @param seed what the draws depend on
 */
public record Sampler(Choice choice, long seed) {
    /** Checks that there is a choice. */
    public Sampler {
        if (choice == null) {
            throw new IllegalArgumentException("choice is missing");
        }
    }

    /** Any token, with its probability at a temperature. */
    public Sampler(double temperature, long seed) {
        this(Choice.at(temperature), seed);
    }

    /**
     * Generates, for each row of a session, the ids that follow {@code begin}, without {@code begin} and {@code end}.
     *
     * @param session continues from its current state
     * @param begin the id that every row reads first
     * @param end the id that ends a row
     * @param count the maximum number of ids of a row
     * @param ids V, how many scores the model gives for each row
     */
    public int[][] write(Session session, int begin, int end, int count, int ids) {
        checkCount(count);
        int rows = session.rows();
        Draws draws = Draws.of(seed).at("sample");
        float[] scores = new float[rows * ids];
        int[] last = new int[rows];
        Arrays.fill(last, begin);
        int[][] written = new int[rows][0];
        boolean[] done = new boolean[rows];
        int left = rows;
        for (int i = 0; i < count && left > 0; i++) {
            session.step(last, scores);
            for (int n = 0; n < rows; n++) {
                if (!done[n]) {
                    float[] own = Arrays.copyOfRange(scores, n * ids, (n + 1) * ids);
                    last[n] = choice.of(own, draws.at(n).uniform(i));
                    done[n] = last[n] == end;
                    if (done[n]) {
                        left--;
                    } else {
                        written[n] = Arrays.copyOf(written[n], i + 1);
                        written[n][i] = last[n];
                    }
                }
            }
        }
        return written;
    }

    /** Refuses a number of tokens below 0. */
    static void checkCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected 0 or more");
        }
    }

    /**
     * Generates a continuation, without the prompt and without the unknown token. Afterwards the session has read the prompt and all of the
     * continuation except its last token.
     *
     * @param session of one row; continues from its current state
     * @param vocabulary the model's
     * @param prompt at least one token
     * @param count the number of tokens to generate
     */
    public String sample(Session session, Vocabulary vocabulary, String prompt, int count) {
        if (session.rows() != 1) {
            throw new IllegalArgumentException("sampling with a session of " + session.rows() + " rows, expected 1");
        }
        checkCount(count);
        int[] read = vocabulary.encode(prompt);
        if (read.length == 0) {
            throw new IllegalArgumentException("prompt: expected at least one token, got \"" + prompt + "\"");
        }
        int unknown = vocabulary.unknown().orElse(-1);
        if (vocabulary.size() == (unknown < 0 ? 0 : 1)) {
            throw new IllegalArgumentException("the vocabulary holds nothing but the unknown token");
        }
        List<Integer> skipped = new ArrayList<>(choice.skip());
        vocabulary.unknown().ifPresent(skipped::add);
        Choice known = choice.skipping(skipped);
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
            written[i] = known.of(y, draws.uniform(i));
        }
        return vocabulary.decode(written);
    }
}
