package org.rnn4j.layers.loss;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * {@link SoftmaxCrossEntropy} as one op: the forward pass reads the scores once and keeps {@code z = log Σ e^y}, one number per position; the
 * backward pass writes the gradient once.
 *
 * @param classes the target of each position; of those that do not count, any class
 * @param smoothing the share of the target that is spread evenly over all classes
 */
record MeanSurprise(Ids classes, Positions positions, double smoothing) implements Op {
    /** What a thread should have to do at least, in exponentials: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 15;

    @Override
    public String name() {
        return "softmax cross-entropy";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(Shape.of());
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Block y = in[0];
        Block z = Block.of(memory.keep(y.rows()), y.rows(), 1);
        overValid(k, y, (from, to) -> k.logSumExp(y.rows(from, to), z.rows(from, to)));
        Block surprise = Block.of(memory.scratch(y.rows()), y.rows(), 1);
        for (int r = 0; r < y.rows(); r++) {
            surprise.set(r, 0, positions.valid()[r] ? z.get(r, 0) - wanted(k, y, r) : 0);
        }
        out[0].set(0, 0, k.sum(surprise) * each());
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        Block y = in[0];
        Block dy = dIn[0];
        Block z = Block.of(memory.kept(0), y.rows(), 1);
        float scale = dOut[0].get(0, 0) * each();
        Block scales = Block.of(memory.scratch(y.rows()), y.rows(), 1);
        k.fill(scale, scales);
        float right = (float) (scale * (1 - smoothing));
        Block all = smoothing > 0 ? Block.of(memory.scratch(y.columns()), 1, y.columns()) : null;
        if (all != null) {
            k.fill((float) (scale * smoothing / y.columns()), all);
        }
        overValid(k, y, (from, to) -> {
            k.addSoftmax(y.rows(from, to), z.rows(from, to), scales.rows(from, to), dy.rows(from, to));
            for (int r = from; r < to; r++) {
                dy.set(r, classes.at(r), dy.get(r, classes.at(r)) - right);
                if (all != null) {
                    k.minus(dy.rows(r, r + 1), all, dy.rows(r, r + 1));
                }
            }
        });
    }

    /** The score of the target: that of its class, and with smoothing a little of the mean of all. */
    private float wanted(Kernels k, Block y, int r) {
        float score = y.get(r, classes.at(r));
        if (smoothing == 0) {
            return score;
        }
        float mean = k.sum(y.rows(r, r + 1)) / y.columns();
        return (float) (score + smoothing * (mean - score));
    }

    /** What a valid position is multiplied by for the mean; anything where there is none. */
    private float each() {
        return (float) (1.0 / Math.max(1, positions.count()));
    }

    /** Does the work for every run of valid rows: the others may hold NaN, which no factor takes away. */
    private void overValid(Kernels k, Block y, Kernels.Part work) {
        k.split(y.rows(), Math.max(1, WORTH_SHARING / Math.max(1, y.columns())), (first, end) -> {
            boolean[] valid = positions.valid();
            int from = first;
            while (from < end) {
                int to = from;
                while (to < end && valid[to]) {
                    to++;
                }
                if (to > from) {
                    work.run(from, to);
                }
                from = to + 1;
            }
        });
    }
}
