package org.rnn4j.core.unroll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.Slices;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/**
 * T steps of a cell as one op.
 *
 * <pre>
 * forward    A = b + X·Wx                            for all steps of a chunk in one product
 *            for t = first … last     the kernel's forward step on the rows of step t
 * backward   for t = last … first     the kernel's backward step, which leaves dA_t
 *            dWx += Xᵀ·dA   db += Σ dA   dX += dA·Wxᵀ and the recurrent weights', for all steps of a chunk in one product each
 * </pre>
 *
 * <p>Inside, arrays are time-major: row {@code t·N + n}, so that the rows of a step lie together. Rows are independent, so threads share the
 * rows of a chunk and meet at its end; where a thread would get too few rows, each product is shared instead. A row past its end
 * keeps its state, outputs zeros and gets no gradient; a row that begins anew starts from zeros, and no gradient crosses.
 *
 * <p>Inputs: x (N,T,D), or (N,D) for one step, Wx, b, the kernel's other parameters, the first state's parts (N,H). Outputs: the first part after each step (N,T,H) or (N,H),
 * zeros past a row's end, and the last state's parts.
 *
 * @param kernel one step
 * @param parameters the tensors of the kernel's weights, each once
 * @param parts how many parts the state has
 */
public record FusedWindow(StepKernel kernel, List<Tensor> parameters, int parts, Spans spans) implements Op {
    /** Fewer rows a thread reuse a weight too little: then each product is shared. */
    private static final int ROWS_A_THREAD = 16;

    /** Rows of all steps of a chunk together: enough for the products, and few enough that what one writes is in the cache for the next. */
    private static final int ROWS_A_CHUNK = 256;

    /** Multiply-adds of a chunk that are worth other threads: some hundred microseconds. */
    private static final long WORTH_SHARING = 1 << 22;

    @Override
    public String name() {
        return "window of " + kernel.getClass().getSimpleName();
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape wx = in.get(1);
        if (x.rank() < 2 || x.rank() > 3 || wx.rank() != 2 || x.columns() != wx.dim(0)) {
            throw new IllegalArgumentException(
                    "matmul " + (x.rank() == 3 ? x.without(1) : x) + "·" + wx + ": inner dimensions differ");
        }
        List<Shape> out = new ArrayList<>();
        List<Shape> first = in.subList(in.size() - parts, in.size());
        out.add(x.withColumns(first.get(0).columns()));
        out.addAll(first);
        return out;
    }

    /**
     * The op's inputs, or their gradients, by name.
     *
     * @param weights in the order of the kernel's weights
     * @param first the parts of the first state
     */
    private record Named(Block x, Block wx, Block b, Block[] weights, Block[] first) {}

    private Named named(Block... in) {
        List<Weight> handles = kernel.weights();
        Block[] weights = new Block[handles.size()];
        for (int i = 0; i < weights.length; i++) {
            Weight weight = handles.get(i);
            Block whole = in[3 + parameters.indexOf(weight.parameter())];
            weights[i] = whole == null ? null : whole.columns(weight.from(), weight.to());
        }
        return new Named(in[0], in[1], in[2], weights, Arrays.copyOfRange(in, in.length - parts, in.length));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Window window = (Window) memory.prepared();
        if (window == null) {
            window = new Window(in, memory);
            memory.prepare(window);
        }
        window.forward(k, out);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        ((Window) memory.prepared()).backward(k, dOut, memory, named(dIn));
    }

    /** The arrays of one application, time-major. */
    private final class Window {
        private final Named in;
        private final List<Weight> weights = kernel.weights();
        private final int rows;
        private final int steps;
        /** The steps up to the end of the longest row; all later ones are padding, in which nothing happens. */
        private final int used;
        /** H, the width of a gate. */
        private final int width;
        /** Whether x is time-major as it comes. */
        private final boolean direct;

        /** How many steps are worked on together; the number of rows alone decides, so that all sums keep their order. */
        private final int chunk;

        private final Block x;
        private final Block bias;
        private final Block gates;
        /** The state before step t in rows t·N to (t+1)·N, followed by the last state. */
        private final Block[] states = new Block[parts];

