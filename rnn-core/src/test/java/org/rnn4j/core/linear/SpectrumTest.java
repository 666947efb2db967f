package org.rnn4j.core.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Tensors;

class SpectrumTest {
    private static Tensor matrix(float[]... rows) {
        return Tensors.of(rows);
    }

    private static void near(Complex expected, Complex found) {
        assertEquals(expected.re(), found.re(), 1e-14);
        assertEquals(expected.im(), found.im(), 1e-14);
    }

    @Test
    void singularValuesOfAMatrixByHand() {
        // A Aᵀ = [25 20; 20 25]: 45 and 5.
        Tensor a = matrix(new float[] {3, 0, 4}, new float[] {4, 0, 3});
        assertArrayEquals(new double[] {7, 1}, Spectrum.singularValues(a), 1e-14);
        assertEquals(7, Spectrum.condition(a), 1e-13);
        assertArrayEquals(
                new double[] {7, 1, 0},
                Spectrum.singularValues(matrix(new float[] {3, 0, 4}, new float[] {4, 0, 3}, new float[] {0, 0, 0})),
                1e-14);
    }

    /** One order for all: by modulus, then the greater real part, then the greater imaginary part. */
    @Test
    void eigenvaluesHaveAnOrder() {
        List<Complex> expected = List.of(
                new Complex(-3, 0),
                new Complex(2, 0),
                new Complex(0, 2),
                new Complex(0, -2),
                new Complex(-2, 0),
                new Complex(1, 0));
        List<Complex> sorted = new ArrayList<>(expected);
        Collections.reverse(sorted);
        sorted.sort(Spectrum.ORDER);
        assertEquals(expected, sorted);

        // Blocks of which all eigenvalues can be told, with four different moduli.
        Tensor blocks = matrix(
                new float[] {1, 0, 0, 0, 0},
                new float[] {0, 0, -2, 0, 0},
                new float[] {0, 2, 0, 0, 0},
                new float[] {0, 0, 0, -3, 0},
                new float[] {0, 0, 0, 0, 1.5f});
        List<Complex> found = Spectrum.eigenvalues(blocks);
        assertEquals(5, found.size());
        near(new Complex(-3, 0), found.get(0));
        near(new Complex(0, 2), found.get(1));
        near(new Complex(0, -2), found.get(2));
        near(new Complex(1.5, 0), found.get(3));
        near(new Complex(1, 0), found.get(4));
        assertEquals(3, Spectrum.radius(blocks), 1e-14);
        assertThrows(UnsupportedOperationException.class, () -> found.add(new Complex(0, 0)));
    }

