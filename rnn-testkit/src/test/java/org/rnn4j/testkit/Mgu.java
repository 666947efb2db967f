package org.rnn4j.testkit;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * The good example: one step of a minimal gated unit (Zhou et al., 2016),
 * {@code f = σ(x·Wf + h·Uf + bf), h' = (1-f)*h + f*tanh(x·Wh + (f*h)·Uh + bh)}.
 */
public record Mgu(int inputs, int hidden) implements CellSpec {
    @Override
    public Recurrent create(Params params) {
        return new Cell(
                params.get("wx", Init.xavier(), inputs, 2 * hidden),
                params.get("uf", Init.orthogonal(1), hidden, hidden),
                params.get("uh", Init.orthogonal(1), hidden, hidden),
                params.get("b", Init.zeros(), 2 * hidden));
    }

    record Cell(Tensor wx, Tensor uf, Tensor uh, Tensor b) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", uf.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = uf.shape().dim(0);
            Tensor h = previous.get("h");
            Tensor fromX = x.matmul(wx).plus(b);
            Tensor f = fromX.columns(0, width).plus(h.matmul(uf)).sigmoid();
            Tensor candidate =
                    fromX.columns(width, 2 * width).plus(f.times(h).matmul(uh)).tanh();
            Tensor next = f.oneMinus().times(h).plus(f.times(candidate));
            return new Step(next, State.of("h", next));
        }
    }
}
