package org.rnn4j.testkit;

import java.util.List;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/** A cell with only its composed step, without the hand-written one. */
record Composed(Recurrent cell) implements Recurrent {
    @Override
    public List<StatePart> state() {
        return cell.state();
    }

    @Override
    public Step step(Tensor x, State previous) {
        return cell.step(x, previous);
    }
}
