package org.rnn4j.core.optim;

import java.util.List;

/**
 * AdaGrad (Duchi, Hazan and Singer, 2011): {@code s += g², w -= rate * g / (√s + epsilon)} with {@code g = dw + decay * w}.
 *
 * @param epsilon keeps the divisor off 0; 1e-10 by default, as in PyTorch
 */
public record AdaGrad(Double epsilon) implements UpdateRule {
    /** Checks the range. */
    public AdaGrad {
        epsilon = epsilon == null ? 1e-10 : Settings.positive("epsilon", epsilon);
    }

    @Override
    public List<String> memory() {
        return List.of("s");
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float rate = (float) move.rate();
        float decay = (float) move.weightDecay();
        float small = epsilon.floatValue();
        float[] s = memory[0];
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                float g = dw[i] + decay * w[i];
                s[i] += g * g;
                w[i] -= rate * g / ((float) Math.sqrt(s[i]) + small);
            }
        });
    }

    @Override
    public boolean leavesZeros(Move move) {
        return move.weightDecay() == 0;
    }
}
