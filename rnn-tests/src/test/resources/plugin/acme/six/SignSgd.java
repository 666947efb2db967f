package acme.six;

import java.util.List;
import org.rnn4j.core.optim.UpdateRule;

/** {@code w -= rate * sign(dw)}. */
public record SignSgd() implements UpdateRule {
    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        float rate = (float) move.rate();
        for (int i = 0; i < w.length; i++) {
            w[i] -= rate * Math.signum(dw[i]);
        }
    }
}
