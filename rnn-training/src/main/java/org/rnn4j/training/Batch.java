package org.rnn4j.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Value;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Window;

/**
 * One window of N rows for training or validation. Immutable.
 *
 * @param inputs the model's inputs by name, each {@code (N,T,…)}
 * @param target what the loss compares the output with
 * @param spans where sequences begin and end in the target and in the inputs without separate spans
 * @param inputSpans by name, the spans of inputs with a separate time axis, such as the input of an encoder
 */
public record Batch(Map<String, Value> inputs, Value target, Spans spans, Map<String, Spans> inputSpans) {
    /** Copies the maps; checks that there is an input. */
    public Batch {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a batch has no inputs, expected one or more");
        }
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputSpans = Map.copyOf(inputSpans);
    }

    /** A batch of full rows for a model whose only input is {@code x}. */
    public static Batch of(Value x, Value target) {
        return of(Map.of("x", x), target);
    }

    /** A batch of full rows for a model with several inputs. */
    public static Batch of(Map<String, Value> inputs, Value target) {
        return new Batch(inputs, target, Spans.full(), Map.of());
    }

    /** With sequences that begin and end here. */
    public Batch with(Spans newSpans) {
        return new Batch(inputs, target, newSpans, inputSpans);
    }

    /** With these spans for an input that has a separate time axis. */
    public Batch with(String input, Spans ofInput) {
        Map<String, Spans> changed = new LinkedHashMap<>(inputSpans);
        changed.put(input, ofInput);
        return new Batch(inputs, target, spans, changed);
    }

    /**
     * The window to run. If every row begins a new sequence at its first step, nothing is carried into it, so such batches may differ in their number
     * of rows. The layers are then not told of these beginnings: without carried states they start from zeros anyway, and a decoder would replace its
     * given state with zeros.
     *
     * @param carry the states after the previous batch
     * @param step the number of the training step
     */
    public Window window(Carry carry, long step) {
        int rows = inputs.values().iterator().next().shape().dim(0);
        boolean anew = IntStream.range(0, rows).allMatch(n -> spans.begins(n, 0));
        boolean onlyThere = IntStream.range(1, longest()).noneMatch(spans::anyBeginsAt);
        return new Window(
                inputs, anew && onlyThere ? spans.beginning() : spans, inputSpans, anew ? Carry.none() : carry, step);
    }

    private int longest() {
        return inputs.values().stream()
                .map(Value::shape)
                .mapToInt(shape -> shape.rank() < 2 ? 0 : shape.dim(1))
                .max()
                .orElse(0);
    }
}
