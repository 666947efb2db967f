package org.rnn4j.api.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Run;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;

/**
 * A cell's hand-written step together with the cell's parameters.
 *
 * @param kernel the step
 * @param wx (D,G)
 * @param b (G)
 * @param weights the other parameters, in the order that the kernel expects
 */
public record Fused(StepKernel kernel, Tensor wx, Tensor b, List<Tensor> weights) {
    /** Copies the list. */
    public Fused {
        weights = List.copyOf(weights);
    }

    /** A hand-written step of a cell with these other parameters. */
    public static Optional<Fused> of(StepKernel kernel, Tensor wx, Tensor b, Tensor... weights) {
        return Optional.of(new Fused(kernel, wx, b, Arrays.asList(weights)));
    }

    /**
     * T steps at once; empty where these tensors run no hand-written ops.
     *
     * @param xs (N,T,D)
     * @param first the state before the first step, of the declared parts
     */
    public Optional<Run> unroll(Tensor xs, State first, List<StatePart> declared, Pass pass) {
        FusedWindow window = new FusedWindow(kernel, weights.size(), declared.size(), pass.lengths(), pass.resets());
        if (!xs.runs(window)) {
            return Optional.empty();
        }
        List<Tensor> inputs = new ArrayList<>(List.of(wx, b));
        inputs.addAll(weights);
        declared.forEach(part -> inputs.add(first.get(part.name())));
        List<Tensor> outputs = xs.apply(window, inputs.toArray(new Tensor[0]));
        Map<String, Tensor> last = new LinkedHashMap<>();
        for (int i = 0; i < declared.size(); i++) {
            last.put(declared.get(i).name(), outputs.get(i + 1));
        }
        return Optional.of(new Run(outputs.get(0), State.of(last)));
    }
}
