package org.rnn4j.core.tensor;

import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * The gradient of a leaf: some rows of a table, by sorted ids, or all numbers. It begins as no rows, becomes dense with the first
 * gradient that is not a lookup's, and is used again for the next loss.
 *
 * <p>Each number is the sum of what the backward pass adds, in that order, in either form: the form changes no bit.
 */
public final class LeafGradient {
    /** What a thread should have to do at least, in numbers: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 16;

    private static final float[] NONE = {};
    private static final int[] NO_IDS = {};

    private final int rows;
    private final int columns;

    private boolean dense;
    private float[] all = NONE;
    private int[] ids = NO_IDS;
    private float[] values = NONE;
    /** Whether the array was given to a caller, who may change it at any time. */
    private boolean open;
    /** Whether all numbers were found to be finite since they were changed last. */
    private boolean finite;

    /** Zeros of a shape. */
    public LeafGradient(Shape shape) {
        this.rows = shape.rows();
        this.columns = shape.columns();
    }

    /** Zeros again, in the same memory. */
    public void reset() {
        dense = false;
        ids = NO_IDS;
        ArrayPool.SHARED.give(values);
        values = NONE;
        open = false;
        finite = false;
    }

    /** Whether this holds all numbers, not just some rows. */
    public boolean isDense() {
        return dense;
    }

    /** The rows that are not zeros, sorted; undefined if this is dense. */
    public int[] ids() {
        return ids;
    }

    /** The rows themselves, one after the other, and zeros up to the array's end; undefined if this is dense. */
    public float[] values() {
        return values;
    }

    /** All numbers; from here on this is dense. */
    public float[] dense() {
        if (!dense) {
            if (all.length == 0) {
                all = new float[rows * columns];
            } else {
                share(all.length, (from, to) -> Arrays.fill(all, from, to, 0f));
            }
            for (int i = 0; i < ids.length; i++) {
                System.arraycopy(values, i * columns, all, ids[i] * columns, columns);
            }
            dense = true;
        }
        return all;
    }

    /** Like {@link #dense}, for a caller who may change the numbers. */
    public float[] open() {
        open = true;
        finite = false;
        return dense();
    }

    /** All numbers, where the backward pass may add. */
    Block toAdd() {
        finite = false;
        return Block.of(dense(), rows, columns);
    }

    /** Adds row i of dy to the row of id i, one after the other. */
    void addRows(Ids used, Block dy) {
        finite = false;
        if (!dense) {
            widen(used);
        }
        for (int i = 0; i < dy.rows(); i++) {
            float[] to = dense ? all : values;
            int row = dense ? used.at(i) : Arrays.binarySearch(ids, used.at(i));
            Copies.add(dy.data(), dy.offset() + i * columns, to, row * columns, columns);
        }
    }

    /** Makes place for more rows; where they are most of the table, for all. */
    private void widen(Ids used) {
        int[] merged = Arrays.copyOf(used.toArray(), used.shape().size() + ids.length);
        System.arraycopy(ids, 0, merged, merged.length - ids.length, ids.length);
        Arrays.sort(merged);
        int count = 0;
        for (int i = 0; i < merged.length; i++) {
            if (i == 0 || merged[i] != merged[i - 1]) {
                merged[count++] = merged[i];
            }
        }
        if (count > rows / 2) {
            dense();
            return;
        }
        int[] widerIds = Arrays.copyOf(merged, count);
        float[] wider = ArrayPool.SHARED.take(count * columns);
        Arrays.fill(wider, 0f);
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(values, i * columns, wider, Arrays.binarySearch(widerIds, ids[i]) * columns, columns);
        }
        ArrayPool.SHARED.give(values);
        ids = widerIds;
        values = wider;
    }

    /** A copy of all numbers; the form stays. */
    public float[] copy() {
        float[] result = new float[rows * columns];
        if (dense) {
            System.arraycopy(all, 0, result, 0, result.length);
        } else {
            for (int i = 0; i < ids.length; i++) {
                System.arraycopy(values, i * columns, result, ids[i] * columns, columns);
            }
        }
        return result;
    }

    /** The sum of the squares, added up in float64. */
    public double sumOfSquares() {
        double sum = Squares.sum(numbers(), size());
        finite = !open && Double.isFinite(sum);
        return sum;
    }

    /** Multiplies all numbers by a finite factor. */
    public void scale(float factor) {
        float[] numbers = numbers();
        share(size(), (from, to) -> {
            for (int i = from; i < to; i++) {
                numbers[i] *= factor;
            }
        });
    }

    /** The position of the first number that is NaN or infinite; -1 where there is none. */
    public int firstNonFinite() {
        if (finite) {
            return -1;
        }
        int position = NonFinite.first(numbers(), size());
        return position < 0 || dense ? position : ids[position / columns] * columns + position % columns;
    }

    private float[] numbers() {
        return dense ? all : values;
    }

    private int size() {
        return dense ? all.length : ids.length * columns;
    }

    private static void share(int numbers, Kernels.Part part) {
        ChosenKernels.get().split(numbers, WORTH_SHARING, part);
    }
}
