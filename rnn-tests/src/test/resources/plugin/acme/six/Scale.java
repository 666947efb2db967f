package acme.six;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/** {@code y = x * w}, a factor for each column. */
public record Scale(int width) implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        Tensor w = params.get("w", Init.constant(1), width);
        return (x, pass) -> x.times(w);
    }
}
