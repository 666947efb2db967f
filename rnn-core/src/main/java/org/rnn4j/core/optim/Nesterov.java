package org.rnn4j.core.optim;

import java.util.List;

/**
 * Nesterov's accelerated gradient in the form of Bengio, Boulanger-Lewandowski and Pascanu (2012), equations 6 and 7:
 * {@code v = momentum * v - rate * g, w += momentum * v - rate * g} with {@code g = dw + decay * w}.
 *
 * @param momentum how much of the last move is kept, in [0,1); 0.9 by default
 */
public record Nesterov(Double momentum) implements UpdateRule {
    /** Checks the range. */
    public Nesterov {
        momentum = momentum == null ? 0.9 : Settings.fraction("momentum", momentum);
    }

    @Override
    public List<String> memory() {
        return List.of("v");
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float rate = (float) move.rate();
        float decay = (float) move.weightDecay();
        float keep = momentum.floatValue();
        float[] v = memory[0];
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                float push = rate * (dw[i] + decay * w[i]);
                v[i] = keep * v[i] - push;
                w[i] += keep * v[i] - push;
            }
        });
    }
}
