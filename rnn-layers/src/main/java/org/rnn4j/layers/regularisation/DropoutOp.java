package org.rnn4j.layers.regularisation;

import java.util.List;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * {@link Dropout} as one op: the mask is drawn where it is used, and is kept until the backward pass.
 *
 * @param rate the probability of a zero
 * @param rows how many rows the mask has
 * @param repeats the number of consecutive rows of x that a row of the mask is for
 */
record DropoutOp(double rate, Draws draws, int rows, int repeats) implements Op {
    /** What a thread should have to do at least, in numbers: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 14;

    /** Of the 64 bits of a draw, those that {@link Draws#uniform} makes a number in [0,1) of. */
    private static final int BITS = 53;

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return inputs;
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        int width = width(in[0]);
        Block mask = Block.of(memory.keep(rows * width), rows, width);
        Block x = byMask(in[0]);
        Block y = byMask(out[0]);
        share(k, width, (from, to) -> {
            draw(mask, from, to);
            if (repeats == 1) {
                k.times(x.rows(from, to), mask.rows(from, to), y.rows(from, to));
            } else {
                for (int r = from; r < to; r++) {
                    k.times(ofRow(x, r), mask.rows(r, r + 1).repeated(repeats), ofRow(y, r));
                }
            }
        });
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        int width = width(in[0]);
        Block mask = Block.of(memory.kept(0), rows, width);
        Block dy = byMask(dOut[0]);
        Block dx = byMask(dIn[0]);
        share(k, width, (from, to) -> {
            if (repeats == 1) {
                k.addTimes(dy.rows(from, to), mask.rows(from, to), dx.rows(from, to));
            } else {
                for (int r = from; r < to; r++) {
                    k.addTimes(ofRow(dy, r), mask.rows(r, r + 1).repeated(repeats), ofRow(dx, r));
                }
            }
        });
    }

    /** Rows of the mask: 0 where {@code draws.uniform(i) < rate}, which is a comparison of whole numbers. */
    private void draw(Block mask, int from, int to) {
        long limit = (long) Math.ceil(rate * (1L << BITS));
        float kept = Draws.kept(rate);
        float[] factors = mask.data();
        for (int i = from * mask.columns(); i < to * mask.columns(); i++) {
            factors[i] = draws.bits(i) >>> (Long.SIZE - BITS) < limit ? 0f : kept;
        }
    }

    private void share(Kernels k, int width, Kernels.Part part) {
        k.split(rows, Math.max(1, WORTH_SHARING / Math.max(1, repeats * width)), part);
    }

    private int width(Block x) {
        return rows * repeats == 0 ? 0 : x.size() / (rows * repeats);
    }

    private Block byMask(Block x) {
        int width = width(x);
        return new Block(x.data(), x.offset(), rows * repeats, width, width, 1, null);
    }

    private Block ofRow(Block x, int r) {
        return x.rows(r * repeats, (r + 1) * repeats);
    }
}
