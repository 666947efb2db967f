package org.rnn4j.api.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Kernels.Packed;

/**
 * T steps of a cell as one op.
 *
 * <pre>
 * forward    A = b + X·Wx                            for all steps in one product
 *            for t = 0 … T-1     the kernel's forward step on the rows of step t
 * backward   for t = T-1 … 0     the kernel's backward step, which leaves dA_t
 *            dWx += Xᵀ·dA   db += Σ dA   dX += dA·Wxᵀ and the recurrent weights', for all steps in one product each
 * </pre>
 *
 * <p>Inside, arrays are time-major: row {@code t·N + n}, so that the rows of a step lie together. Rows are independent, so threads share the
 * rows of the whole window and meet at its end; where a thread would get too few rows, each product is shared instead. A row past its end
 * keeps its state, outputs zeros and gets no gradient; a row that begins anew starts from zeros, and no gradient crosses.
 *
 * <p>Inputs: x (N,T,D), Wx, b, the kernel's other parameters, the first state's parts (N,H). Outputs: the first part after each step (N,T,H),
 * zeros past a row's end, and the last state's parts.
 *
 * @param kernel one step
 * @param weights how many parameters there are beside Wx and b
 * @param parts how many parts the state has
 */
record FusedWindow(StepKernel kernel, int weights, int parts, Lengths lengths, Resets resets) implements Op {
    /** Fewer rows a thread reuse a weight too little: then each product is shared. */
    private static final int ROWS_A_THREAD = 16;

    /** Multiply-adds of a window that are worth other threads: some hundred microseconds. */
    private static final long WORTH_SHARING = 1 << 22;

    @Override
    public String name() {
        return "window of " + kernel.getClass().getSimpleName();
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape wx = in.get(1);
        if (x.rank() != 3 || wx.rank() != 2 || x.dim(2) != wx.dim(0)) {
            throw new IllegalArgumentException(
                    "matmul " + (x.rank() == 3 ? x.without(1) : x) + "·" + wx + ": inner dimensions differ");
        }
        List<Shape> out = new ArrayList<>();
        out.add(x.withColumns(in.get(3 + weights).columns()));
        for (int i = 0; i < parts; i++) {
            out.add(in.get(3 + weights + i));
        }
        return out;
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Window window = (Window) memory.prepared();
        if (window == null) {
            window = new Window(in, memory);
            memory.prepare(window);
        }
        window.forward(k, in, out);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        ((Window) memory.prepared()).backward(k, dOut, in, memory, dIn);
    }

    /** The arrays of one application, time-major. */
    private final class Window {
        private final int rows;
        private final int steps;
        /** The steps up to the end of the longest row; all later ones are padding, in which nothing happens. */
        private final int used;
        /** H, the width of a gate. */
        private final int width;
        /** Whether x is time-major as it comes. */
        private final boolean direct;

        private final Block x;
        private final Block bias;
        private final Block gates;
        /** The state before step t in rows t·N to (t+1)·N, and the last state behind them. */
        private final Block[] states = new Block[parts];

        private final Block[] firstStates = new Block[parts];
        private final Block[] lastStates = new Block[parts];

        private final Block[] kept;
        /** The parameters that are vectors, once for each row. */
        private final Block[] vectors = new Block[weights];

        private final Packed packedWx;
        private final Packed[] packed;
        /** The step of a window of one, which a session runs again and again. */
        private final FusedStep only;

        Window(Block[] in, Memory memory) {
            Block first = in[3 + weights];
            rows = first.rows();
            steps = in[0].rows() / Math.max(1, rows);
            width = first.columns();
            int longest = 0;
            for (int n = 0; n < rows; n++) {
                longest = Math.max(longest, lengths.validSteps(n, steps));
            }
            // A row may begin anew in its padding: that is its last state then.
            int last = steps;
            while (last > longest && !resets.anyAt(last - 1)) {
                last--;
            }
            used = last;
            direct = rows == 1 || (steps == 1 && lengths.isFull());
            x = direct ? in[0].rows(0, used * rows) : keep(memory, used, in[0].columns());
            bias = in[2].repeated(used * rows);
            gates = keep(memory, used, kernel.gates() * width);
            for (int i = 0; i < parts; i++) {
                states[i] = keep(memory, used + 1, in[3 + weights + i].columns());
                firstStates[i] = states[i].rows(0, rows);
                lastStates[i] = states[i].rows(used * rows, (used + 1) * rows);
            }
            int[] widths = kernel.kept();
            kept = new Block[widths.length];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = keep(memory, used, widths[i] * width);
            }
            Block[] parameters = Arrays.copyOfRange(in, 3, 3 + weights);
            for (int i = 0; i < weights; i++) {
                vectors[i] = parameters[i].rows() == 1 ? parameters[i].repeated(rows) : null;
            }
            packedWx = memory.packed(in[1]);
            packed = kernel.forwardWeights(memory, parameters);
            only = used == 1 ? step(0, 0, rows, packed) : null;
        }

