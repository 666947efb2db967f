package org.rnn4j.api.op;

/**
 * A view of a {@code float[]} as a matrix: element {@code (r,c)} is {@code data[offset + r*rowStride + c*columnStride]}.
 *
 * @param data the array; shared, not copied
 * @param offset where element (0,0) is
 * @param rows the number of rows
 * @param columns the number of columns
 * @param rowStride how far apart two rows are
 * @param columnStride how far apart two columns are
 * @param origin what the numbers belong to, which views of this block share; null if they belong to the op only
 */
public record Block(float[] data, int offset, int rows, int columns, int rowStride, int columnStride, Origin origin) {
    /** A parameter, or another array that stays the same from call to call: it caches its packed copies. */
    @FunctionalInterface
    public interface Origin {
        /** A part of it as a right operand of products, packed once for as long as the numbers do not change. */
        Kernels.Packed packed(Block part);
    }

    /** The same numbers with an origin. */
    public Block of(Origin whose) {
        return new Block(data, offset, rows, columns, rowStride, columnStride, whose);
    }

    /** A whole array as a dense row-major matrix. */
    public static Block of(float[] data, int rows, int columns) {
        return new Block(data, 0, rows, columns, columns, 1, null);
    }

    /** The element of row r and column c. */
    public float get(int r, int c) {
        return data[offset + r * rowStride + c * columnStride];
    }

    /** Changes the element of row r and column c. */
    public void set(int r, int c, float value) {
        data[offset + r * rowStride + c * columnStride] = value;
    }

    /** How many elements there are. */
    public int size() {
        return rows * columns;
    }

    /** Rows and columns exchanged; the same array. */
    public Block transposed() {
        return new Block(data, offset, columns, rows, columnStride, rowStride, origin);
    }

    /** One row, seen {@code times} times; the same array. Only to read. */
    public Block repeated(int times) {
        return new Block(data, offset, times, columns, 0, columnStride, origin);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive); the same array. */
    public Block rows(int from, int to) {
        return new Block(data, offset + from * rowStride, to - from, columns, rowStride, columnStride, origin);
    }

    /** Columns {@code from} (inclusive) to {@code to} (exclusive); the same array. */
    public Block columns(int from, int to) {
        return new Block(data, offset + from * columnStride, rows, to - from, rowStride, columnStride, origin);
    }

    /** Whether the elements lie row after row without a gap, so that a flat loop from {@link #offset} sees them all. */
    public boolean isDense() {
        return columnStride == 1 && (rowStride == columns || rows <= 1);
    }
}
