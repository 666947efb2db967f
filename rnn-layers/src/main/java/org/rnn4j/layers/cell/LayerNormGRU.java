package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.layers.feedforward.LayerNorm;

/**
 * <strong>One time step</strong> of a {@link GRU}, with the reset after the product, that normalizes both products.
 *
 * <pre>
 * r, z = sigmoid(norm(x_t·Wx_rz) * gx_rz + norm(h_{t-1}·Wh_rz) * gh_rz + b_rz)
 * n    = tanh(norm(x_t·Wx_n) * gx_n + b_n + r * (norm(h_{t-1}·Wh_n) * gh_n + bn))
 * h_t  = (1 - z) * n + z * h_{t-1}
 *
 * x_t (N,D)   h, r, z, n (N,H)   Wx (D,3H)   Wh (H,3H)   gx, gh, b (3H)   bn (H)
 * </pre>
 *
 * <p>The norm, as in {@link LayerNorm}, is over the 2H numbers of the gates and over the H of the new content. Gates in the order r,z,n.
 *
 * <pre>{@code
 * Layer layer = new Time(new LayerNormGRU(64, 128)).create(params);
 * }</pre>
 *
 * <p>Cost: 3·N·H·(D+H) multiply-adds a step, and some ten operations for each of 6·N·H numbers. Source: Ba, Kiros and Hinton, "Layer
 * normalization", 2016, the supplement's equations for the GRU.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state
 * @param epsilon see {@link LayerNorm}
 * @param init see {@link GRU}; gains begin as ones
 */
public record LayerNormGRU(int inputs, int hidden, Double epsilon, Init init) implements CellSpec {
    /** Checks the values; what is null takes its default. */
    public LayerNormGRU {
        init = new GRU(inputs, hidden, null, init).init();
        epsilon = LayerNorm.epsilon(epsilon);
    }

    /** With the default epsilon and initial values. */
    public LayerNormGRU(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Recurrent create(Params params) {
        Init weights = Gates.init(init, GRU.GATES);
        Init ones = Init.constant(1);
        return new Cell(
                params.get("wx", weights, inputs, 3 * hidden),
                params.get("wh", weights, hidden, 3 * hidden),
                params.get("b", Init.zeros(), 3 * hidden),
                params.get("bn", Init.zeros(), hidden),
                params.get("gx", ones, 3 * hidden),
                params.get("gh", ones, 3 * hidden),
                epsilon);
    }

    private record Cell(Tensor wx, Tensor wh, Tensor b, Tensor bn, Tensor gx, Tensor gh, double epsilon)
            implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", bn.shape().dim(0)));
        }

        private Tensor norm(Tensor product, int from, int to, Tensor gain) {
            return LayerNorm.normalized(product.columns(from, to), epsilon).times(gain.columns(from, to));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = bn.shape().dim(0);
            Tensor hPrev = previous.get("h");
            Tensor ofX = x.matmul(wx);
            Tensor ofH = hPrev.matmul(wh);

            Tensor rz = norm(ofX, 0, 2 * width, gx)
                    .plus(norm(ofH, 0, 2 * width, gh))
                    .plus(b.columns(0, 2 * width))
                    .sigmoid();
            Tensor r = rz.columns(0, width);
            Tensor z = rz.columns(width, 2 * width);
            Tensor n = norm(ofX, 2 * width, 3 * width, gx)
                    .plus(b.columns(2 * width, 3 * width))
                    .plus(r.times(norm(ofH, 2 * width, 3 * width, gh).plus(bn)))
                    .tanh();
            return GRU.mixed(z, n, hPrev);
        }
    }
}
