package org.rnn4j.core.tensor;

import org.rnn4j.api.op.Op;

/** One application of an op, as the backward pass needs it: a node of the graph that tensors refer to. */
final class Recorded {
    final Op op;
    final FloatTensor[] inputs;
    final FloatTensor[] outputs;
    final OpMemory memory;
    private final long[] versions;

    Recorded(Op op, FloatTensor[] inputs, int outputs, OpMemory memory) {
        this.op = op;
        this.inputs = inputs;
        this.outputs = new FloatTensor[outputs];
        this.memory = memory;
        this.versions = new long[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            versions[i] = inputs[i].storage == null ? 0 : inputs[i].storage.version();
        }
    }

    /** Refuses to compute a gradient from parameters that are no longer those of the forward pass. */
    void check() {
        for (int i = 0; i < inputs.length; i++) {
            Storage storage = inputs[i].storage;
            if (storage != null && storage.version() != versions[i]) {
                throw new IllegalStateException("backward: parameter " + storage.name()
                        + " was changed after the forward pass (version " + versions[i] + ", now " + storage.version()
                        + "); run the forward pass again");
            }
        }
    }
}
