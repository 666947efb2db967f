package org.rnn4j.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;
import org.rnn4j.api.Value;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Window;

/**
 * One window of N rows to learn from or to be judged on. Immutable.
 *
 * @param inputs the model's inputs by name, each {@code (N,T,…)}
 * @param target what the loss compares the output with
 * @param lengths how many steps of each row are valid, of the target and of the inputs that have no lengths of their own
 * @param inputLengths the lengths of inputs with a time of their own, by name: of what an encoder reads
 * @param resets where new sequences begin
 */
public record Batch(
        Map<String, Value> inputs, Value target, Lengths lengths, Map<String, Lengths> inputLengths, Resets resets) {
    /** Copies the maps; checks that there is an input. */
    public Batch {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a batch has no inputs, expected one or more");
        }
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputLengths = Map.copyOf(inputLengths);
    }

    /** A batch of full rows for a model whose only input is {@code x}. */
    public static Batch of(Value x, Value target) {
        return of(Map.of("x", x), target);
    }

    /** A batch of full rows for a model of several inputs. */
    public static Batch of(Map<String, Value> inputs, Value target) {
        return new Batch(inputs, target, Lengths.full(), Map.of(), Resets.none());
    }

    /** With these row lengths. */
    public Batch with(Lengths newLengths) {
        return new Batch(inputs, target, newLengths, inputLengths, resets);
    }

    /** With these row lengths for an input that has a time of its own. */
    public Batch with(String input, Lengths ofInput) {
        Map<String, Lengths> changed = new LinkedHashMap<>(inputLengths);
        changed.put(input, ofInput);
        return new Batch(inputs, target, lengths, changed, resets);
    }

    /** With new sequences beginning here. */
    public Batch with(Resets newResets) {
        return new Batch(inputs, target, lengths, inputLengths, newResets);
    }

    /**
     * The window to run. Where every row begins anew at its first step, nothing is carried into it, so that such batches may differ in their
     * number of rows. Then the layers are not told of these beginnings either: with nothing carried their states are zeros without it, and
     * a decoder would put zeros in the place of the state that it is given.
     *
     * @param carry the states after the batch before
     * @param step the number of the training step
     */
    public Window window(Carry carry, long step) {
        int rows = inputs.values().iterator().next().shape().dim(0);
        boolean anew = IntStream.range(0, rows).allMatch(n -> resets.at(n, 0));
        boolean onlyThere = IntStream.range(1, longest()).noneMatch(resets::anyAt);
        return new Window(
                inputs,
                lengths,
                inputLengths,
                anew && onlyThere ? Resets.none() : resets,
                anew ? Carry.none() : carry,
                step);
    }

    private int longest() {
        return inputs.values().stream()
                .map(Value::shape)
                .mapToInt(shape -> shape.rank() < 2 ? 0 : shape.dim(1))
                .max()
                .orElse(0);
    }
}
