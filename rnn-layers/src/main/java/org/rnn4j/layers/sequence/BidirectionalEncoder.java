package org.rnn4j.layers.sequence;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * {@link Bidirectional} with its last states as additional outputs, with gradients, from which a {@link Decoder} can start.
 *
 * <pre>
 * output (N,T,2H), and of an LSTM
 * forward.h,  forward.c  (N,H)       the state of f after the last valid step
 * backward.h, backward.c (N,H)       the state of b after step 0
 * </pre>
 *
 * <p>A {@link Bridge} combines the two states into the one that a decoder needs:
 *
 * <pre>{@code
 * .node("encoder", new BidirectionalEncoder(new GRU(D, H)), "read")
 * .node("first", new Bridge(2 * H, H), "encoder.forward.h", "encoder.backward.h")
 * .node("decoder", new Decoder(new GRU(D, H)), "write", "first")
 * }</pre>
 *
 * <p>Cost and source: see {@link Bidirectional}.
 *
 * @param cell one time step; the parameters of its two copies have {@code forward} and {@code backward} in their paths
 * @param merge how the two outputs of a step are combined; {@link Bidirectional.Merge#CONCATENATE} by default
 */
public record BidirectionalEncoder(CellSpec cell, Bidirectional.Merge merge) implements LayerSpec<Node> {
    private static final String FORWARD = "forward";
    private static final String BACKWARD = "backward";

    /** Checks that there is a cell; a {@code merge} of null is the default. */
    public BidirectionalEncoder {
        merge = new Bidirectional(cell, merge).merge();
    }

    /** With the outputs side by side. */
    public BidirectionalEncoder(CellSpec cell) {
        this(cell, null);
    }

    @Override
    public Node create(Params params) {
        Recurrent forward = cell.part(FORWARD, params);
        Recurrent backward = cell.part(BACKWARD, params);
        List<String> names = new ArrayList<>(List.of("output"));
        for (String direction : List.of(FORWARD, BACKWARD)) {
            for (StatePart part : forward.state()) {
                names.add(direction + "." + part.name());
            }
        }
        return new Node() {
            @Override
            public List<Value> forward(List<Value> inputs, Pass pass) {
                Tensor x = Node.only(inputs, Tensor.class);
                pass.needsWholeSequence();
                x.shape().window();
                Step f = pass.within(FORWARD, place -> place.unroll(forward, x));
                Step b = pass.within(BACKWARD, place -> fromTheEnd(backward, x, place));
                List<Value> values = FirstState.values(List.of(merge.of(f.output(), b.output())), f.state());
                return FirstState.values(values, b.state());
            }

            @Override
            public List<String> outputs() {
                return List.copyOf(names);
            }
        };
    }

    private static Step fromTheEnd(Recurrent cell, Tensor x, Pass pass) {
        Ids order = order(x.shape(), pass.spans());
        Step run = pass.over(turned(x.shape(), pass.spans())).unroll(cell, inOrder(x, order));
        return new Step(inOrder(run.output(), order), run.state());
    }

    /** The position in {@code (N·T)} of the step that is t-th from a row's end; padding stays where it is. Its own inverse. */
    private static Ids order(Shape window, Spans spans) {
        int rows = window.dim(0);
        int steps = window.dim(1);
        int[] order = new int[rows * steps];
        for (int n = 0; n < rows; n++) {
            int valid = spans.validSteps(n, steps);
            for (int t = 0; t < steps; t++) {
                order[n * steps + t] = n * steps + (t < valid ? valid - 1 - t : t);
            }
        }
        return Ids.of(Shape.of(rows, steps), order);
    }

    private static Tensor inOrder(Tensor x, Ids order) {
        return x.reshape(x.shape().rows(), x.shape().columns()).lookup(order);
    }

    /** The spans of the turned window: rows end where they did, and one that ended before step t, where the next begins, begins at L - t. */
    private static Spans turned(Shape window, Spans spans) {
        boolean[][] begins = new boolean[window.dim(0)][window.dim(1)];
        for (int n = 0; n < begins.length; n++) {
            int valid = spans.validSteps(n, window.dim(1));
            for (int t = 1; t < valid; t++) {
                begins[n][valid - t] = spans.begins(n, t);
            }
        }
        return spans.beginning(begins);
    }
}
