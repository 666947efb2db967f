package org.rnn4j.layers.feedforward;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;

/**
 * A convolution over time: each output sees k steps, with the same weights at every step. {@code (N,T,D)} to {@code (N,T,C)}.
 *
 * <pre>
 * y_t = b + Σ_j x_{t + j * dilation - left} · W_j       j = 0 … k-1: W_0 meets the earliest of the steps
 * left = (k-1) * dilation                               causal: step t is the last that y_t sees
 * left = (k-1) * dilation / 2, rounded down             centred
 *
 * weight (k·D,C): W_0 above W_1 …    bias (C)
 * </pre>
 *
 * <p>Steps outside the sequence count as zeros: those past a row's end, those of another sequence beyond a reset, and those before the window. If the
 * layer is stateful, a window instead sees the last steps of the previous window, and gradients stop there. A causal convolution can stream: its
 * state is the last {@code (k-1) * dilation} inputs. A centred one looks ahead, so it can neither stream nor be stateful.
 *
 * <pre>{@code
 * Layer layer = new Convolution(64, 128, 3).create(params); // causal
 * Layer wider = new Convolution(64, 128, 3, 4, Convolution.Padding.CENTRED, null, null).create(params); // sees t-4, t, t+4
 * }</pre>
 *
 * <p>Cost: k·D·C multiply-adds for each row and step, and a copy of the k·D numbers that they meet. Source: Waibel et al., "Phoneme recognition
 * using time-delay neural networks", 1989; causal and dilated: van den Oord et al., "WaveNet", 2016, section 2.1. It is PyTorch's {@code Conv1d}, with the
 * channels innermost.
 *
 * @param inputs D, the width of the input
 * @param outputs C, the width of the output
 * @param kernel k, the number of steps that an output sees
 * @param dilation the distance between these steps; 1, adjacent steps, by default
 * @param padding the position of a step among them; {@link Padding#CAUSAL} by default
 * @param init the initial values of the weight; {@link Init#lecun} by default. The bias starts as zeros
 * @param stateful whether a window sees the last steps of the previous one; false by default
 */
