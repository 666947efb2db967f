package org.rnn4j.layers.loss;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * {@link Ctc} as one op, for each row:
 *
 * <pre>
 * forward    α_t(s) = Σ α_{t-1}(p) * softmax(y_t)[class of s]         over p = from(s) … s: equation 6
 *            c_t(s,p) = α_{t-1}(p) / Σ α_{t-1}(from(s) … s)           kept
 *            surprise = -log(α_T of the last two states)              equation 8
 * backward   γ_T = the shares of the last two states in their sum
 *            γ_{t-1}(p) = Σ_s γ_t(s) * c_t(s,p)
 *            dy_t = softmax(y_t) - Σ_s γ_t(s) * onehot(class of s)    equation 16
 * </pre>
 *
 * <p>γ_t(s) is how likely the row is in state s at step t when its labels are known: the paper's {@code α_t(s) β_t(s) / (p y_t)}. Handed back
 * along the shares by which it came, it needs neither β nor another logarithm. α is a logarithm in float64: of a model that is almost sure
 * of the blank it would be smaller than any number. A share is a float32, as the gradient is.
 *
 * @param rows one for each row of y
 * @param steps T
 * @param states as many states as any row has
 */
record AlignmentSurprise(List<Alignment> rows, int steps, int states) implements Op {
    /** What a thread should have to do at least, in states of a step: some hundred microseconds. */
    private static final int WORTH_SHARING = 1 << 10;

    /** From how many states a row comes to a state, at most. */
    private static final int SHARES = 3;

    static AlignmentSurprise of(List<Alignment> rows, int steps) {
        int states = 0;
        for (Alignment row : rows) {
            states = Math.max(states, row.states().length);
        }
        return new AlignmentSurprise(rows, steps, states);
    }

    @Override
    public String name() {
        return "CTC";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(Shape.of());
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Block y = in[0];
        Block z = Block.of(memory.keep(y.rows()), y.rows(), 1);
        float[] shares = memory.keep(Shape.of(y.rows(), states, SHARES).size());
        float[] ends = memory.keep(rows.size() * SHARES);
        double[] surprises = new double[rows.size()];
        overRows(k, n -> {
            Alignment row = rows.get(n);
            int first = n * steps;
            int end = first + row.steps();
            k.logSumExp(y.rows(first, end), z.rows(first, end));
            double[] alpha = new double[row.states().length];
            double[] next = new double[alpha.length];
            Arrays.fill(alpha, Double.NEGATIVE_INFINITY);
            // As if the row had been in state 0 before the first step.
            alpha[0] = 0;
            for (int r = first; r < end; r++) {
                for (int s = 0; s < alpha.length; s++) {
                    double before = logSum(alpha, row.from(s), s, shares, share(r, s));
                    next[s] = before + ((double) y.get(r, row.states()[s]) - z.get(r, 0));
                }
                double[] free = alpha;
                alpha = next;
                next = free;
            }
            surprises[n] = -row.weight() * logSum(alpha, row.end(), alpha.length - 1, ends, n * SHARES);
        });
        double total = 0;
        for (double surprise : surprises) {
            total += surprise;
        }
        out[0].set(0, 0, (float) total);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        Block y = in[0];
        Block dy = dIn[0];
        Block z = Block.of(memory.kept(0), y.rows(), 1);
        float[] shares = memory.kept(1);
        float[] ends = memory.kept(2);
        Block scales = Block.of(memory.scratch(y.rows()), y.rows(), 1);
        overRows(k, n -> {
            Alignment row = rows.get(n);
            int first = n * steps;
            int end = first + row.steps();
            double scale = dOut[0].get(0, 0) * row.weight();
            k.fill((float) scale, scales.rows(first, end));
            k.addSoftmax(y.rows(first, end), z.rows(first, end), scales.rows(first, end), dy.rows(first, end));
            double[] gamma = new double[row.states().length];
            double[] before = new double[gamma.length];
            for (int p = row.end(); p < gamma.length; p++) {
                gamma[p] = ends[n * SHARES + p - row.end()];
            }
            for (int r = end - 1; r >= first; r--) {
                Arrays.fill(before, 0);
                for (int s = 0; s < gamma.length; s++) {
                    int label = row.states()[s];
                    dy.set(r, label, (float) (dy.get(r, label) - scale * gamma[s]));
                    int from = row.from(s);
                    for (int p = from; p <= s; p++) {
                        before[p] += gamma[s] * shares[share(r, s) + p - from];
                    }
                }
                double[] free = gamma;
                gamma = before;
                before = free;
            }
        });
    }

    /** Where the shares of a state at a step of a row are. */
    private int share(int r, int s) {
        return (r * states + s) * SHARES;
    }

    /**
     * {@code log Σ e^a_p} over p from {@code from} to {@code to}, both inclusive.
     *
     * @param shares where to put what share of the sum each of its terms is, from {@code at} on
     */
    private static double logSum(double[] a, int from, int to, float[] shares, int at) {
        double top = a[to];
        for (int p = from; p < to; p++) {
            top = Math.max(top, a[p]);
        }
        if (top == Double.NEGATIVE_INFINITY) {
            // Of infinities there is no difference.
            Arrays.fill(shares, at, at + to - from + 1, 0);
            return top;
        }
        double sum = 0;
        for (int p = from; p <= to; p++) {
            double term = a[p] == top ? 1 : StrictMath.exp(a[p] - top);
            shares[at + p - from] = (float) term;
            sum += term;
        }
        float each = (float) (1 / sum);
        for (int i = at; i <= at + to - from; i++) {
            shares[i] *= each;
        }
        return top + StrictMath.log(sum);
    }

    /** Does the work for every row that counts. */
    private void overRows(Kernels k, IntConsumer work) {
        k.split(rows.size(), Math.max(1, WORTH_SHARING / Math.max(1, steps * states)), (from, to) -> {
            for (int n = from; n < to; n++) {
                if (rows.get(n).steps() > 0) {
                    work.accept(n);
                }
            }
        });
    }
}
