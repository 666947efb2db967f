package acme;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/** A cell of which there were two versions before: {@code hidden} was {@code size}, and {@code leak} was a percentage. */
public record Unit(int inputs, int hidden, Double leak) implements CellSpec {
    public Unit {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "hidden", hidden);
        leak = leak == null ? 1 : leak;
        if (!(leak > 0 && leak <= 1)) {
            throw new IllegalArgumentException("leak is " + leak + ", expected above 0 and at most 1");
        }
    }

    @Override
    public Recurrent create(Params params) {
        return new Cell(
                params.get("wx", Init.xavier(), inputs, hidden), params.get("wh", Init.orthogonal(1), hidden, hidden));
    }

    /** h = tanh(x·Wx + h·Wh). */
    public record Cell(Tensor wx, Tensor wh) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", wh.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor h = x.matmul(wx).plus(previous.get("h").matmul(wh)).tanh();
            return new Step(h, State.of("h", h));
        }
    }
}
