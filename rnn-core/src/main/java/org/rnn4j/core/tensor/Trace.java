package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.IdsOp;
import org.rnn4j.api.op.Op;

/**
 * Records one step of a session: the ops whose outputs depend on its input or its states, in order. {@link Replay} runs them again for other inputs
 * and states. Values that do not depend on them, such as functions of parameters only, are constants of the session.
 *
 * <p>The tensors of the step carry the trace and pass it on to everything that is computed from them. The trace therefore also notices when a layer
 * reads one of their numbers, or an id. Such a trace cannot be used, because the layer might have run other ops for another number.
 */
public final class Trace {
    /** One application of an op. */
    record Application(Op op, FloatTensor[] inputs, Block[] out) {}

    final List<Application> applications = new ArrayList<>();
    final List<FloatTensor> states = new ArrayList<>();
    /** The input, one of the two; the other is null. */
    FloatTensor x;

    Ids ids;

    private boolean open = true;
    private boolean read;

    /** The step's input: numbers. */
    public Tensor input(Tensor value) {
        x = traced(value);
        return x;
    }

    /** The step's input: ids. */
    public Ids input(Ids value) {
        ids = value;
        return new TracedIds(value, this);
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

    /** The trace that an application belongs to; null where there is none. */
    static Trace of(Op op, FloatTensor[] inputs) {
        Trace ofIds = op instanceof IdsOp withIds ? TracedIds.traceOf(withIds.ids()) : null;
        if (ofIds != null && ofIds.open) {
            return ofIds;
        }
        for (FloatTensor input : inputs) {
            if (input.trace != null && input.trace.open) {
                return input.trace;
            }
        }
        return null;
    }

    /** Adds an op after all that computed its inputs, even if a layer has its own threads. */
    synchronized void add(Op op, FloatTensor[] inputs, Block[] out) {
        applications.add(new Application(op, inputs, out));
    }

    /** A number or an id of this step was read. */
    void wasRead() {
        read |= open;
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
        return read
                ? Optional.empty()
                : Optional.of(new Replay(
                        this,
                        FloatTensor.of(output),
                        next.stream().map(FloatTensor::of).toList()));
    }
}
