package org.rnn4j.api.op;

/** Rows of several gates side by side, whole and gate by gate. */
public final class Slices {
    private final Block all;
    private final Block[] each;

    /** Rows that are cut into slices of {@code width} columns. */
    public Slices(Block all, int width) {
        this.all = all;
        this.each = new Block[all.columns() / width];
        for (int i = 0; i < each.length; i++) {
            each[i] = all.columns(i * width, (i + 1) * width);
        }
    }

    /** All columns. */
    public Block all() {
        return all;
    }

    /** The columns of gate {@code i}. */
    public Block at(int i) {
        return each[i];
    }
}
