package org.rnn4j.core.optim;

import java.util.List;

/**
 * Stochastic gradient descent: {@code w -= rate * (dw + decay * w)}.
 */
public record Sgd() implements UpdateRule {
    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float rate = (float) move.rate();
        float decay = (float) move.weightDecay();
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * (dw[i] + decay * w[i]);
        }
    }
}
