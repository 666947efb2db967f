package org.rnn4j.core.optim;

import java.util.List;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1):
 *
 * <pre>{@code
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g²
 * w -= rate * (m / (1 - beta1^t)) / (√(v / (1 - beta2^t)) + epsilon)      with g = dw + decay * w
 * }</pre>
 *
 * @param beta1 in [0,1); 0.9 by default
 * @param beta2 in [0,1); 0.999 by default
 * @param epsilon keeps the divisor off 0; 1e-8 by default
 */
public record Adam(Double beta1, Double beta2, Double epsilon) implements UpdateRule {
    /** Checks the ranges. */
    public Adam {
        beta1 = beta1 == null ? 0.9 : Settings.fraction("beta1", beta1);
        beta2 = beta2 == null ? 0.999 : Settings.fraction("beta2", beta2);
        epsilon = epsilon == null ? 1e-8 : Settings.positive("epsilon", epsilon);
    }

    /** Adam with its usual settings. */
    public Adam() {
        this(null, null, null);
    }

    @Override
    public List<String> memory() {
        return List.of("m", "v");
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float decay = (float) move.weightDecay();
        float keep1 = beta1.floatValue();
        float keep2 = beta2.floatValue();
        float fresh1 = (float) (1 - beta1);
        float fresh2 = (float) (1 - beta2);
        float rate = (float) (move.rate() / (1 - StrictMath.pow(beta1, (double) move.step())));
        float scale = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) move.step())));
        float small = epsilon.floatValue();
        float[] m = memory[0];
        float[] v = memory[1];
        UpdateRule.inParts(w.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                float g = dw[i] + decay * w[i];
                m[i] = keep1 * m[i] + fresh1 * g;
                v[i] = keep2 * v[i] + fresh2 * g * g;
                w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * scale + small);
            }
        });
    }
}
