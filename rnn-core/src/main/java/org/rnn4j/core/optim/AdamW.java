package org.rnn4j.core.optim;

import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2): {@code w -= rate * decay * w}, then Adam's step without
 * decay in the gradient. The decay is the parameter group's.
 *
 * @param beta1 in [0,1); 0.9 by default
 * @param beta2 in [0,1); 0.999 by default
 * @param epsilon keeps the divisor off 0; 1e-8 by default
 */
public record AdamW(Double beta1, Double beta2, Double epsilon) implements UpdateRule {
    /** Checks the ranges and fills in the defaults, which are Adam's. */
    public AdamW {
        Adam adam = new Adam(beta1, beta2, epsilon);
        beta1 = adam.beta1();
        beta2 = adam.beta2();
        epsilon = adam.epsilon();
    }

    /** AdamW with its usual settings. */
    public AdamW() {
        this(null, null, null);
    }

    @Override
    public List<String> memory() {
        return List.of("m", "v");
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float keep = (float) (1 - move.rate() * move.weightDecay());
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                w[i] *= keep;
            }
        });
        new Adam(beta1, beta2, epsilon).update(new Move(move.rate(), 0, move.step()), w, dw, memory);
    }
}