        private Block keep(Memory memory, int times, int columns) {
            return Block.of(memory.keep(times * rows * columns), times * rows, columns);
        }

        /** Rows {@code from} to {@code to} of step t. */
        private FusedStep step(int t, int from, int to, Packed[] weightsOfStep) {
            int first = t * rows + from;
            int last = t * rows + to;
            Block[] previous = new Block[parts];
            Block[] next = new Block[parts];
            for (int i = 0; i < parts; i++) {
                previous[i] = states[i].rows(first, last);
                next[i] = states[i].rows(first + rows, last + rows);
            }
            Block[] ofRows = new Block[weights];
            for (int i = 0; i < weights; i++) {
                ofRows[i] = vectors[i] == null ? null : vectors[i].rows(from, to);
            }
            return new FusedStep(
                    new Slices(gates.rows(first, last), width),
                    previous,
                    next,
                    slices(kept, first, last),
                    ofRows,
                    weightsOfStep);
        }

        private Slices[] slices(Block[] blocks, int first, int last) {
            Slices[] slices = new Slices[blocks.length];
            for (int i = 0; i < slices.length; i++) {
                slices[i] = new Slices(blocks[i].rows(first, last), width);
            }
            return slices;
        }

        /** Cuts the rows where each part has enough of them and there is enough work; pairs of rows, because kernels take several at once. */
        private void split(Kernels k, Kernels.Part part) {
            long work = (long) used * gates.columns() * rows * width;
            int pairs = (rows + 1) / 2;
            if (work < WORTH_SHARING || pairs < ROWS_A_THREAD) {
                part.run(0, rows);
            } else {
                k.split(pairs, ROWS_A_THREAD / 2, (from, to) -> part.run(2 * from, Math.min(rows, 2 * to)));
            }
        }

        // Forward.

        void forward(Kernels k, Block[] in, Block[] out) {
            if (!direct) {
                toTimeMajor(k, in[0]);
            }
            k.copy(bias, gates);
            k.multiplyAdd(x, packedWx, gates);
            for (int i = 0; i < parts; i++) {
                k.copy(in[3 + weights + i], firstStates[i]);
            }
            if (only != null) {
                step(k, only, 0, 0, rows, out[0]);
            } else if (used > 0) {
                split(k, (from, to) -> {
                    for (int t = 0; t < used; t++) {
                        step(k, step(t, from, to, packed), t, from, to, out[0]);
                    }
                });
            }
            if (!lengths.isFull()) {
                clearPadding(k, out[0]);
            }
            for (int i = 0; i < parts; i++) {
                k.copy(lastStates[i], out[1 + i]);
            }
        }

        /** Padding becomes zeros: it is computed with, and a NaN in it would reach the gradients of the weights. */
        private void toTimeMajor(Kernels k, Block batchMajor) {
            int columns = x.columns();
            for (int n = 0; n < rows; n++) {
                int valid = Math.min(used, lengths.validSteps(n, steps));
                for (int t = 0; t < valid; t++) {
                    int from = batchMajor.offset() + (n * steps + t) * columns;
                    System.arraycopy(batchMajor.data(), from, x.data(), (t * rows + n) * columns, columns);
                }
                for (int t = valid; t < used; t++) {
                    k.fill(0f, x.rows(t * rows + n, t * rows + n + 1));
                }
            }
        }

        private void step(Kernels k, FusedStep s, int t, int from, int to, Block out) {
            if (resets.anyAt(t)) {
                for (int n = from; n < to; n++) {
                    if (resets.at(n, t)) {
                        for (int i = 0; i < parts; i++) {
                            k.fill(0f, s.previous(i).rows(n - from, n - from + 1));
                        }
                    }
                }
            }
            kernel.forward(k, s);
            if (!lengths.allValidAt(t)) {
                for (int n = from; n < to; n++) {
                    if (!lengths.valid(n, t)) {
                        for (int i = 0; i < parts; i++) {
                            int r = n - from;
                            k.copy(s.previous(i).rows(r, r + 1), s.next(i).rows(r, r + 1));
                        }
                    }
                }
            }
            Block h = s.next(0);
            for (int n = from; n < to; n++) {
                int at = h.offset() + (n - from) * width;
                System.arraycopy(h.data(), at, out.data(), out.offset() + (n * steps + t) * width, width);
            }
        }

