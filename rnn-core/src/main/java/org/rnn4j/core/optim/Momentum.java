package org.rnn4j.core.optim;

import java.util.List;

/**
 * Gradient descent with momentum (Polyak, 1964): {@code v = momentum * v - rate * g, w += v} with {@code g = dw + decay * w}.
 *
 * <p>This is the book's form. At a constant rate it equals PyTorch's, which multiplies by the rate at the end; when the rate changes, an earlier step
 * keeps the rate that it was taken with.
 *
 * @param momentum how much of the last move is kept, in [0,1); 0.9 by default
 */
public record Momentum(Double momentum) implements UpdateRule {
    /** Checks the range. */
    public Momentum {
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
                v[i] = keep * v[i] - rate * (dw[i] + decay * w[i]);
                w[i] += v[i];
            }
        });
    }
}
