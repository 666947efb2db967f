package org.rnn4j.core.optim;

import java.util.List;

/**
 * RMSprop (Tieleman and Hinton, 2012): {@code s = keep * s + (1 - keep) * g², w -= rate * g / (√s + epsilon)} with
 * {@code g = dw + decay * w}.
 *
 * @param keep how much of the running mean is kept, in [0,1); 0.99 by default, as in PyTorch
 * @param epsilon keeps the divisor off 0; 1e-8 by default
 */
public record RmsProp(Double keep, Double epsilon) implements UpdateRule {
    /** Checks the ranges. */
    public RmsProp {
        keep = keep == null ? 0.99 : Settings.fraction("keep", keep);
        epsilon = epsilon == null ? 1e-8 : Settings.positive("epsilon", epsilon);
    }

    @Override
    public List<String> memory() {
        return List.of("s");
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float rate = (float) move.rate();
        float decay = (float) move.weightDecay();
        float old = keep.floatValue();
        float fresh = (float) (1 - keep);
        float small = epsilon.floatValue();
        float[] s = memory[0];
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                float g = dw[i] + decay * w[i];
                s[i] = old * s[i] + fresh * g * g;
                w[i] -= rate * g / ((float) Math.sqrt(s[i]) + small);
            }
        });
    }
}
