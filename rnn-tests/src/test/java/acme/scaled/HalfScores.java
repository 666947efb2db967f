package acme.scaled;

import java.util.concurrent.atomic.AtomicInteger;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.QueryNode;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * A third party's attention weight for windows without padding: the softmax of half the dot products. It counts how often it made its keys, which only
 * a test may do.
 */
record HalfScores(AtomicInteger keysMade) implements LayerSpec<QueryNode> {
    @Override
    public QueryNode create(Params params) {
        return new QueryNode() {
            @Override
            public Tensor keys(Tensor values, Pass pass) {
                keysMade.incrementAndGet();
                return values.times(0.5);
            }

            @Override
            public Tensor ask(Tensor queries, Tensor keys, Pass pass) {
                Shape asked = queries.shape();
                Tensor of = asked.rank() == 3 ? queries : queries.reshape(asked.dim(0), 1, asked.dim(1));
                Tensor weights = of.matmulTransposed(keys).logSoftmax().exp();
                return asked.rank() == 3
                        ? weights
                        : weights.reshape(asked.dim(0), keys.shape().dim(1));
            }
        };
    }
}