        private void clearPadding(Kernels k, Block out) {
            for (int n = 0; n < rows; n++) {
                k.fill(0f, out.rows(n * steps + lengths.validSteps(n, steps), (n + 1) * steps));
            }
        }

        // Backward.

        void backward(Kernels k, Block[] dOut, Block[] in, Memory memory, Block[] dIn) {
            Block dGates = scratch(memory, used * rows, gates.columns());
            int[] widths = kernel.gradients();
            Block[] gradients = new Block[widths.length];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = scratch(memory, used * rows, widths[i] * width);
            }
            Block[] dStates = new Block[parts];
            Block[] held = new Block[parts];
            for (int i = 0; i < parts; i++) {
                dStates[i] = scratch(memory, rows, states[i].columns());
                held[i] = lengths.isFull() ? null : scratch(memory, rows, states[i].columns());
                k.copy(dOut[1 + i], dStates[i]);
            }
            Packed[] transposed = kernel.backwardWeights(memory, Arrays.copyOfRange(in, 3, 3 + weights));
            split(k, (from, to) -> {
                Block[] dState = new Block[parts];
                for (int i = 0; i < parts; i++) {
                    dState[i] = dStates[i].rows(from, to);
                }
                for (int t = used - 1; t >= 0; t--) {
                    int first = t * rows + from;
                    int last = t * rows + to;
                    FusedStep s = step(t, from, to, transposed)
                            .back(new Slices(dGates.rows(first, last), width), slices(gradients, first, last), dState);
                    stepBack(k, s, t, from, to, dOut[0], held);
                }
            });
            FusedStep all = step(0, 0, used * rows, transposed)
                    .back(new Slices(dGates, width), slices(gradients, 0, used * rows), null);
            Packed packedGradient = memory.packed(dGates);
            if (dIn[1] != null) {
                k.multiplyAdd(x.transposed(), packedGradient, dIn[1]);
            }
            if (dIn[2] != null) {
                k.addSumOfRows(dGates, dIn[2]);
            }
            kernel.weights(k, memory, all, packedGradient, Arrays.copyOfRange(dIn, 3, 3 + weights));
            if (dIn[0] != null) {
                addInputGradient(k, memory, dGates, memory.packed(in[1].transposed()), dIn[0]);
            }
            for (int i = 0; i < parts; i++) {
                Block d = dIn[3 + weights + i];
                if (d != null) {
                    k.plus(d, dStates[i], d);
                }
            }
        }

        private Block scratch(Memory memory, int numberOfRows, int columns) {
            return Block.of(memory.scratch(numberOfRows * columns), numberOfRows, columns);
        }

        private void stepBack(Kernels k, FusedStep s, int t, int from, int to, Block dOut, Block[] held) {
            boolean allValid = lengths.allValidAt(t);
            for (int n = from; n < to; n++) {
                Block dh = s.dState(0).rows(n - from, n - from + 1);
                if (lengths.valid(n, t)) {
                    k.plus(dh, dOut.rows(n * steps + t, n * steps + t + 1), dh);
                } else {
                    // The row stays as it was, and so does its gradient; the step itself gets none.
                    for (int i = 0; i < parts; i++) {
                        Block d = s.dState(i).rows(n - from, n - from + 1);
                        k.copy(d, held[i].rows(n, n + 1));
                        k.fill(0f, d);
                    }
                }
            }
            kernel.backward(k, s);
            for (int n = from; n < to && !allValid; n++) {
                if (!lengths.valid(n, t)) {
                    for (int i = 0; i < parts; i++) {
                        k.copy(held[i].rows(n, n + 1), s.dState(i).rows(n - from, n - from + 1));
                    }
                }
            }
            if (resets.anyAt(t)) {
                for (int n = from; n < to; n++) {
                    for (int i = 0; i < parts && resets.at(n, t); i++) {
                        k.fill(0f, s.dState(i).rows(n - from, n - from + 1));
                    }
                }
            }
        }

        private void addInputGradient(Kernels k, Memory memory, Block dGates, Packed transposedWx, Block dx) {
            if (direct) {
                k.multiplyAdd(dGates, transposedWx, dx.rows(0, used * rows));
                return;
            }
            Block timeMajor = scratch(memory, used * rows, dx.columns());
            k.multiply(dGates, transposedWx, timeMajor);
            for (int n = 0; n < rows; n++) {
                int valid = Math.min(used, lengths.validSteps(n, steps));
                Block d = dx.rows(n * steps, n * steps + valid);
                int columns = dx.columns();
                int first = timeMajor.offset() + n * columns;
                k.plus(d, new Block(timeMajor.data(), first, valid, columns, rows * columns, 1), d);
            }
        }
    }
}
