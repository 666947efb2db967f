package org.rnn4j.benchmarks.measure;

import java.util.Arrays;

/**
 * Minibatches of a language model: one stream of tokens, cut in N contiguous rows, of which minibatch b has columns {@code b*T} to
 * {@code (b+1)*T}. The stream can be learned: 70 % of the tokens are a fixed function of the token before, 30 % skewed noise.
 *
 * @param x {@code x[b][n*T+t]}
 * @param y the token that follows each
 */
public record Minibatches(int[][] x, int[][] y) {
    /** How many there are before they repeat. */
    public static final int COUNT = 100;

    /** The minibatches of a vocabulary's size, of N rows and T steps. */
    public static Minibatches of(int vocabulary, int rows, int steps) {
        int row = COUNT * steps + 1;
        int[] stream = tokens(vocabulary, rows * row);
        int[][] x = new int[COUNT][rows * steps];
        int[][] y = new int[COUNT][rows * steps];
        for (int b = 0; b < COUNT; b++) {
            for (int n = 0; n < rows; n++) {
                int from = n * row + b * steps;
                System.arraycopy(stream, from, x[b], n * steps, steps);
                System.arraycopy(stream, from + 1, y[b], n * steps, steps);
            }
        }
        return new Minibatches(x, y);
    }

    private static int[] tokens(int vocabulary, int count) {
        Uniform draw = new Uniform(1);
        int frequent = Math.min(vocabulary, 200);
        int token = 0;
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            if (draw.next() < 0.7) {
                token = (token * 5 + 3) % frequent;
            } else {
                double u = draw.next();
                token = (int) (vocabulary * u * u * u);
            }
            tokens[i] = token;
        }
        return tokens;
    }

    /** Tokens as 64-bit numbers, which some peers ask for. */
    public static long[][] longs(int[][] tokens) {
        return Arrays.stream(tokens)
                .map(batch -> Arrays.stream(batch).asLongStream().toArray())
                .toArray(long[][]::new);
    }
}