        private final Block[] firstStates = new Block[parts];
        private final Block[] lastStates = new Block[parts];

        private final Block[] kept;
        /** The parameters that are vectors, once for each row. */
        private final Block[] vectors = new Block[weights.size()];

        private final Packed packedWx;
        /** The parameters that are matrices. */
        private final Packed[] matrices;
        /** The step of a window of one, which a session runs again and again. */
        private final WindowStep only;

        Window(Block[] inputs, Memory memory) {
            in = named(inputs);
            Block first = in.first[0];
            rows = first.rows();
            steps = in.x.rows() / Math.max(1, rows);
            width = first.columns();
            int longest = 0;
            for (int n = 0; n < rows; n++) {
                longest = Math.max(longest, spans.validSteps(n, steps));
            }
            // A row may begin anew in its padding: that is its last state then.
            int last = steps;
            while (last > longest && !spans.anyBeginsAt(last - 1)) {
                last--;
            }
            used = last;
            direct = rows == 1 || (steps == 1 && spans.isFull());
            x = direct ? in.x.rows(0, used * rows) : keep(memory, used, in.x.columns());
            chunk = Math.max(1, ROWS_A_CHUNK / Math.max(1, rows));
            bias = in.b.repeated(used * rows);
            gates = keep(memory, used, kernel.gates() * width);
            for (int i = 0; i < parts; i++) {
                states[i] = keep(memory, used + 1, in.first[i].columns());
                firstStates[i] = states[i].rows(0, rows);
                lastStates[i] = states[i].rows(used * rows, (used + 1) * rows);
            }
            int[] widths = kernel.kept();
            kept = new Block[widths.length];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = keep(memory, used, widths[i] * width);
            }
            packedWx = memory.packed(in.wx);
            matrices = new Packed[weights.size()];
            for (int i = 0; i < matrices.length; i++) {
                boolean isVector = weights.get(i).isVector();
                vectors[i] = isVector ? in.weights[i].repeated(rows) : null;
                matrices[i] = isVector ? null : memory.packed(in.weights[i]);
            }
            only = used == 1 ? step(0, 0, rows, matrices) : null;
        }

        private static Block row(Block block, int r) {
            return block.rows(r, r + 1);
        }

        private Block keep(Memory memory, int times, int columns) {
            return Block.of(memory.keep(times * rows * columns), times * rows, columns);
        }

        /** Rows {@code from} to {@code to} of step t. */
        private WindowStep step(int t, int from, int to, Packed[] matricesOfStep) {
            int first = t * rows + from;
            int last = t * rows + to;
            Block[] previous = new Block[parts];
            Block[] next = new Block[parts];
            for (int i = 0; i < parts; i++) {
                previous[i] = states[i].rows(first, last);
                next[i] = states[i].rows(first + rows, last + rows);
            }
            Block[] ofRows = new Block[vectors.length];
            for (int i = 0; i < ofRows.length; i++) {
                ofRows[i] = vectors[i] == null ? null : vectors[i].rows(from, to);
            }
            return new WindowStep(
                    new Slices(gates.rows(first, last), width),
                    previous,
                    next,
                    slices(kept, first, last),
                    weights,
                    ofRows,
                    matricesOfStep);
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
            long work = (long) Math.min(chunk, used) * gates.columns() * rows * width;
            int pairs = (rows + 1) / 2;
            if (work < WORTH_SHARING || pairs < ROWS_A_THREAD) {
                part.run(0, rows);
            } else {
                k.split(pairs, ROWS_A_THREAD / 2, (from, to) -> part.run(2 * from, Math.min(rows, 2 * to)));
            }
        }

        // Forward.

        void forward(Kernels k, Block[] out) {
            for (int i = 0; i < parts; i++) {
                k.copy(in.first[i], firstStates[i]);
            }
            if (only != null) {
                inputs(k, x, bias, gates, 0, 1);
                step(k, only, 0, 0, rows, out[0]);
            } else {
                for (int t = 0; t < used; t += chunk) {
                    forward(k, t, Math.min(used, t + chunk), out[0]);
                }
            }
            if (!spans.isFull()) {
                clearPadding(k, out[0]);
            }
            for (int i = 0; i < parts; i++) {
                k.copy(lastStates[i], out[1 + i]);
            }
        }

