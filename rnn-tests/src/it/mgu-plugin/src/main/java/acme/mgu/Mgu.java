package acme.mgu;

import java.util.List;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * One step of the minimal gated unit (Zhou et al., 2016), a GRU with one gate:
 *
 * <pre>
 * f  = sigmoid(x·Wx_f + h'·Wh_f + b_f)
 * h~ = tanh(x·Wx_h + (f * h')·Wh_h + b_h)
 * h  = (1 - f) * h' + f * h~
 * </pre>
 */
public record Mgu(int inputs, int hidden) implements LayerSpec<Recurrent> {
    public Mgu {
        LayerSpec.atLeast(1, "inputs", inputs);
        LayerSpec.atLeast(1, "hidden", hidden);
    }

    @Override
    public Recurrent create(Params params) {
        return new Cell(gate(params.scope("forget")), gate(params.scope("candidate")));
    }

    private Gate gate(Params params) {
        return new Gate(
                params.get("wx", Init.xavier(), inputs, hidden),
                params.get("wh", Init.orthogonal(1), hidden, hidden),
                params.get("b", Init.zeros(), hidden));
    }

    private record Gate(Tensor wx, Tensor wh, Tensor b) {
        Tensor of(Tensor x, Tensor h) {
            return x.matmul(wx).plus(h.matmul(wh)).plus(b);
        }
    }

    private record Cell(Gate forget, Gate candidate) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", forget.wh().shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor before = previous.get("h");
            Tensor f = forget.of(x, before).sigmoid();
            Tensor fresh = candidate.of(x, f.times(before)).tanh();
            Tensor h = f.oneMinus().times(before).plus(f.times(fresh));
            return new Step(h, State.of("h", h));
        }
    }
}
