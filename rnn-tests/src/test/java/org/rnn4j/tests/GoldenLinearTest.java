package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.linear.Complex;
import org.rnn4j.core.linear.LeastSquares;
import org.rnn4j.core.linear.Spectrum;

/** Least squares and spectra against fractions and LAPACK. */
class GoldenLinearTest {
    /** The rounding of a solution to float32, and nothing that came before it. */
    private static final double ROUNDED = 1.001 * Math.ulp(1f) / 2;

    /** Float64 all the way, in another order of operations. */
    private static final double FLOAT64 = 1e-13;

    static Stream<Arguments> cases() {
        List<Golden> cases = Golden.cases("numpy-linear");
        assertEquals(18, cases.size());
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNumbersOfAnotherProgram(Golden golden) {
        Tensor a = golden.constant("a");
        switch (golden.text("operation")) {
            case "solve" -> solution(golden, LeastSquares.solve(a, golden.constant("b")));
            case "ridge" -> {
                double lambda = golden.config().get("lambda").asDouble();
                solution(golden, LeastSquares.ridge(a, golden.constant("b"), lambda));
            }
            case "spectrum" -> spectrum(golden, a);
            default -> throw new IllegalArgumentException(golden.name());
        }
    }

    /** Every number on its own, small ones beside large ones too. */
    private static void solution(Golden golden, Tensor x) {
        assertEquals(golden.shape("x"), x.shape());
        double[] expected = golden.values("x");
        double[] found = x.toDoubles();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], ROUNDED * Math.abs(expected[i]), golden.name() + " at " + i);
        }
    }

    private static void spectrum(Golden golden, Tensor a) {
        double[] values = golden.values("singular_values");
        double allowed = FLOAT64 * values[0];
        double[] found = Spectrum.singularValues(a);
        assertEquals(values.length, found.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], found[i], allowed, golden.name() + " at " + i);
        }
        if (golden.has("re")) {
            List<Complex> eigenvalues = Spectrum.eigenvalues(a);
            double[] re = golden.values("re");
            double[] im = golden.values("im");
            assertEquals(re.length, eigenvalues.size());
            for (int i = 0; i < re.length; i++) {
                assertEquals(re[i], eigenvalues.get(i).re(), allowed, golden.name() + " at " + i);
                assertEquals(im[i], eigenvalues.get(i).im(), allowed, golden.name() + " at " + i);
            }
            assertEquals(eigenvalues.get(0).abs(), Spectrum.radius(a));
        }
    }
}
