package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.rnn4j.api.Spans;

/**
 * A window of a contract without its numbers: which rows, how many steps, where rows end and where sequences begin. Numbers are drawn for it so that
 * they can be cut along rows and steps together with it; a law that is violated in one situation can then be tried in a {@linkplain #simpler simpler}
 * one.
 *
 * @param rows the batch rows by number; a row has the same numbers in every situation
 * @param steps how many
 * @param lengths of every row; null for full lengths
 * @param begins {@code [n][t]}, where sequences begin; null for nowhere
 */
record Situation(int[] rows, int steps, int[] lengths, boolean[][] begins) {
    /** The rows of the windows that contracts begin with. */
    private static final int ROWS = 3;
    /** Their steps. */
    private static final int STEPS = 5;

    static Situation plain() {
        return new Situation(IntStream.range(0, ROWS).toArray(), STEPS, null, null);
    }

    static Situation ending() {
        return plain().ending(5, 2, 0);
    }

    /** All rows end before the window does. */
    static Situation shorter() {
        return plain().ending(1, 3, 2);
    }

    static Situation resets() {
        boolean[][] begins = new boolean[ROWS][STEPS];
        begins[0][2] = true;
        begins[1][0] = true;
        begins[1][3] = true;
        return new Situation(plain().rows, STEPS, null, begins);
    }

    static Situation both() {
        return new Situation(plain().rows, STEPS, ending().lengths, resets().begins);
    }

    static Situation[] all() {
        return new Situation[] {plain(), ending(), shorter(), resets(), both()};
    }

    private Situation ending(int... ends) {
        return new Situation(rows, steps, ends, begins);
    }

    int size() {
        return rows.length;
    }

    DoublePass pass() {
        return DoublePass.first().withSpans(spans());
    }

    Spans spans() {
        return begins == null ? ends() : ends().beginning(begins);
    }

    /** Without the sequences that begin inside. */
    Spans ends() {
        return lengths == null ? Spans.full() : Spans.of(lengths);
    }

    Situation row(int n) {
        return where(i -> i == n);
    }

    private Situation where(IntPredicate keep) {
        int[] kept = IntStream.range(0, size()).filter(keep).toArray();
        return new Situation(
                pick(rows, kept),
                steps,
                lengths == null ? null : pick(lengths, kept),
                begins == null
                        ? null
                        : Arrays.stream(kept).mapToObj(n -> begins[n]).toArray(boolean[][]::new));
    }

    private static int[] pick(int[] values, int... positions) {
        return Arrays.stream(positions).map(i -> values[i]).toArray();
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
        return new Situation(rows, to - from, cutLengths, cutBegins);
    }

    /** This one without sequences that begin at its first step. */
    Situation withoutFirstReset() {
        boolean[][] later = Arrays.stream(begins).map(boolean[]::clone).toArray(boolean[][]::new);
        for (boolean[] row : later) {
            row[0] = false;
        }
        return new Situation(rows, steps, lengths, later);
    }

    /** How many steps of a row are valid. */
    int valid(int n) {
        return lengths == null ? steps : lengths[n];
    }

    /** The situations with one element less: lengths, resets, a row, or a step at either end. */
    List<Situation> simpler() {
        List<Situation> simpler = new ArrayList<>();
        if (lengths != null) {
            simpler.add(new Situation(rows, steps, null, begins));
        }
        if (begins != null) {
            simpler.add(new Situation(rows, steps, lengths, null));
        }
        for (int n = 0; n < size() && size() > 1; n++) {
            int left = n;
            simpler.add(where(i -> i != left));
        }
        if (steps > 1) {
            simpler.add(steps(0, steps - 1));
            simpler.add(steps(1, steps));
        }
        return simpler;
    }

    /** The difference from the others, for messages about results. */
    String words() {
        if (lengths == null) {
            return begins == null ? "without lengths" : "with resets inside the window";
        }
        if (begins != null) {
            return "with lengths and resets";
        }
        boolean below = Arrays.stream(lengths).allMatch(length -> length < steps);
        return below ? "with lengths below the window's" : "with lengths";
    }

    /** All of it: {@code 1 row, 2 steps, lengths [1]}. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(count(size(), "row")).append(", ").append(count(steps, "step"));
        if (lengths != null) {
            text.append(", lengths ").append(Arrays.toString(lengths));
        }
        for (int n = 0; begins != null && n < size(); n++) {
            for (int t = 0; t < steps; t++) {
                if (begins[n][t]) {
                    text.append(", row ")
                            .append(n)
                            .append(" begins anew at step ")
                            .append(t);
                }
            }
        }
        return text.toString();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
