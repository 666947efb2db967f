package acme;

import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/** Rows by id. */
public record Table(int ids, int width, Init init) implements LayerSpec<IdsLayer> {
    public Table {
        Spec.atLeast(1, "ids", ids);
        Spec.atLeast(1, "width", width);
    }

    @Override
    public IdsLayer create(Params params) {
        Tensor rows = params.get("weight", init == null ? Init.normal(1) : init, ids, width);
        return (x, pass) -> rows.lookup(x.below(ids, "table"));
    }
}