public record Convolution(
        int inputs, int outputs, int kernel, Integer dilation, Padding padding, Init init, Boolean stateful)
        implements LayerSpec<Layer> {
    /** The position of a step among the steps that its output sees. */
    public enum Padding {
        /** The step is the last of them, so that no output depends on what comes later. */
        CAUSAL,
        /** The step is in their middle; of an even number, the later half is the larger by one. */
        CENTRED
    }

    /** Checks the sizes; null is the default. */
    public Convolution {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "outputs", outputs);
        Spec.atLeast(1, "kernel", kernel);
        if (kernel > Integer.MAX_VALUE / inputs) {
            throw new IllegalArgumentException(
                    "kernel is " + kernel + ", expected at most " + Integer.MAX_VALUE / inputs + ": so many steps of "
                            + inputs + " inputs stand side by side in one array");
        }
        dilation = Spec.atLeast(1, "dilation", dilation == null ? 1 : dilation);
        padding = padding == null ? Padding.CAUSAL : padding;
        init = init == null ? Init.lecun() : init;
        stateful = stateful != null && stateful;
        if (stateful && padding == Padding.CENTRED) {
            throw new IllegalArgumentException(
                    "stateful is true with CENTRED padding, which looks ahead at steps of the"
                            + " window to come; expected CAUSAL");
        }
    }

    /** A causal convolution of adjacent steps. */
    public Convolution(int inputs, int outputs, int kernel) {
        this(inputs, outputs, kernel, null, null, null, null);
    }

    /** The same, with each window continuing from the previous one. */
    public static Convolution stateful(int inputs, int outputs, int kernel) {
        return new Convolution(inputs, outputs, kernel, null, null, null, true);
    }

    @Override
    public Layer create(Params params) {
        Tensor weight = params.get("weight", init, kernel * inputs, outputs);
        Tensor bias = params.get("bias", Init.zeros(), outputs);
        return (x, pass) -> {
            Shape shape = x.shape();
            if (shape.rank() != 3 || shape.dim(1) == 0 || shape.columns() != inputs) {
                throw new IllegalArgumentException("expects (N,T," + inputs + ") with T at least 1, got " + shape);
            }
            Tensor seen = seen(x, pass);
            Tensor y = AffineOp.AFFINE.of(seen, weight, bias);
            return pass.spans().isFull()
                    ? y
                    : y.where(pass.spans().mask(shape.dim(0), shape.dim(1)), pass.zeros(y.shape()));
        };
    }

    /** The inputs of every output, (N,T,k·D); carries the inputs that the outputs of the next window see. */
    private Tensor seen(Tensor x, Pass pass) {
        int rows = x.shape().dim(0);
        int steps = x.shape().dim(1);
        int reach = (kernel - 1) * dilation;
        int left = padding == Padding.CAUSAL ? reach : reach / 2;
        if (left < reach) {
            pass.needsWholeSequence();
        }
        int held = left < reach ? 0 : reach;
        Table table = new Table(steps, held, starts(rows, steps, pass.spans()), pass.spans());
        // Of each row one step of zeros, the steps held, and those of the window.
        List<Tensor> parts = new ArrayList<>();
        parts.add(pass.zeros(Shape.of(rows, inputs)));
        if (held > 0) {
            List<StatePart> state = List.of(StatePart.of("x", held, inputs));
            State first = stateful ? pass.carried(state, rows) : pass.initial(state, rows);
            parts.add(first.get("x").reshape(rows, held * inputs));
        }
        parts.add(x.reshape(rows, steps * inputs));
        Tensor numbers = Tensor.join(parts).reshape(rows * table.steps(), inputs);
        if (held > 0) {
            pass.carry(State.of("x", numbers.lookup(table.last(rows))));
        }
        return numbers.lookup(table.seen(rows, kernel, dilation, left)).reshape(rows, steps, kernel * inputs);
    }

    /** For each step of each row, the one at which its sequence began; before all steps where that was in an earlier window. */
    private static int[][] starts(int rows, int steps, Spans spans) {
        int[][] starts = new int[rows][steps];
        for (int n = 0; n < rows; n++) {
            int start = Integer.MIN_VALUE;
            for (int t = 0; t < steps; t++) {
                start = spans.begins(n, t) ? t : start;
                starts[n][t] = start;
            }
        }
        return starts;
    }

    /**
     * Which step of its row a step sees, as a row of a table that has one step of zeros, the steps held and those of the window, for each row.
     *
     * @param window T, the steps of the window
     * @param held the steps before it
     */
    private record Table(int window, int held, int[][] starts, Spans spans) {
        /** How many steps the table has of each row. */
        int steps() {
            return 1 + held + window;
        }

        /** What step {@code t} of row {@code n} sees at step {@code u}: zeros outside its sequence. */
        int at(int n, int t, int u) {
            boolean inside =
                    u >= -held && u < spans.validSteps(n, window) && starts[n][Math.max(t, u)] <= Math.min(t, u);
            return n * steps() + (inside ? 1 + held + u : 0);
        }

        /** What every step sees. */
        Ids seen(int rows, int kernel, int dilation, int left) {
            int[] seen = new int[rows * window * kernel];
            int next = 0;
            for (int n = 0; n < rows; n++) {
                for (int t = 0; t < window; t++) {
                    for (int j = 0; j < kernel; j++) {
                        seen[next++] = at(n, t, t + j * dilation - left);
                    }
                }
            }
            return Ids.of(Shape.of(rows, window, kernel), seen);
        }

        /** The last valid steps, kept for the next window. A reset after a row's end also clears them. */
        Ids last(int rows) {
            int[] last = new int[rows * held];
            int next = 0;
            for (int n = 0; n < rows; n++) {
                int end = spans.validSteps(n, window);
                for (int u = end - held; u < end; u++) {
                    last[next++] = at(n, window - 1, u);
                }
            }
            return Ids.of(Shape.of(rows, held), last);
        }
    }
}
