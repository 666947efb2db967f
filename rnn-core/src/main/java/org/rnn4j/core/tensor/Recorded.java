package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.Saved;

/** One application of an op, as the backward pass needs it: a node of the graph that tensors hold behind them. */
final class Recorded {
    final Op op;
    final FloatTensor[] inputs;
    final FloatTensor[] outputs;
    final SavedArrays saved;
    private final long[] versions;

    Recorded(Op op, FloatTensor[] inputs, int outputs, SavedArrays saved) {
        this.op = op;
        this.inputs = inputs;
        this.outputs = new FloatTensor[outputs];
        this.saved = saved;
        this.versions = new long[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            versions[i] = inputs[i].storage == null ? 0 : inputs[i].storage.version();
        }
    }

    /** Refuses to compute a gradient from parameters that are no longer those of the forward pass. */
    void checkVersions() {
        for (int i = 0; i < inputs.length; i++) {
            Storage storage = inputs[i].storage;
            if (storage != null && storage.version() != versions[i]) {
                throw new IllegalStateException("backward: parameter " + storage.name()
                        + " was changed after the forward pass (version " + versions[i] + ", now " + storage.version()
                        + "); run the forward pass again");
            }
        }
    }

    /** {@link Saved} as ordinary arrays. */
    static final class SavedArrays implements Saved {
        private final List<float[]> arrays = new ArrayList<>(2);

        @Override
        public float[] take(int size) {
            float[] array = new float[size];
            arrays.add(array);
            return array;
        }

        @Override
        public float[] get(int index) {
            return arrays.get(index);
        }
    }
}
