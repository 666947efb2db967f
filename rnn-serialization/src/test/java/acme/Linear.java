package acme;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/** A matrix product, with a matrix of its own or another's. */
public record Linear(int inputs, int outputs, SameAs weight, Init init) implements LayerSpec<Layer> {
    public Linear {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "outputs", outputs);
    }

    @Override
    public Layer create(Params params) {
        Tensor matrix = weight == null
                ? params.get("weight", init == null ? Init.xavier() : init, inputs, outputs)
                : params.shared(weight.sameAs(), outputs, inputs);
        return (x, pass) -> weight == null ? x.matmul(matrix) : x.matmulTransposed(matrix);
    }
}
