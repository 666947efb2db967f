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
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                w[i] -= rate * (dw[i] + decay * w[i]);
            }
        });
    }

    @Override
    public boolean leavesZeros(Move move) {
        return move.weightDecay() == 0;
    }
}
