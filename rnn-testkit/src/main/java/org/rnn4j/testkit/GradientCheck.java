package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * Compares the gradients of a scalar function from back-propagation with difference quotients of its values.
 *
 * <p>A gradient {@code a} agrees with a quotient {@code n} if {@code |a - n| <= 1e-7 * max(1, |a|, |n|)}. The quotient is the
 * central difference of fourth order,
 *
 * <pre>{@code n = (f(x-2h) - 8 f(x-h) + 8 f(x+h) - f(x+2h)) / 12h}</pre>
 *
 * with {@code h = 1e-4}: it is wrong by about {@code h^4} (1e-16) times the fifth derivative and, from rounding, by about
 * {@code 3e-12 |f|}, so 1e-7 tests the gradient and not the quotient as long as {@code |f|} stays below a thousand. If the two differ,
 * {@code h = 1e-6} (rounding: {@code 3e-10 |f|}) decides, because a kink such as that of {@code relu} may lie within the interval of the wider
 * quotient.
 *
 * <p>It costs four evaluations of the function for each number.
 *
 * <pre>{@code
 * DoubleTensor x = DoubleTensor.variable(Shape.of(3), -1, 0.5, 2);
 * GradientCheck.of(Map.of("x", x), leaves -> leaves.get("x").tanh().sum());
 * }</pre>
 *
 * @param numbers how many numbers were checked
 * @param flat the names of the leaves whose gradients are all exactly 0: the function does not depend on them here
 */
public record GradientCheck(int numbers, List<String> flat) {
    private static final double TOLERANCE = 1e-7;
    private static final double WIDE = 1e-4;
    private static final double NARROW = 1e-6;

    /** Copies the list. */
    public GradientCheck {
        flat = List.copyOf(flat);
    }

    /**
     * Checks the gradients of a function with respect to every number of every leaf.
     *
     * @param leaves the point at which the function is checked, by name; not modified
     * @param function from leaves of these names to a scalar; it is called many times, with different numbers, and must not keep any state
     * @throws AssertionError naming leaf, position, both numbers and their difference; also if there was nothing to check
     */
    public static GradientCheck of(
            Map<String, DoubleTensor> leaves, Function<Map<String, DoubleTensor>, Tensor> function) {
        Comparison comparison = compare(new Scalar(leaves, function));
        GradientCheck found = comparison.found;
        if (!comparison.wrong.isEmpty()) {
            Assertions.fail(comparison.words());
        }
        if (found.flat.size() == leaves.size()) {
            Assertions.fail("the gradient check checked nothing: "
                    + (found.numbers == 0 ? "there is no number" : "the function does not depend on " + found.flat));
        }
        return found;
    }

    /**
     * The result of a comparison.
     *
     * @param wrong of each leaf with a wrong gradient, the first number that is
     * @param right the leaves whose gradients are right
     */
    record Comparison(GradientCheck found, Map<String, String> wrong, List<String> right) {
        /** The first wrong gradient, and the names of the other wrong ones. */
        String words() {
            List<String> names = new ArrayList<>(wrong.keySet());
            String first = wrong.get(names.remove(0));
            return first
                    + (names.isEmpty() ? "" : "; wrong too: " + String.join(", ", names))
                    + (right.isEmpty() ? "" : "; right: " + String.join(", ", right));
        }
    }

    /** Compares, even if all gradients are 0. */
    static Comparison compare(Scalar scalar) {
        Function<Map<String, DoubleTensor>, Tensor> function = scalar.function();
        Map<String, DoubleTensor> variables = scalar.variables();
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(function.apply(variables)).gradients();
        int numbers = 0;
        List<String> flat = new ArrayList<>();
        List<String> right = new ArrayList<>();
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Map.Entry<String, DoubleTensor> entry : variables.entrySet()) {
            String name = entry.getKey();
            double[] analytic = gradients.getOrDefault(
                    entry.getValue(), new double[entry.getValue().array().length]);
            boolean zeros = true;
            for (int i = 0; i < analytic.length && !wrong.containsKey(name); i++) {
                double numeric = quotient(variables, function, name, i, analytic[i]);
                if (!agree(analytic[i], numeric)) {
                    wrong.put(name, difference(name, i, entry.getValue().shape(), analytic[i], numeric));
                }
                zeros &= analytic[i] == 0;
                numbers++;
            }
            if (!wrong.containsKey(name)) {
                right.add(name);
            }
            if (zeros) {
                flat.add(name);
            }
        }
        return new Comparison(new GradientCheck(numbers, flat), wrong, right);
    }

    /** The quotient to compare a gradient with: over a narrow step if the one over a wide step does not agree. */
    private static double quotient(
            Map<String, DoubleTensor> leaves,
            Function<Map<String, DoubleTensor>, Tensor> function,
            String name,
            int index,
            double analytic) {
        double numeric = over(WIDE, leaves, function, name, index);
        return agree(analytic, numeric) ? numeric : over(NARROW, leaves, function, name, index);
    }

    private static String difference(String name, int index, Shape shape, double analytic, double numeric) {
        return "the gradient of " + name + " at " + Law.position(index, shape) + " of " + shape + " is " + analytic
                + ", but the difference quotient is " + numeric + ": they differ by " + Math.abs(analytic - numeric)
                + ", more than 1e-7 of the larger";
    }

    /** NaN agrees with nothing. */
    private static boolean agree(double analytic, double numeric) {
        double scale = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
        return Math.abs(analytic - numeric) <= TOLERANCE * scale && Double.isFinite(analytic);
    }

    private static double over(
            double h,
            Map<String, DoubleTensor> leaves,
            Function<Map<String, DoubleTensor>, Tensor> function,
            String name,
            int index) {
        double[] f = new double[5];
        for (int k = -2; k <= 2; k++) {
            if (k != 0) {
                DoubleTensor leaf = leaves.get(name);
                double[] moved = leaf.toDoubles();
                moved[index] += k * h;
                Map<String, DoubleTensor> there = new LinkedHashMap<>(leaves);
                there.put(name, DoubleTensor.variable(leaf.shape(), moved));
                f[k + 2] = function.apply(there).item();
            }
        }
        return ((f[0] - f[4]) + 8 * (f[3] - f[1])) / (12 * h);
    }
}
