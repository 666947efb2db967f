package org.rnn4j.core.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.tensor.FloatTensor;

class LeastSquaresTest {
    /** Half of the distance from 1 to the next float. */
    private static final double ROUNDING = Math.ulp(1f) / 2;

    private static <E extends Exception> void refuses(Class<E> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    // What is found.

    @Test
    void aLineThroughThreePoints() {
        Tensor a = Tensors.of(new float[][] {{1, 0}, {1, 1}, {1, 2}});
        Tensor b = Tensors.of(new float[][] {{1}, {2}, {4}});
        assertArrayEquals(new float[] {5f / 6, 1.5f}, LeastSquares.solve(a, b).toFloats(), 1e-7f);
        // (AᵀA + I) X = AᵀB is [4 3; 3 6] X = [7; 10].
        assertArrayEquals(
                new float[] {0.8f, 19f / 15}, LeastSquares.ridge(a, b, 1).toFloats(), 1e-7f);
    }

    @Test
    void theStepsOfAWindowAreRows() {
        Tensor a = Matrices.normal(12, 3, 1);
        Tensor b = Matrices.normal(12, 2, 2);
        Tensor x = LeastSquares.solve(a.reshape(4, 3, 3), b.reshape(4, 3, 2));
        assertEquals(Shape.of(3, 2), x.shape());
        assertArrayEquals(LeastSquares.solve(a, b).toFloats(), x.toFloats());
        assertArrayEquals(
                LeastSquares.ridge(a, b, 0.1).toFloats(),
                LeastSquares.ridge(a.reshape(4, 3, 3), b.reshape(4, 3, 2), 0.1).toFloats());
    }

    /** {@code Aᵀ(A X - B) = 0}, as far as the rounding of X to float32 allows. */
    @Property(tries = 100)
    void theResidualIsOrthogonalToTheColumns(
            @ForAll @IntRange(min = 1, max = 20) int d,
            @ForAll @IntRange(min = 0, max = 40) int more,
            @ForAll @IntRange(min = 1, max = 4) int m,
            @ForAll long seed) {
        Tensor a = Matrices.normal(d + more + 1, d, seed);
        Tensor b = Matrices.normal(d + more + 1, m, seed + 1);
        double[][] x = Matrices.rows(LeastSquares.solve(a, b));
        double[][] left =
                Matrices.transposedTimes(Matrices.rows(a), Matrices.residual(Matrices.rows(a), x, Matrices.rows(b)));
        double allowed = 1.01 * ROUNDING * Math.pow(Matrices.norm(Matrices.rows(a)), 2) * Matrices.norm(x);
        assertTrue(Matrices.norm(left) <= allowed + 1e-12, Matrices.norm(left) + " of " + allowed);
    }

    /** {@code Aᵀ(A X - B) + lambda X = 0}, also where there are fewer rows than columns. */
    @Property(tries = 100)
    void theResidualOfRidgeIsLambdaTimesX(
            @ForAll @IntRange(min = 1, max = 20) int d,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = -6, max = 3) int power,
            @ForAll long seed) {
        double lambda = Math.pow(10, power);
        Tensor a = Matrices.normal(rows, d, seed);
        Tensor b = Matrices.normal(rows, 2, seed + 1);
        double[][] x = Matrices.rows(LeastSquares.ridge(a, b, lambda));
        double[][] left =
                Matrices.transposedTimes(Matrices.rows(a), Matrices.residual(Matrices.rows(a), x, Matrices.rows(b)));
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < 2; j++) {
                left[i][j] += lambda * x[i][j];
            }
        }
        double squared = Math.pow(Matrices.norm(Matrices.rows(a)), 2) + lambda;
        double allowed = 1.01 * ROUNDING * squared * Matrices.norm(x);
        assertTrue(Matrices.norm(left) <= allowed + 1e-12, Matrices.norm(left) + " of " + allowed);
    }

    @Property(tries = 50)
    void ridgeWithATinyLambdaIsLeastSquares(
            @ForAll @IntRange(min = 1, max = 15) int d,
            @ForAll @IntRange(min = 20, max = 60) int rows,
            @ForAll long seed) {
        Tensor a = Matrices.normal(rows, d, seed);
        Tensor b = Matrices.normal(rows, 2, seed + 1);
        Tensor x = LeastSquares.solve(a, b);
        float[] ridge = LeastSquares.ridge(a, b, 1e-9).toFloats();
        double greatest = Matrices.norm(Matrices.rows(x));
        assertArrayEquals(x.toFloats(), ridge, (float) (2e-7 * greatest));
    }

    /** The units of a column make no difference: by powers of 2 not even in a bit of what they are divided by. */
    @Test
    void theUnitsOfColumnsMakeNoDifference() {
        Tensor a = Matrices.normal(30, 3, 5);
        Tensor b = Matrices.normal(30, 1, 6);
        Tensor units = Tensors.of(new float[][] {{0x1p60f, 1, 0x1p-60f}});
        float[] x = LeastSquares.solve(a, b).toFloats();
        float[] other = LeastSquares.solve(a.times(units), b).toFloats();
        assertArrayEquals(new float[] {x[0] * 0x1p-60f, x[1], x[2] * 0x1p60f}, other);
    }

    /** Columns that differ in 2^-19 of their length: the normal equations have a condition of 2^39, and float64 without corrections only four digits. */
    @Test
    void ridgeIsRightToFloat32NearItsLimit() {
        int rows = 40;
        double[][] a = new double[rows][3];
        double[][] common = Matrices.rows(Matrices.normal(rows, 3, 8));
        for (int r = 0; r < rows; r++) {
            // Multiples of 2^-22, which float32 holds.
            double first = Math.rint(common[r][0] * 4) / 4;
            a[r][0] = first;
            a[r][1] = first + Math.rint(common[r][1] * 4) * 0x1p-20;
            a[r][2] = Math.rint(common[r][2] * 4) / 4;
        }
        double[][] truth = {{3}, {-2}, {1}};
        double[][] b = Matrices.residual(a, truth, new double[rows][1]);
        Tensor left = Matrices.tensor(a);
        assertArrayEquals(Matrices.rows(left), a, "rounded");
        Tensor right = Matrices.tensor(b);
        double[][] solved = Matrices.rows(LeastSquares.solve(left, right));
        double[][] ridged = Matrices.rows(LeastSquares.ridge(left, right, 1e-18));
        for (int i = 0; i < 3; i++) {
            assertEquals(solved[i][0], ridged[i][0], 4e-7 * Math.abs(solved[i][0]));
        }
    }

    @Test
    void theSameNumbersGiveTheSameBits() {
        Tensor a = Matrices.normal(200, 60, 1);
        Tensor b = Matrices.normal(200, 5, 2);
        assertArrayEquals(
                LeastSquares.solve(a, b).toFloats(), LeastSquares.solve(a, b).toFloats());
        assertArrayEquals(
                LeastSquares.ridge(a, b, 1e-3).toFloats(),
                LeastSquares.ridge(a, b, 1e-3).toFloats());
    }

    @Test
    void operandsStayAsTheyAreAndTheSolutionIsAConstant() {
        Tensor a = Matrices.normal(20, 4, 1);
        Tensor b = Matrices.normal(20, 2, 2);
        LeastSquares.solve(a, b);
        LeastSquares.ridge(a, b, 1);
        assertArrayEquals(Matrices.normal(20, 4, 1).toFloats(), a.toFloats());
        assertArrayEquals(Matrices.normal(20, 2, 2).toFloats(), b.toFloats());
        assertFalse(FloatTensor.of(LeastSquares.solve(a, b)).needsGradient());
    }

    @Test
    void ridgeOfZerosIsZeros() {
        Tensor x = LeastSquares.ridge(Tensors.zeros(Shape.of(3, 2)), Matrices.normal(3, 2, 1), 1e-30);
        assertArrayEquals(new float[4], x.toFloats());
    }

    // What is refused.

    @Test
    void dependentColumns() {
        Tensor b = Tensors.of(new float[][] {{1}, {2}, {3}});
        String message = assertThrows(
                        ArithmeticException.class,
                        () -> LeastSquares.solve(Tensors.of(new float[][] {{1, 2}, {2, 4}, {3, 6}}), b))
                .getMessage();
        assertTrue(
                message.startsWith("solve (3,2)·X = (3,1): the columns of a are dependent as far as float32 can tell: "
                        + "condition number "),
                message);
        assertTrue(message.endsWith(", expected below 1.2e+07; ridge needs no independent ones"), message);
        refuses(
                ArithmeticException.class,
                "solve (3,2)·X = (3,1): column 1 of a is zeros, which leaves X open; ridge does not",
                () -> LeastSquares.solve(Tensors.of(new float[][] {{1, 0}, {2, 0}, {3, 0}}), b));
    }

    @Test
    void singularSquares() {
        Tensor singular = Tensors.of(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertThrows(ArithmeticException.class, () -> LeastSquares.solve(singular, Matrices.normal(3, 1, 1)));
        LeastSquares.ridge(singular, Matrices.normal(3, 1, 1), 1e-6);
    }

    /** Whatever dependent columns were rounded to float32 is refused: no such matrix is taken for one of independent columns. */
    @Property(tries = 200)
    void dependentColumnsThatWereRounded(
            @ForAll @IntRange(min = 2, max = 12) int d,
            @ForAll @IntRange(min = 0, max = 30) int more,
            @ForAll @IntRange(min = 0, max = 20) int spread,
            @ForAll long seed) {
        int rank = d - 1;
        double[][] left = Matrices.rows(Matrices.normal(rank, d + more, seed));
        double[][] right = Matrices.rows(Matrices.normal(rank, d, seed + 1));
        for (int j = 0; j < d; j++) {
            right[rank - 1][j] *= Math.scalb(1.0, -spread * j / d);
        }
        Tensor a = Matrices.tensor(Matrices.transposedTimes(left, right));
        assertThrows(ArithmeticException.class, () -> LeastSquares.solve(a, Matrices.normal(d + more, 1, 3)));
    }

    /** Well below the limit nothing is refused, and all digits are right. */
    @Test
    void columnsThatAreNearlyDependent() {
        Tensor a = Tensors.of(new float[][] {{1, 1}, {0, 0x1p-20f}, {0, 0}});
        Tensor b = Tensors.of(new float[][] {{3}, {0x1p-19f}, {5}});
        assertArrayEquals(new float[] {1, 2}, LeastSquares.solve(a, b).toFloats(), 1e-6f);
        Tensor nearer = Tensors.of(new float[][] {{1, 1}, {0, 0x1p-23f}, {0, 0}});
        assertThrows(ArithmeticException.class, () -> LeastSquares.solve(nearer, b));
    }

    @Test
    void aLambdaThatIsTooSmall() {
        Tensor a = Tensors.of(new float[][] {{1, 1}, {1, 1}});
        Tensor b = Tensors.of(new float[][] {{1}, {3}});
        assertArrayEquals(new float[] {1, 1}, LeastSquares.ridge(a, b, 1e-11).toFloats(), 1e-7f);
        String message = assertThrows(ArithmeticException.class, () -> LeastSquares.ridge(a, b, 1e-13))
                .getMessage();
        assertTrue(
                message.startsWith("ridge (2,2)·X = (2,1): lambda 1.0e-13 is too small for columns that are as good as "
                        + "dependent: condition number "),
                message);
        assertTrue(message.endsWith(" of AᵀA + lambda I, expected below 1.1e+12"), message);
        assertThrows(ArithmeticException.class, () -> LeastSquares.ridge(a, b, Double.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void lambdasThatAreNone(double lambda) {
        refuses(
                IllegalArgumentException.class,
                "ridge (3,2)·X = (3,1): lambda is " + lambda + ", expected a finite number above 0"
                        + (lambda == 0 ? "; without one, take solve" : ""),
                () -> LeastSquares.ridge(Matrices.normal(3, 2, 1), Matrices.normal(3, 1, 2), lambda));
    }

    @Test
    void shapesThatDoNotFit() {
        refuses(
                IllegalArgumentException.class,
                "solve (2,3)·X = (2,1): 2 rows for 3 columns leave X open, expected at least as many; ridge needs no more",
                () -> LeastSquares.solve(Matrices.normal(2, 3, 1), Matrices.normal(2, 1, 2)));
        refuses(
                IllegalArgumentException.class,
                "solve (4,2)·X = (3,1): expected the same axes but the last",
                () -> LeastSquares.solve(Matrices.normal(4, 2, 1), Matrices.normal(3, 1, 2)));
        refuses(
                IllegalArgumentException.class,
                "ridge (2,2,2)·X = (4,1): expected the same axes but the last",
                () -> LeastSquares.ridge(Matrices.normal(4, 2, 1).reshape(2, 2, 2), Matrices.normal(4, 1, 2), 1));
        refuses(
                IllegalArgumentException.class,
                "ridge: b is (4), expected a matrix with at least one row and one column",
                () -> LeastSquares.ridge(
                        Matrices.normal(4, 2, 1), Matrices.normal(4, 1, 2).reshape(4), 1));
    }

    @Test
    void emptyOperands() {
        refuses(
                IllegalArgumentException.class,
                "solve: a is (0,2), expected a matrix with at least one row and one column",
                () -> LeastSquares.solve(Tensors.zeros(Shape.of(0, 2)), Tensors.zeros(Shape.of(0, 1))));
        refuses(
                IllegalArgumentException.class,
                "ridge: a is (2,0), expected a matrix with at least one row and one column",
                () -> LeastSquares.ridge(Tensors.zeros(Shape.of(2, 0)), Tensors.zeros(Shape.of(2, 1)), 1));
        refuses(
                IllegalArgumentException.class,
                "solve: b is (2,0), expected a matrix with at least one row and one column",
                () -> LeastSquares.solve(Matrices.normal(2, 1, 1), Tensors.zeros(Shape.of(2, 0))));
    }

    @Test
    void numbersThatAreNone() {
        Tensor good = Matrices.normal(3, 2, 1);
        Tensor nan = Tensors.of(new float[][] {{1, 2}, {Float.NaN, 4}, {5, 6}});
        Tensor infinite = Tensors.of(new float[][] {{1, 2}, {3, 4}, {5, Float.NEGATIVE_INFINITY}});
        refuses(
                IllegalArgumentException.class,
                "solve: a(3,2) has NaN in row 1, column 0, expected finite numbers",
                () -> LeastSquares.solve(nan, good));
        refuses(
                IllegalArgumentException.class,
                "solve: b(3,2) has -Infinity in row 2, column 1, expected finite numbers",
                () -> LeastSquares.solve(good, infinite));
        refuses(
                IllegalArgumentException.class,
                "ridge: b(3,2) has NaN in row 1, column 0, expected finite numbers",
                () -> LeastSquares.ridge(good, nan, 1));
    }

    @Test
    void solutionsThatFloat32DoesNotHold() {
        Tensor a = Tensors.of(new float[][] {{1e-30f}});
        Tensor b = Tensors.of(new float[][] {{1e30f}});
        String message = assertThrows(ArithmeticException.class, () -> LeastSquares.solve(a, b))
                .getMessage();
        assertTrue(message.startsWith("solve (1,1)·X = (1,1): the solution has "), message);
        assertTrue(message.endsWith("in row 0, column 0, which float32 does not hold"), message);
        assertFalse(message.contains("Infinity"), message);
    }

    @Test
    void operandsThatNeedAGradient() {
        Tensor good = Matrices.normal(3, 2, 1);
        Tensor variable = Tensors.variable(Shape.of(3, 2), good.toFloats());
        refuses(
                IllegalArgumentException.class,
                "solve: a(3,2) needs a gradient, and none flows through: give its detach()",
                () -> LeastSquares.solve(variable, good));
        refuses(
                IllegalArgumentException.class,
                "ridge: b(3,2) needs a gradient, and none flows through: give its detach()",
                () -> LeastSquares.ridge(good, variable.times(2), 1));
        assertArrayEquals(
                LeastSquares.solve(good, good).toFloats(),
                LeastSquares.solve(variable.detach(), good).toFloats());
    }
}
