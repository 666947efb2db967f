package org.rnn4j.training.data;

/**
 * The positions from {@code from} up to, but without, {@code to}.
 *
 * @param from the first position, 0 or more
 * @param to one past the last position, {@code from} or more
 */
public record Span(int from, int to) {

    public Span {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("span [" + from + ", " + to + "): expected 0 <= from <= to");
        }
    }

    /** Returns how many positions there are. */
    public int length() {
        return to - from;
    }
}
