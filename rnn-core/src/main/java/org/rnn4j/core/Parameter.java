package org.rnn4j.core;

import java.util.function.Consumer;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.Storage;

/**
 * A named array that training changes. Optimizers are the only ones that change it while training; each change raises the version.
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

    /** A copy of the numbers, row-major. From any thread; for several parameters of one step, see {@link Model#snapshot}. */
    public float[] values() {
        return changes.reading(() -> storage.data().clone());
    }

    /** The numbers now, as a constant that later changes do not reach. */
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

    /** Looks at the numbers in place: {@code look} is given the array itself, and does not modify it. Not to be called while others change it. */
    public void read(Consumer<float[]> look) {
        look.accept(storage.data());
    }

    /** Changes the numbers in place: {@code change} is given the array itself. Not to be called while others read. */
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
