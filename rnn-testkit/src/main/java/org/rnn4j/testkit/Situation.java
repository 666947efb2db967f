package org.rnn4j.testkit;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;

/**
 * What a window of a contract has besides its numbers, so that it can be cut along rows and steps together with them.
 *
 * @param words for messages
 * @param lengths of every row; null for full lengths
 * @param begins {@code [n][t]}, where sequences begin; null for nowhere
 */
record Situation(String words, int[] lengths, boolean[][] begins) {
    /** The rows of the windows of all contracts. */
    static final int ROWS = 3;
    /** Their steps. */
    static final int STEPS = 5;

    static Situation plain() {
        return new Situation("without lengths", null, null);
    }

    static Situation ending() {
        return new Situation("with lengths", new int[] {5, 2, 0}, null);
    }

    /** All rows end before the window does. */
    static Situation shorter() {
        return new Situation("with lengths below the window's", new int[] {1, 3, 2}, null);
    }

    static Situation resets() {
        boolean[][] begins = new boolean[ROWS][STEPS];
        begins[0][2] = true;
        begins[1][0] = true;
        begins[1][3] = true;
        return new Situation("with resets inside the window", null, begins);
    }

    static Situation both() {
        return new Situation("with lengths and resets", ending().lengths, resets().begins);
    }

    static List<Situation> all() {
        return List.of(plain(), ending(), shorter(), resets(), both());
    }

    DoublePass pass() {
        return DoublePass.first()
                .withLengths(lengths == null ? Lengths.full() : Lengths.of(lengths))
                .withResets(begins == null ? Resets.none() : Resets.of(begins));
    }

    Situation row(int n) {
        return new Situation(
                words,
                lengths == null ? null : new int[] {lengths[n]},
                begins == null ? null : new boolean[][] {begins[n]});
    }

    Situation steps(int from, int to) {
        int[] cutLengths = lengths == null
                ? null
                : Arrays.stream(lengths)
                        .map(length -> Math.max(0, Math.min(length, to) - from))
                        .toArray();
        boolean[][] cutBegins = begins == null
                ? null
                : Arrays.stream(begins)
                        .map(row -> Arrays.copyOfRange(row, from, to))
                        .toArray(boolean[][]::new);
        return new Situation(words, cutLengths, cutBegins);
    }

    /** How many steps of a row are valid. */
    int valid(int n) {
        return lengths == null ? STEPS : lengths[n];
    }
}
