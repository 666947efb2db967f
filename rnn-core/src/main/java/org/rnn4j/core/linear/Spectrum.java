package org.rnn4j.core.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.rnn4j.api.Tensor;

/**
 * The singular values and the eigenvalues of a matrix. They tell whether a recurrent weight makes the state grow or vanish from step to step, and how
 * close a matrix is to being singular.
 *
 * <pre>
 * A = U diag(s) Vᵀ     singular values  s_0 &gt;= s_1 &gt;= … &gt;= 0
 * A v = z v            eigenvalues      |z_0| &gt;= |z_1| &gt;= …
 * radius    |z_0|      A^t grows or vanishes as radius^t
 * condition s_0 / s_last
 * </pre>
 *
 * <pre>{@code
 * double radius = Spectrum.radius(model.parameter("rnn.cell.wh").snapshot());
 * }</pre>
 *
 * <p>All is computed in float64. The numbers are those of a matrix that differs from A by some 1e-15 of its greatest singular value: so singular values, and
 * eigenvalues of symmetric matrices, are off by no more than that, while others may be off by far more; an eigenvalue that occurs k times in one
 * Jordan block by about {@code (1e-15)^(1/k)}.
 *
 * <p>In rare cases EJML uses functions of {@code Math} whose last bit may differ between JDKs, so these numbers, unlike training, are not promised bit for bit.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an empty tensor, one of fewer than two axes, one that needs a gradient, which does not flow
 * through, and for NaN and infinity, with row and column; and {@link ArithmeticException} where the decomposition does not converge, which is not known to
 * happen.
 *
 * <p>Cost: 4 R D² multiply-adds for singular values of R rows of D numbers, about 10 D³ for eigenvalues, on one thread.
 *
 * <p>Source: Golub and Van Loan, "Matrix computations", 4th edition, 2013, sections 7.5, 8.3 and 8.6.
 */
public final class Spectrum {
    /** Largest modulus first. The two of a conjugate pair have the same modulus and real part, so they are adjacent. */
    static final Comparator<Complex> ORDER = Comparator.comparingDouble(Complex::abs)
            .thenComparingDouble(Complex::re)
            .thenComparingDouble(Complex::im)
            .reversed();

    private Spectrum() {}

    /**
     * The singular values, greatest first.
     *
     * @param a {@code (…,D)}: R rows of D numbers, where {@code (N,T,D)} are N·T rows
     * @return {@code min(R,D)} of them
     */
    public static double[] singularValues(Tensor a) {
        return singularValues(MatrixConversion.matrix("singularValues: a", a));
    }

    /**
     * The eigenvalues, each as often as it is a root of the characteristic polynomial. Their order is that of their moduli, greatest first; of equal moduli
     * the greater real part comes first, then the greater imaginary part. A conjugate pair is adjacent, {@code re + im i} before {@code re - im i}.
     * The moduli are those computed: rounding may make two differ that are equal, but not those of a pair.
     *
     * @param a {@code (D,D)}
     * @return D of them, not to be modified
     * @throws IllegalArgumentException also where the matrix is not square
     */
    public static List<Complex> eigenvalues(Tensor a) {
        return eigenvalues("eigenvalues", a);
    }

    /**
     * The spectral radius: the modulus of the largest eigenvalue.
     *
     * @param a {@code (D,D)}
     * @throws IllegalArgumentException also where the matrix is not square
     */
    public static double radius(Tensor a) {
        return eigenvalues("radius", a).get(0).abs();
    }

    /**
     * The condition number: the greatest singular value divided by the least, and infinity where that is 0. From about 1e15 on it tells no more than that
     * the matrix is singular as far as float64 can tell; A itself, which is float32, was rounded by a part of 6e-8.
     *
     * @param a {@code (…,D)}: R rows of D numbers, where {@code (N,T,D)} are N·T rows
     */
    public static double condition(Tensor a) {
        return condition(singularValues(MatrixConversion.matrix("condition: a", a)));
    }

    static double condition(double... descending) {
        double least = descending[descending.length - 1];
        return least == 0 ? Double.POSITIVE_INFINITY : descending[0] / least;
    }

    /** May change the matrix. */
    static double[] singularValues(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
        if (!svd.decompose(matrix)) {
            throw notConverged("singular values", matrix);
        }
        double[] ascending = Arrays.copyOf(svd.getSingularValues(), Math.min(matrix.numRows, matrix.numCols));
        Arrays.sort(ascending);
        double[] descending = new double[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            descending[i] = ascending[ascending.length - 1 - i];
        }
        return descending;
    }

    private static List<Complex> eigenvalues(String operation, Tensor a) {
        DMatrixRMaj matrix = MatrixConversion.matrix(operation + ": a", a);
        if (a.shape().rank() != 2 || matrix.numRows != matrix.numCols) {
            throw new IllegalArgumentException(operation + ": a is " + a.shape() + ", expected a square matrix");
        }
        // Exactly: EJML itself takes what differs by 1e-8 for symmetric.
        return eigenvalues(matrix, MatrixFeatures_DDRM.isSymmetric(matrix));
    }

    /** For a symmetric matrix without negative eigenvalues, which are roundings of 0 then. */
    static double conditionOfSymmetric(DMatrixRMaj matrix) {
        List<Complex> eigenvalues = eigenvalues(new DMatrixRMaj(matrix), true);
        double least = eigenvalues.stream().mapToDouble(Complex::re).min().orElseThrow();
        return condition(eigenvalues.get(0).abs(), Math.max(0, least));
    }

    /** May change the matrix. */
    private static List<Complex> eigenvalues(DMatrixRMaj matrix, boolean symmetric) {
        EigenDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.eig(matrix.numRows, false, symmetric);
        if (!decomposition.decompose(matrix)) {
            throw notConverged("eigenvalues", matrix);
        }
        List<Complex> found = new ArrayList<>();
        for (int i = 0; i < matrix.numRows; i++) {
            Complex_F64 value = decomposition.getEigenvalue(i);
            found.add(new Complex(value.real, value.imaginary));
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    private static ArithmeticException notConverged(String what, DMatrixRMaj matrix) {
        return new ArithmeticException("the " + what + " of a (" + matrix.numRows + "," + matrix.numCols
                + ") matrix: the iteration did not converge");
    }
}
