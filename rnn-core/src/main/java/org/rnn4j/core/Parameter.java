package org.rnn4j.core;

import java.util.function.Consumer;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.Storage;

/**
 * A named array that training changes. During training only an optimizer changes it; each change increments the version.
 */
public final class Parameter {
    private final Shape shape;
    private final Storage storage;
    /** Those of the model. */
    private final Changes changes;

    Parameter(Shape shape, Storage storage, Changes changes) {
        this.shape = shape;
        this.storage = storage;
        this.changes = changes;
    }

    /** The path from the model down: {@code encoder.cell.wx}. */
    public String name() {
        return storage.name();
    }

    /** The lengths of the axes. */
    public Shape shape() {
        return shape;
    }

    /** How often the numbers were changed. */
    public long version() {
        return storage.version();
    }

    /** A copy of the numbers, row-major. Any thread may call this; for several parameters of one step, see {@link Model#snapshot}. */
    public float[] values() {
        return changes.reading(() -> storage.data().clone());
    }

    /** The current numbers, as a constant that does not change later. */
    public Tensor snapshot() {
        return FloatTensor.wrap(shape, values());
    }

    /**
     * Replaces the numbers.
     *
     * @param values row-major, as many as the shape holds; copied
     */
    public void set(float... values) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    name() + " of shape " + shape + " has " + shape.size() + " numbers, got " + values.length);
        }
        update(array -> System.arraycopy(values, 0, array, 0, values.length));
    }

    /** Reads the numbers in place: {@code look} gets the array itself and must not modify it. Do not call this while another thread changes it. */
    public void read(Consumer<float[]> look) {
        look.accept(storage.data());
    }

    /** Changes the numbers in place: {@code change} gets the array itself. Do not call this while another thread reads it. */
    public void update(Consumer<float[]> change) {
        changes.change(() -> {
            try {
                change.accept(storage.data());
            } finally {
                storage.changed();
            }
        });
    }

    Tensor view(boolean needsGradient) {
        return needsGradient ? FloatTensor.parameter(shape, storage) : FloatTensor.readOnly(shape, storage);
    }

    Storage storage() {
        return storage;
    }

    @Override
    public String toString() {
        return name() + shape;
    }
}
