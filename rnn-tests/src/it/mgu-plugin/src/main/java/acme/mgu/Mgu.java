package acme.mgu;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;

/**
 * One step of the minimal gated unit (Zhou et al., 2016), a GRU with one gate:
 *
 * <pre>
 * f = sigmoid(x·Wx_f + h'·Wf + b_f)
 * n = tanh(x·Wx_n + (f * h')·Wn + b_n)
 * h = (1 - f) * h' + f * n
 *
 * x (N,D)   h', h (N,H)   Wx (D,2H) and b (2H) in the order f, n   Wf, Wn (H,H)
 * </pre>
 */
public record Mgu(int inputs, int hidden) implements LayerSpec<Recurrent> {
    public Mgu {
        LayerSpec.atLeast(1, "inputs", inputs);
        LayerSpec.atLeast(1, "hidden", hidden);
    }

    @Override
    public Recurrent create(Params params) {
        return new Cell(
                params.get("wx", Init.gates(Init.xavier(), Init.xavier()), inputs, 2 * hidden),
                params.get("wf", Init.orthogonal(1), hidden, hidden),
                params.get("wn", Init.orthogonal(1), hidden, hidden),
                params.get("b", Init.zeros(), 2 * hidden));
    }

    private record Cell(Tensor wx, Tensor wf, Tensor wn, Tensor b) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", width()));
        }

        private int width() {
            return wf.shape().dim(0);
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor before = previous.get("h");
            Tensor a = x.matmul(wx).plus(b);
            Tensor f = a.columns(0, width()).plus(before.matmul(wf)).sigmoid();
            Tensor n = a.columns(width(), 2 * width()).plus(f.times(before).matmul(wn)).tanh();
            Tensor h = f.oneMinus().times(before).plus(f.times(n));
            return new Step(h, State.of("h", h));
        }
        // snippet: fused

        @Override
        public Optional<Fused> fused() {
            return Fused.of(new MguKernel(), wx, b, wf, wn);
        }
        // end
    }
}
