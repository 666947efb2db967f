package acme.scaled;

import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/**
 * Vectors of ids, times the square root of their width (Vaswani et al., 2017, section 3.4): {@code (N,T)} to {@code (N,T,D)}. A third party's layer,
 * written against rnn-api alone, that brings an op which goes by ids.
 */
public record ScaledEmbedding(int ids, int width) implements LayerSpec<IdsLayer> {
    @Override
    public IdsLayer create(Params params) {
        Tensor table = params.get("table", Init.normal(1), ids, width);
        float scale = (float) Math.sqrt(width);
        return (tokens, pass) -> new ScaledLookup(tokens, scale)
                .on(table)
                .map(out -> out.get(0))
                .orElseGet(() -> table.lookup(tokens).times(scale));
    }
}