        /** The steps {@code first} to {@code end}. */
        private void forward(Kernels k, int first, int end, Block out) {
            int from = first * rows;
            int to = end * rows;
            inputs(k, x.rows(from, to), bias.rows(from, to), gates.rows(from, to), first, end);
            split(k, (fromRow, toRow) -> {
                for (int t = first; t < end; t++) {
                    step(k, step(t, fromRow, toRow, matrices), t, fromRow, toRow, out);
                }
            });
        }

        /** What comes of the inputs: {@code a = b + x·Wx}, for the rows of some steps. */
        private void inputs(Kernels k, Block xs, Block biases, Block as, int first, int end) {
            if (!direct) {
                toTimeMajor(k, in.x, first, end);
            }
            k.copy(biases, as);
            k.multiplyAdd(xs, packedWx, as);
        }

        /** Padding becomes zeros: it is computed with, and a NaN in it would reach the gradients of the weights. */
        private void toTimeMajor(Kernels k, Block batchMajor, int first, int end) {
            int columns = x.columns();
            for (int n = 0; n < rows; n++) {
                int valid = Math.max(first, Math.min(end, spans.validSteps(n, steps)));
                for (int t = first; t < valid; t++) {
                    int from = batchMajor.offset() + (n * steps + t) * columns;
                    System.arraycopy(batchMajor.data(), from, x.data(), (t * rows + n) * columns, columns);
                }
                for (int t = valid; t < end; t++) {
                    k.fill(0f, row(x, t * rows + n));
                }
            }
        }

        private void step(Kernels k, FusedStep s, int t, int from, int to, Block out) {
            for (int n = from; n < to; n++) {
                for (int i = 0; i < parts && spans.begins(n, t); i++) {
                    k.fill(0f, row(s.previous(i), n - from));
                }
            }
            kernel.forward(k, s);
            for (int n = from; n < to; n++) {
                for (int i = 0; i < parts && !spans.valid(n, t); i++) {
                    k.copy(row(s.previous(i), n - from), row(s.next(i), n - from));
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
                k.fill(0f, out.rows(n * steps + spans.validSteps(n, steps), (n + 1) * steps));
            }
        }

        // Backward.

        void backward(Kernels k, Block[] dOut, Memory memory, Named d) {
            Back back = back(k, dOut, memory);
            Packed transposedWx = d.x == null ? null : memory.packed(in.wx.transposed());
            Block dx = direct || d.x == null ? null : scratch(memory, back.dGates.rows(), x.columns());
            for (int end = used; end > 0; ) {
                int first = (end - 1) / chunk * chunk;
                int count = (end - first) * rows;
                stepsBack(k, first, end, back);
                Block da = back.dGates.rows(0, count);
                FusedStep all = step(first, 0, count, back.weights)
                        .back(new Slices(da, width), slices(back.gradients, 0, count), null)
                        .addingTo(d.weights);
                Packed packedGradient = memory.packed(da);
                if (d.wx != null) {
                    k.multiplyAdd(x.rows(first * rows, end * rows).transposed(), packedGradient, d.wx);
                }
                if (d.b != null) {
                    k.addSumOfRows(da, d.b);
                }
                kernel.weightGradients(k, memory, all, packedGradient);
                if (d.x != null) {
                    addInputGradient(k, da, transposedWx, dx, d.x, first, end);
                }
                end = first;
            }
            for (int i = 0; i < parts; i++) {
                Block ofPart = d.first[i];
                if (ofPart != null) {
                    k.plus(ofPart, back.dStates[i], ofPart);
                }
            }
        }

        /**
         * What the steps of a backward pass work on.
         *
         * @param dOut the gradient of the outputs, batch-major
         * @param dGates the gradient of the gates at the steps of a chunk
         * @param gradients likewise the kernel's other arrays
         * @param dStates the gradient of the state between two steps
         * @param held what of it goes past a step that is padding; null where there is none
         * @param weights the recurrent weights, transposed
         */
        private record Back(
                Block dOut, Block dGates, Block[] gradients, Block[] dStates, Block[] held, Packed[] weights) {}

        private Back back(Kernels k, Block[] dOut, Memory memory) {
            int most = Math.min(chunk, used) * rows;
            int[] widths = kernel.gradients();
            Block[] gradients = new Block[widths.length];
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = scratch(memory, most, widths[i] * width);
            }
            Block[] dStates = new Block[parts];
            Block[] held = new Block[parts];
            for (int i = 0; i < parts; i++) {
                dStates[i] = scratch(memory, rows, states[i].columns());
                held[i] = spans.isFull() ? null : scratch(memory, rows, states[i].columns());
                k.copy(dOut[1 + i], dStates[i]);
            }
            Packed[] transposed = new Packed[weights.size()];
            for (int i = 0; i < transposed.length; i++) {
                transposed[i] = matrices[i] == null ? null : memory.packed(in.weights[i].transposed());
            }
            Block dGates = scratch(memory, most, gates.columns());
            return new Back(dOut[0], dGates, gradients, dStates, held, transposed);
        }

