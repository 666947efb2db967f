package org.rnn4j.testkit;

import java.util.Arrays;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;

/** The layout of a block in its array. */
public enum Layout {
    /** Row after row from the array's beginning; an op must accept only this. */
    DENSE,
    /** Row after row from somewhere in the array. */
    OFFSET,
    /** With gaps between rows and between columns. */
    STRIDED;

    private static final float OUTSIDE = -77;
    private static final int FRINGE = 5;

    /** A block of numbers in an array that is longer. */
    Block of(Numbers numbers) {
        Shape shape = numbers.shape();
        int rows = shape.rows();
        int columns = shape.columns();
        int columnStride = this == STRIDED ? 2 : 1;
        int rowStride = columns * columnStride + (this == STRIDED ? 3 : 0);
        float[] array = new float[rows * rowStride + 2 * FRINGE];
        Arrays.fill(array, OUTSIDE);
        Block block = new Block(array, this == DENSE ? 0 : FRINGE, rows, columns, rowStride, columnStride, null);
        for (int i = 0; i < numbers.values().length; i++) {
            block.set(i / columns, i % columns, (float) numbers.values()[i]);
        }
        return block;
    }

    /** The numbers of a block. */
    static Numbers numbers(Block block, Shape shape) {
        double[] values = new double[block.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.get(i / block.columns(), i % block.columns());
        }
        return new Numbers(shape, values);
    }

    /** Whether something was written outside the block's own numbers. */
    static boolean isSpilt(Block block) {
        float[] rest = block.data().clone();
        for (int i = 0; i < block.size(); i++) {
            int r = i / block.columns();
            int c = i % block.columns();
            rest[block.offset() + r * block.rowStride() + c * block.columnStride()] = OUTSIDE;
        }
        for (float number : rest) {
            if (number != OUTSIDE) {
                return true;
            }
        }
        return false;
    }
}
