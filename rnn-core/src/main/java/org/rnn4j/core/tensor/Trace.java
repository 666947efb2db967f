package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Op;

/**
 * What one step of a session did: the ops whose outputs depend on its input or its states, in order. {@link Replay} does it again for
 * others. What does not depend on them, such as a function of parameters alone, is a constant to the session.
 *
 * <p>It is seen from the tensors: those that the step is given carry the trace, and hand it on to all that is computed from them. So it is
 * also seen when a layer reads one of their numbers, or an id: as nobody knows what the layer would have done for another number, such a
 * trace is of no use.
 */
public final class Trace implements Runnable {
    /** One application of an op. */
    record Application(Op op, FloatTensor[] inputs, Block[] out) {}

    final List<Application> applications = new ArrayList<>();
    final List<FloatTensor> states = new ArrayList<>();
    /** The input, one of the two; the other is null. */
    FloatTensor x;

    Ids ids;

    private boolean open = true;
    private boolean wasRead;

    /** The step's input: numbers. */
    public Tensor input(Tensor value) {
        x = traced(value);
        return x;
    }

    /** The step's input: ids. */
    public Ids input(Ids value) {
        ids = value;
        return value.watched(this);
    }

    /** One of the step's states. */
    public Tensor state(Tensor value) {
        FloatTensor state = traced(value);
        states.add(state);
        return state;
    }

    private FloatTensor traced(Tensor value) {
        FloatTensor floats = FloatTensor.of(value);
        // A copy: one array may be two states.
        return FloatTensor.traced(floats.shape, floats.data.clone(), this);
    }

    /** The ids, to be read by an op that the trace knows how to repeat. */
    static Ids unwatched(Ids ids) {
        Trace trace = of(ids);
        return trace == null ? ids : trace.ids;
    }

    /** The trace that is being recorded and that the ids came in with; null where there is none. */
    static Trace of(Ids ids) {
        return ids.watcher().orElse(null) instanceof Trace trace && trace.open ? trace : null;
    }

    /** The trace that an application belongs to; null where there is none. */
    static Trace of(Op op, FloatTensor[] inputs) {
        if (op instanceof IdsOp withIds && withIds.trace() != null) {
            return withIds.trace();
        }
        for (FloatTensor input : inputs) {
            if (input.trace != null && input.trace.open) {
                return input.trace;
            }
        }
        return null;
    }

    /** Behind all that computed its inputs, also where a layer has threads of its own. */
    synchronized void add(Op op, FloatTensor[] inputs, Block[] out) {
        applications.add(new Application(op, inputs, out));
    }

    /** A number or an id of this step was read. */
    @Override
    public void run() {
        wasRead |= open;
    }

    /** Ends the recording: what happens from here on is not part of the step. */
    public void close() {
        open = false;
    }

    /**
     * Ends the recording of a step with these results.
     *
     * @param next the states after the step, in the order of the states before it
     * @return empty where a layer read a number
     */
    public Optional<Replay> replay(Tensor output, List<Tensor> next) {
        close();
        return wasRead
                ? Optional.empty()
                : Optional.of(new Replay(
                        this,
                        FloatTensor.of(output),
                        next.stream().map(FloatTensor::of).toList()));
    }
}
