package acme;

import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;

/** A cell over time, stateful unless told otherwise. */
public record Over(CellSpec cell, Boolean stateful) implements LayerSpec<Layer> {
    public Over {
        if (cell == null) {
            throw new IllegalArgumentException("cell: expected a recurrent cell");
        }
        stateful = stateful == null || stateful;
    }

    @Override
    public Layer create(Params params) {
        Recurrent unit = cell.create(params.scope("cell"));
        return (x, pass) -> {
            int rows = x.shape().dim(0);
            State first = stateful ? pass.carried(unit.state(), rows) : pass.initial(unit.state(), rows);
            Step run = pass.unroll(unit, x, first);
            pass.carry(run.state());
            return run.output();
        };
    }
}
