package org.rnn4j.core.linear;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * The matrix X for which {@code a.matmul(X)} is nearest to b, for a regression or for a readout without training.
 *
 * <pre>
 * solve   min |A X - B|²                    QR decomposition of A
 * ridge   min |A X - B|² + lambda |X|²      (AᵀA + lambda I) X = AᵀB, Cholesky decomposition
 *
 * A (…,D), B (…,M), X (D,M);   R rows in all:  (N,T,D) are R = N T rows
 * </pre>
 *
 * <pre>{@code
 * Tensor states = model.inference().forward(xs); // (N,T,H)
 * Tensor readout = LeastSquares.ridge(states, targets, 1e-6); // (N,T,M) gives (H,M)
 * Tensor predicted = states.matmul(readout);
 * }</pre>
 *
 * <p>Everything is computed in float64, and the solution is rounded to float32 once. It is a constant: no gradient flows through it, and operands
 * that need a gradient are refused.
 *
 * <p>The condition number, the greatest singular value divided by the least, says how much errors are magnified. Here it is that of the matrix with
 * its columns scaled to length 1, so that the units in which a column is measured make no difference.
 *
 * <p>Both methods throw {@link IllegalArgumentException} for shapes that do not fit, an empty operand, one that needs a gradient, and for NaN and infinity,
 * with row and column.
 *
 * <p>Cost, on one thread: A and B in float64, and for {@code ridge} R D² multiply-adds, for {@code solve} twice as many and another copy of A; and some D³ for
 * the condition number.
 *
 * <p>Source: Golub and Van Loan, "Matrix computations", 4th edition, 2013, sections 5.3 and 6.1; Björck, "Numerical methods for least squares problems",
 * 1996, section 2.9, for the corrections.
 */
public final class LeastSquares {
    /** The reciprocal of half the distance from 1 to the next float: numbers were rounded to so much. */
    private static final double FLOAT_DIGITS = 0x1p24;

    /** A float64 Cholesky solution is off by some 2^-13 here, which two corrections, each with an error as large, bring below what float32 can tell. */
    private static final double GREATEST_NORMAL_CONDITION = 0x1p40;

    private static final int CORRECTIONS = 2;

    private LeastSquares() {}

    /**
     * The X with the least {@code |A X - B|²}.
     *
     * <p>A must have at least as many rows as columns, and columns that are independent in float32: a condition number of {@code 2^24 / sqrt(D)} and more is
     * refused, because then some matrix with dependent columns may have been rounded to A, and X would tell more of that rounding than of A.
     *
     * @param a {@code (…,D)}
     * @param b {@code (…,M)}, with the same axes but the last
     * @return X, {@code (D,M)}
     * @throws IllegalArgumentException also where there are fewer rows than columns
     * @throws ArithmeticException if the columns of A are dependent, or as good as that, naming the condition number; where float32 cannot hold X
     */
    public static Tensor solve(Tensor a, Tensor b) {
        String what = named("solve", a, b);
        DMatrixRMaj left = MatrixConversion.matrix("solve: a", a);
        DMatrixRMaj right = MatrixConversion.matrix("solve: b", b);
        checkRows(what, a.shape(), b.shape());
        int d = left.numCols;
        if (left.numRows < d) {
            throw new IllegalArgumentException(what + ": " + left.numRows + " rows for " + d
                    + " columns leave X open, expected at least as many; ridge needs no more");
        }
        double[] lengths = new double[d];
        for (int j = 0; j < d; j++) {
            lengths[j] = length(left, j);
            if (lengths[j] == 0) {
                throw new ArithmeticException(
                        what + ": column " + j + " of a is zeros, which leaves X open; ridge does not");
            }
        }
        CommonOps_DDRM.divideCols(left, lengths);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.qr(left.numRows, d);
        if (!solver.setA(left)) {
            throw new ArithmeticException(what + ": the QR decomposition of a failed");
        }
        QRDecomposition<DMatrixRMaj> qr = solver.getDecomposition();
        double condition = Spectrum.condition(Spectrum.singularValues(qr.getR(null, true)));
        double limit = FLOAT_DIGITS / Math.sqrt(d);
        if (!(condition < limit)) {
            throw new ArithmeticException(String.format(
                    Locale.ROOT,
                    "%s: the columns of a are dependent as far as float32 can tell: condition number %.2g, expected below %.2g; "
                            + "ridge needs no independent ones",
                    what,
                    condition,
                    limit));
        }
        DMatrixRMaj x = new DMatrixRMaj(d, right.numCols);
        solver.solve(right, x);
        CommonOps_DDRM.divideRows(lengths, x);
        return MatrixConversion.rounded(what, x);
    }

