package org.rnn4j.layers.feedforward;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Its inputs side by side: {@code (N,T,A)} and {@code (N,T,B)} to {@code (N,T,A+B)}. An input {@code (N,B)} is repeated at every step.
 *
 * <pre>
 * y[n,t] = [a[n,t], b[n,t], …]
 * </pre>
 *
 * <pre>{@code
 * .node("both", new Concat(), "attention", "decoder")
 * }</pre>
 *
 * <p>Cost: the numbers are copied.
 */
public record Concat() implements LayerSpec<Node> {
    @Override
    public Node create(Params params) {
        return (inputs, pass) -> List.of(join(inputs, pass));
    }

    private static Tensor join(List<Value> inputs, Pass pass) {
        Shape time = null;
        for (Value input : inputs) {
            if (!(input instanceof Tensor)
                    || input.shape().rank() < 2
                    || input.shape().rank() > 3) {
                throw new IllegalArgumentException("expects tensors (N,T,D) or (N,D), got " + input.shape());
            }
            time = input.shape().rank() == 3 ? input.shape() : time;
        }
        List<Tensor> parts = new ArrayList<>();
        for (Value input : inputs) {
            Tensor part = (Tensor) input;
            Shape shape = part.shape();
            if (time != null && shape.rank() == 2) {
                Tensor once = part.reshape(shape.dim(0), 1, shape.dim(1));
                part = once.plus(pass.zeros(time.withColumns(shape.columns())));
            }
            parts.add(part);
        }
        return Tensor.join(parts);
    }
}
