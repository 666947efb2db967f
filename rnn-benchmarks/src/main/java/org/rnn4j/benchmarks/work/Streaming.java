package org.rnn4j.benchmarks.work;

import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.Uniform;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.sequence.TimeLSTM;

/** An LSTM that answers one request at a time: workload W6, a step with carried state and a sequence. */
public final class Streaming {
    /** How many steps a sequence has. */
    public static final int STEPS = 100;

    /** How many single steps are measured together, as one lasts only microseconds. */
    public static final int CALLS = 200;

    private final Model model;
    private final Session session;
    private final float[] x;
    private final float[] y;
    private final Tensor sequence;

    /** A new model. */
    public Streaming(int inputs, int hidden) {
        model = Model.create(
                        ModelSpec.chain()
                                .then("lstm", new TimeLSTM(inputs, hidden))
                                .build(),
                        1)
                .inference();
        session = model.session(1);
        Uniform draw = new Uniform(3);
        x = draw.centred(inputs);
        y = new float[hidden];
        sequence = Tensors.of(Shape.of(1, STEPS, inputs), draw.centred(STEPS * inputs));
    }

    /** One step that goes on from the one before. */
    public float step(int i) {
        session.step(x, y);
        return Float.NaN;
    }

    /** A whole sequence from zeros. */
    public float sequence(int i) {
        model.forward(sequence);
        return Float.NaN;
    }

    /** The output of the last step. */
    float[] output() {
        return y;
    }
}