    @Property(tries = 100)
    void eigenvaluesOfARealMatrixArePairs(@ForAll @IntRange(min = 1, max = 30) int d, @ForAll long seed) {
        Tensor a = Matrices.normal(d, d, seed);
        List<Complex> found = Spectrum.eigenvalues(a);
        assertEquals(d, found.size());
        double greatest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < d; i++) {
            Complex value = found.get(i);
            assertTrue(value.abs() <= greatest, found.toString());
            greatest = value.abs();
            if (value.im() > 0) {
                assertEquals(new Complex(value.re(), -value.im()), found.get(i + 1));
                i++;
            } else {
                assertEquals(0, value.im(), found.toString());
            }
        }
        assertEquals(found, Spectrum.eigenvalues(a));
    }

    @Property(tries = 100)
    void theTraceIsTheSumAndTheDeterminantTheProduct(@ForAll @IntRange(min = 1, max = 20) int d, @ForAll long seed) {
        Tensor a = Matrices.normal(d, d, seed);
        double[][] rows = Matrices.rows(a);
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += rows[i][i];
        }
        double sum = 0;
        double im = 0;
        double moduli = 1;
        for (Complex value : Spectrum.eigenvalues(a)) {
            sum += value.re();
            im += value.im();
            moduli *= value.abs();
        }
        double norm = Matrices.norm(rows);
        assertEquals(trace, sum, 1e-13 * d * norm);
        assertEquals(0, im, 1e-13 * norm);
        double product = 1;
        for (double value : Spectrum.singularValues(a)) {
            product *= value;
        }
        double determinant = Math.abs(Matrices.determinant(rows));
        // A relative error of each factor of 1e-15 |A| / factor: by the least one nearly all of it.
        double allowed = 1e-13 * d * Spectrum.condition(a) * determinant;
        assertEquals(determinant, product, allowed);
        assertEquals(determinant, moduli, allowed);
    }

    @Property(tries = 100)
    void squaresOfSingularValuesAddUpToTheSquaresOfTheNumbers(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll long seed) {
        Tensor a = Matrices.normal(rows, columns, seed);
        double[] values = Spectrum.singularValues(a);
        assertEquals(Math.min(rows, columns), values.length);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            assertTrue(values[i] >= 0 && (i == 0 || values[i] <= values[i - 1]), Arrays.toString(values));
            sum += values[i] * values[i];
        }
        double norm = Matrices.norm(Matrices.rows(a));
        assertEquals(norm, Math.sqrt(sum), 1e-13 * norm);
    }

    /** Both ways to the same numbers: the eigenvalues of {@code AᵀA} of whole numbers are the squares of A's singular values. */
    @Property(tries = 50)
    void singularValuesAreRootsOfEigenvalues(@ForAll @IntRange(min = 1, max = 10) int d, @ForAll long seed) {
        double[][] a = Matrices.rows(Matrices.normal(d + 3, d, seed));
        for (double[] row : a) {
            for (int j = 0; j < d; j++) {
                row[j] = Math.rint(8 * row[j]);
            }
        }
        double[] values = Spectrum.singularValues(Matrices.tensor(a));
        List<Complex> squares = Spectrum.eigenvalues(Matrices.tensor(Matrices.transposedTimes(a, a)));
        for (int i = 0; i < d; i++) {
            assertEquals(values[i] * values[i], squares.get(i).re(), 1e-13 * values[0] * values[0]);
            assertEquals(0, squares.get(i).im());
        }
    }

    /** A rotation times a gain: every eigenvalue and every singular value has the gain for its modulus. */
    @Property(tries = 30)
    void aScaledOrthogonalMatrix(
            @ForAll @IntRange(min = 1, max = 40) int d, @ForAll @IntRange(min = -100, max = 100) int power) {
        // A Householder reflection I - 2 v vᵀ / |v|² with |v|² a power of 2 and whole numbers in v is exact in float32.
        double[][] rows = new double[d][d];
        int ones = Integer.highestOneBit(d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double reflected = (i == j ? 1 : 0) - (i < ones && j < ones ? 2.0 / ones : 0);
                rows[(i + 1) % d][j] = Math.scalb(reflected, power);
            }
        }
        Tensor a = Matrices.tensor(rows);
        double gain = Math.scalb(1.0, power);
        assertEquals(gain, Spectrum.radius(a), 1e-14 * d * gain);
        for (double value : Spectrum.singularValues(a)) {
            assertEquals(gain, value, 1e-14 * d * gain);
        }
        assertEquals(1, Spectrum.condition(a), 1e-14 * d);
    }

    /** Off by 1e-9 of its greatest number, this is no symmetric matrix, and its eigenvalues are no real numbers. */
    @Test
    void whatIsNearlySymmetricIsNotTakenForSymmetric() {
        List<Complex> found = Spectrum.eigenvalues(matrix(new float[] {1, -0x1p-30f}, new float[] {0x1p-30f, 1}));
        near(new Complex(1, 0x1p-30), found.get(0));
        assertEquals(0x1p-30, found.get(0).im(), 1e-15);
        assertEquals(-0x1p-30, found.get(1).im(), 1e-15);
    }

    @Test
    void largestAndSmallestNumbers() {
        for (float scale : new float[] {Float.MAX_VALUE, 1e-38f, Float.MIN_VALUE}) {
            Tensor a = matrix(new float[] {0, scale}, new float[] {scale, 0});
            assertArrayEquals(new double[] {scale, scale}, Spectrum.singularValues(a), 1e-15 * scale);
            assertEquals(scale, Spectrum.radius(a), 1e-15 * scale);
            assertEquals(1, Spectrum.condition(a), 1e-15);
        }
    }

    @Test
    void singularMatrices() {
        Tensor zeros = Tensors.zeros(Shape.of(3, 3));
        assertArrayEquals(new double[3], Spectrum.singularValues(zeros));
        assertEquals(List.of(new Complex(0, 0), new Complex(0, 0), new Complex(0, 0)), Spectrum.eigenvalues(zeros));
        assertEquals(0, Spectrum.radius(zeros));
        assertEquals(Double.POSITIVE_INFINITY, Spectrum.condition(zeros));
        assertEquals(Double.POSITIVE_INFINITY, Spectrum.condition(matrix(new float[] {1, 0}, new float[] {0, 0})));
        assertTrue(
                Spectrum.condition(matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6}, new float[] {7, 8, 9})) > 1e15);
        // Three times 0, in one block: the root of the rounding, of the third degree.
        Tensor nilpotent = matrix(new float[] {0, 1, 5}, new float[] {0, 0, 1}, new float[] {0, 0, 0});
        assertEquals(0, Spectrum.radius(nilpotent), 1e-5);
    }

    @Test
    void theStepsOfAWindowAreRows() {
        Tensor a = Matrices.normal(12, 5, 1);
        assertArrayEquals(Spectrum.singularValues(a), Spectrum.singularValues(a.reshape(3, 4, 5)));
        assertEquals(Spectrum.condition(a), Spectrum.condition(a.reshape(3, 4, 5)));
    }

    // What is refused.

    private static void refuses(String message, Function<Tensor, ?> call, Tensor a) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> call.apply(a))
                        .getMessage());
    }

    @Test
    void shapesThatDoNotFit() {
        refuses("radius: a is (2,3), expected a square matrix", Spectrum::radius, Matrices.normal(2, 3, 1));
        refuses(
                "eigenvalues: a is (2,2,4), expected a square matrix",
                Spectrum::eigenvalues,
                Matrices.normal(4, 4, 1).reshape(2, 2, 4));
        String empty = ", expected a matrix with at least one row and one column";
        refuses("singularValues: a is (0,3)" + empty, Spectrum::singularValues, Tensors.zeros(Shape.of(0, 3)));
        refuses("condition: a is (3,0)" + empty, Spectrum::condition, Tensors.zeros(Shape.of(3, 0)));
        refuses("eigenvalues: a is (0,0)" + empty, Spectrum::eigenvalues, Tensors.zeros(Shape.of(0, 0)));
        refuses("radius: a is ()" + empty, Spectrum::radius, Tensors.of(Shape.of(), 1));
        refuses("singularValues: a is (3)" + empty, Spectrum::singularValues, Tensors.of(Shape.of(3), 1, 2, 3));
    }

    @Test
    void numbersThatAreNoneAndGradients() {
        Tensor nan = matrix(new float[] {1, 2}, new float[] {3, Float.NaN});
        String message = ": a(2,2) has NaN in row 1, column 1, expected finite numbers";
        refuses("singularValues" + message, Spectrum::singularValues, nan);
        refuses("eigenvalues" + message, Spectrum::eigenvalues, nan);
        refuses("radius" + message, Spectrum::radius, nan);
        refuses("condition" + message, Spectrum::condition, nan);
        refuses(
                "radius: a(1,1) needs a gradient, and none flows through: give its detach()",
                Spectrum::radius,
                Tensors.variable(Shape.of(1, 1), 2));
    }
}
