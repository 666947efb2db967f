package org.rnn4j.core;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.FloatTensor;

/**
 * Checks whether the parameters of a new model fit in the heap before a large one is allocated, because an OutOfMemoryError names neither the layer
 * nor the size.
 */
final class HeapNeed {
    /** From this part of the heap on, it is worth knowing what is still to come. */
    private static final int PART = 8;

    private final ModelSpec spec;
    private final long heap;
    private long made;
    private boolean known;

    HeapNeed(ModelSpec spec) {
        this(spec, Runtime.getRuntime().maxMemory());
    }

    HeapNeed(ModelSpec spec, long heap) {
        this.spec = spec;
        this.heap = heap;
    }

    /**
     * The numbers of a parameter.
     *
     * @throws IllegalArgumentException if the model's parameters cannot fit the heap, or this one did not
     */
    float[] within(String path, Shape shape, Supplier<float[]> numbers) {
        made += bytes(shape);
        if (!known && made > heap / PART) {
            known = true;
            Map<String, Shape> all = shapes();
            if (bytes(all) > heap) {
                throw new IllegalArgumentException(message(all));
            }
        }
        try {
            return numbers.get();
        } catch (OutOfMemoryError e) {
            Map<String, Shape> all = shapes();
            all.put(path, shape);
            throw new IllegalArgumentException(message(all), e);
        }
    }

    private String message(Map<String, Shape> all) {
        Map.Entry<String, Shape> largest = all.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.size(), b.size())))
                .orElseThrow();
        return "the model's parameters need " + megabytes(bytes(all)) + ", and this JVM's heap has at most "
                + megabytes(heap)
                + "; the largest is " + largest.getKey() + largest.getValue() + " with "
                + megabytes(bytes(largest.getValue()))
                + ". Take smaller layers or a larger heap (-Xmx); training needs up to four times the parameters";
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", (bytes + (1 << 20) - 1) >> 20);
    }

    private static long bytes(Map<String, Shape> all) {
        return all.values().stream().mapToLong(HeapNeed::bytes).sum();
    }

    private static long bytes(Shape shape) {
        return (long) shape.size() * Float.BYTES;
    }

    /** The shapes of all parameters by path: the layers are created once more, of tensors without numbers. */
    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        spec.nodes().forEach((name, node) -> {
            try {
                node.layer().create(new Shapes(name, shapes));
            } catch (RuntimeException e) {
                // A layer that computes with its parameters while it is created, or refuses them, as it will again when
                // it
                // is created for use: what it asked for until then counts.
            }
        });
        return shapes;
    }

    private record Shapes(String place, Map<String, Shape> shapes) implements Params {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            Shape shape = Shape.of(dims);
            shapes.put(place + "." + name, shape);
            return FloatTensor.withoutNumbers(shape);
        }

        @Override
        public Params scope(String name) {
            return new Shapes(place + "." + name, shapes);
        }

        @Override
        public Tensor shared(String path, int... dims) {
            return FloatTensor.withoutNumbers(Shape.of(dims));
        }

        @Override
        public boolean training() {
            return true;
        }
    }
}
