package acme.six;

import java.util.List;
import org.rnn4j.core.optim.Schedule;

/** {@code first / (1 + step)}. */
public record Harmonic(double first) implements Schedule {
    @Override
    public double rate(long step, List<Double> validations) {
        return first / (1 + step);
    }
}