        private static Block scratch(Memory memory, int numberOfRows, int columns) {
            return Block.of(memory.scratch(numberOfRows * columns), numberOfRows, columns);
        }

        /** The steps from {@code end - 1} back to {@code first}. */
        private void stepsBack(Kernels k, int first, int end, Back back) {
            split(k, (from, to) -> {
                Block[] dState = new Block[parts];
                for (int i = 0; i < parts; i++) {
                    dState[i] = back.dStates[i].rows(from, to);
                }
                for (int t = end - 1; t >= first; t--) {
                    int fromRow = (t - first) * rows + from;
                    int toRow = (t - first) * rows + to;
                    FusedStep s = step(t, from, to, back.weights)
                            .back(
                                    new Slices(back.dGates.rows(fromRow, toRow), width),
                                    slices(back.gradients, fromRow, toRow),
                                    dState);
                    stepBack(k, s, t, from, to, back);
                }
            });
        }

        private void stepBack(Kernels k, FusedStep s, int t, int from, int to, Back back) {
            Block dh = s.dState(0);
            if (spans.allValidAt(t)) {
                int at = back.dOut.offset() + (from * steps + t) * width;
                k.plus(dh, new Block(back.dOut.data(), at, to - from, width, steps * width, 1, null), dh);
            } else {
                for (int n = from; n < to; n++) {
                    if (spans.valid(n, t)) {
                        k.plus(row(dh, n - from), row(back.dOut, n * steps + t), row(dh, n - from));
                    } else {
                        // The row stays as it was, and so does its gradient; the step itself gets none.
                        for (int i = 0; i < parts; i++) {
                            Block d = row(s.dState(i), n - from);
                            k.copy(d, row(back.held[i], n));
                            k.fill(0f, d);
                        }
                    }
                }
            }
            kernel.backward(k, s);
            for (int n = from; n < to; n++) {
                for (int i = 0; i < parts; i++) {
                    if (!spans.valid(n, t)) {
                        k.copy(row(back.held[i], n), row(s.dState(i), n - from));
                    }
                    if (spans.begins(n, t)) {
                        k.fill(0f, row(s.dState(i), n - from));
                    }
                }
            }
        }

        private void addInputGradient(
                Kernels k, Block da, Packed transposedWx, Block timeMajor, Block dx, int first, int end) {
            if (direct) {
                k.multiplyAdd(da, transposedWx, dx.rows(first * rows, end * rows));
                return;
            }
            k.multiply(da, transposedWx, timeMajor.rows(0, da.rows()));
            for (int n = 0; n < rows; n++) {
                int valid = Math.min(end, spans.validSteps(n, steps));
                if (valid > first) {
                    Block to = dx.rows(n * steps + first, n * steps + valid);
                    Block from = new Block(
                            timeMajor.data(),
                            n * dx.columns(),
                            valid - first,
                            dx.columns(),
                            rows * dx.columns(),
                            1,
                            null);
                    k.plus(to, from, to);
                }
            }
        }
    }
}