    /**
     * The X with the least {@code |A X - B|² + lambda |X|²}, which is unique whatever A is.
     *
     * <p>The sum of squares is over all rows, so that twice as many rows need twice the lambda for the same X. An intercept is a column of ones, and is made
     * smaller as any other.
     *
     * @param a {@code (…,D)}
     * @param b {@code (…,M)}, with the same axes but the last
     * @param lambda above 0
     * @return X, {@code (D,M)}
     * @throws IllegalArgumentException also where lambda is not a finite number above 0
     * @throws ArithmeticException if lambda is too small for dependent columns, naming the condition number of {@code AᵀA + lambda I}, which must be below
     *     2^40 (1.1e12); where float32 cannot hold X
     */
    public static Tensor ridge(Tensor a, Tensor b, double lambda) {
        String what = named("ridge", a, b);
        if (!(lambda > 0 && lambda <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + ": lambda is " + lambda + ", expected a finite number above 0"
                    + (lambda == 0 ? "; without one, take solve" : ""));
        }
        DMatrixRMaj left = MatrixConversion.matrix("ridge: a", a);
        DMatrixRMaj right = MatrixConversion.matrix("ridge: b", b);
        checkRows(what, a.shape(), b.shape());
        int d = left.numCols;
        DMatrixRMaj normal = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multInner(left, normal);
        double[] lengths = new double[d];
        for (int j = 0; j < d; j++) {
            normal.add(j, j, lambda);
            lengths[j] = Math.sqrt(normal.get(j, j));
        }
        CommonOps_DDRM.divideRowsCols(lengths, 0, normal, lengths, 0);
        double condition = Spectrum.conditionOfSymmetric(normal);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.cholInner(true);
        if (!(condition < GREATEST_NORMAL_CONDITION) || !solver.setA(normal)) {
            throw new ArithmeticException(String.format(
                    Locale.ROOT,
                    "%s: lambda %.2g is too small for columns that are as good as dependent: condition number %.2g of "
                            + "AᵀA + lambda I, expected below %.2g",
                    what,
                    lambda,
                    condition,
                    GREATEST_NORMAL_CONDITION));
        }
        DMatrixRMaj x = new DMatrixRMaj(d, right.numCols);
        DMatrixRMaj rest = new DMatrixRMaj(right);
        DMatrixRMaj step = new DMatrixRMaj(d, right.numCols);
        for (int i = 0; i <= CORRECTIONS; i++) {
            // The normal equations square the errors of A. What is left over is computed from A itself, and its
            // solution is the correction.
            CommonOps_DDRM.multTransA(left, rest, step);
            CommonOps_DDRM.addEquals(step, -lambda, x);
            CommonOps_DDRM.divideRows(lengths, step);
            solver.solve(step, step);
            CommonOps_DDRM.divideRows(lengths, step);
            CommonOps_DDRM.addEquals(x, step);
            CommonOps_DDRM.mult(left, x, rest);
            CommonOps_DDRM.subtract(right, rest, rest);
        }
        return MatrixConversion.rounded(what, x);
    }

    private static String named(String operation, Tensor a, Tensor b) {
        return operation + " " + a.shape() + "·X = " + b.shape();
    }

    private static void checkRows(String what, Shape a, Shape b) {
        if (!a.withColumns(1).equals(b.withColumns(1))) {
            throw new IllegalArgumentException(what + ": expected the same axes but the last");
        }
    }

    private static double length(DMatrixRMaj matrix, int column) {
        double sum = 0;
        for (int i = 0; i < matrix.numRows; i++) {
            sum += matrix.get(i, column) * matrix.get(i, column);
        }
        return Math.sqrt(sum);
    }
}
