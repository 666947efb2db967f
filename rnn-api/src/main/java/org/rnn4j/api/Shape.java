package org.rnn4j.api;

import java.util.Arrays;

/**
 * The lengths of the axes of an array, outermost first: {@code (N,T,D)} is N rows of T steps of D numbers.
 *
 * <p>A scalar has the shape {@code ()}. Axes of length 0 are allowed. The product of all axes must fit an {@code int},
 * because the numbers lie in one Java array.
 */
public final class Shape {
    private static final Shape SCALAR = new Shape();

    private final int[] dims;
    private final int size;
    private final int rows;

    private Shape(int... dims) {
        this.dims = dims;
        long product = 1;
        int outer = 1;
        for (int dim : dims) {
            outer = (int) product;
            if (dim < 0) {
                throw new IllegalArgumentException("a shape has no negative axis, got " + Arrays.toString(dims));
            }
            product *= dim;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a tensor holds at most 2^31-1 numbers, got " + Arrays.toString(dims));
            }
        }
        this.size = (int) product;
        this.rows = outer;
    }

    /** The shape with these axes; {@code dims} is copied. */
    public static Shape of(int... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /** How many axes there are: 0 for a scalar, 2 for {@code (N,D)}. */
    public int rank() {
        return dims.length;
    }

    /** The length of an axis; negative numbers count from the end, so {@code dim(-1)} is the innermost axis. */
    public int dim(int axis) {
        int index = axis < 0 ? dims.length + axis : axis;
        if (index < 0 || index >= dims.length) {
            throw new IllegalArgumentException("axis " + axis + " of " + this + ": it has " + dims.length + " axes");
        }
        return dims[index];
    }

    /** How many numbers an array of this shape holds. */
    public int size() {
        return size;
    }

    /** The length of the innermost axis: the columns when the array is read as a matrix; 1 for a scalar. */
    public int columns() {
        return dims.length == 0 ? 1 : dims[dims.length - 1];
    }

    /** The product of all axes but the innermost: the rows when the array is read as a matrix; 1 for a scalar. */
    public int rows() {
        return rows;
    }

    /**
     * Checks that this is the shape of a window, and returns it.
     *
     * @throws IllegalArgumentException if it is not {@code (N,T,D)} with T at least 1
     */
    public Shape window() {
        if (rank() != 3 || dim(1) == 0) {
            throw new IllegalArgumentException("expects (N,T,D) with T at least 1, got " + this);
        }
        return this;
    }

    /** This shape with another innermost axis. */
    public Shape withColumns(int columns) {
        if (dims.length == 0) {
            throw new IllegalArgumentException("a scalar has no innermost axis");
        }
        int[] result = dims.clone();
        result[result.length - 1] = columns;
        return new Shape(result);
    }

    /** This shape without one axis: {@code (N,T,D).without(1)} is {@code (N,D)}. */
    public Shape without(int axis) {
        dim(axis);
        int index = axis < 0 ? dims.length + axis : axis;
        int[] result = new int[dims.length - 1];
        for (int i = 0, j = 0; i < dims.length; i++) {
            if (i != index) {
                result[j++] = dims[i];
            }
        }
        return of(result);
    }

    /** This shape with an axis put in front: {@code (H).under(N)} is {@code (N,H)}. */
    public Shape under(int outer) {
        int[] result = new int[dims.length + 1];
        result[0] = outer;
        System.arraycopy(dims, 0, result, 1, dims.length);
        return new Shape(result);
    }

    /** This shape with an axis after the last: {@code (N,T).over(D)} is {@code (N,T,D)}. */
    public Shape over(int inner) {
        int[] result = Arrays.copyOf(dims, dims.length + 1);
        result[dims.length] = inner;
        return new Shape(result);
    }

    /** A copy of the axes. */
    public int[] dims() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** {@code (20,100)}, as error messages print it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < dims.length; i++) {
            text.append(i == 0 ? "" : ",").append(dims[i]);
        }
        return text.append(')').toString();
    }
}
