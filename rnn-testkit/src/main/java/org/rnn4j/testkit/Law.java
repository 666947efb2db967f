package org.rnn4j.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Session;

/**
 * A property that a contract checks: every failure message begins with its words.
 *
 * @param words such as {@code rows are independent of each other}
 */
record Law(String words) {
    private static final String SAYS = ": ";

    /** Fails. */
    void broken(String how) {
        Assertions.fail(words + SAYS + how);
    }

    /**
     * Checks this law in each situation. If it is violated, or if the code under test throws, the situation is shrunk for as long as the law stays
     * violated, and the message also shows the smallest one.
     *
     * @param check must hold in every situation, even with one row, with one step, or with no valid step
     */
    void in(List<Situation> situations, Consumer<Situation> check) {
        for (Situation situation : situations) {
            Failure failure = failure(situation, check);
            if (failure != null) {
                Failure smallest = smallest(failure, check);
                Assertions.fail(
                        failure.message + "; smallest: " + smallest.situation + SAYS + smallest.how(), smallest.cause);
            }
        }
    }

    private Failure smallest(Failure failure, Consumer<Situation> check) {
        for (Situation simpler : failure.situation.simpler()) {
            Failure smaller = failure(simpler, check);
            if (smaller != null) {
                return smallest(smaller, check);
            }
        }
        return failure;
    }

    /** How this law is violated in a situation; null if it holds. */
    private Failure failure(Situation situation, Consumer<Situation> check) {
        try {
            check.accept(situation);
            return null;
        } catch (AssertionError e) {
            return new Failure(situation, e.getMessage(), e);
        } catch (RuntimeException e) {
            return new Failure(situation, words + SAYS + "it failed: " + e, e);
        }
    }

    private record Failure(Situation situation, String message, Throwable cause) {
        /** The message without the words of the law, which precede it already. */
        String how() {
            return message.substring(message.indexOf(SAYS) + SAYS.length());
        }
    }

    void holds(boolean fact, Supplier<String> otherwise) {
        if (!fact) {
            broken(otherwise.get());
        }
    }

    /** Runs the code under test; an exception violates this law. */
    <R> R run(String what, Supplier<R> code) {
        try {
            return code.get();
        } catch (RuntimeException e) {
            return Assertions.fail(words + SAYS + what + " failed: " + e, e);
        }
    }

    /**
     * Runs code that must refuse an argument.
     *
     * @param otherwise what happened if it does not
     * @param shown text that its message must contain
     */
    void refuses(String otherwise, String shown, Supplier<?> code) {
        refuses(otherwise, List.of(shown), code);
    }

    /**
     * The same with alternatives for the message.
     *
     * @param shown texts, one of which its message must contain
     */
    void refuses(String otherwise, List<String> shown, Supplier<?> code) {
        String one = String.join(" or ", shown);
        Object result;
        try {
            result = code.get();
        } catch (IllegalArgumentException e) {
            holds(
                    shown.stream().anyMatch(String.valueOf(e.getMessage())::contains),
                    () -> "the message does not show " + one + ": " + e);
            return;
        } catch (RuntimeException e) {
            Assertions.fail(words + ": expected an IllegalArgumentException that shows " + one + ", got " + e, e);
            return;
        }
        broken(otherwise + " and gave " + result);
    }

    /** The gradients are right; they may all be 0. */
    void gradients(Scalar scalar) {
        GradientCheck.Comparison comparison = GradientCheck.compare(scalar);
        holds(comparison.wrong().isEmpty(), comparison::words);
    }

    /** Everything but states matters. */
    void used(Situation situation, Scalar scalar) {
        List<String> unused = scalar.unused();
        holds(unused.isEmpty(), () -> "nothing depends on " + unused + " " + situation.words());
    }

    /** A session of a window's rows recorded its step; it takes two steps to. */
    void replays(Session session, Situation situation) {
        holds(
                session.replays() || situation.steps() == 1,
                () -> "it runs the layers in every step, as a layer reads numbers or ids while it runs, or an op sets"
                        + " only some of its outputs");
    }

    /** The same bits. */
    void same(String what, Shape shape, double[] expected, double[] found) {
        holds(
                expected.length == found.length,
                () -> what + ": " + found.length + " numbers, expected " + expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(found[i])) {
                broken(what + " at " + position(i, shape) + ": " + found[i] + ", expected exactly " + expected[i]);
            }
        }
    }

    /** The same operations. */
    void sameOperations(String what, List<String> expected, List<String> found) {
        int common = Math.min(expected.size(), found.size());
        for (int i = 0; i < common; i++) {
            if (!expected.get(i).equals(found.get(i))) {
                broken(what + ": line " + i + " is \"" + found.get(i) + "\", and \"" + expected.get(i)
                        + "\" for other values");
            }
        }
        holds(
                expected.size() == found.size(),
                () -> what + ": " + found.size() + " lines, and " + expected.size() + " for other values");
    }

    /** The same parts with the same bits. */
    void same(String where, Map<String, Numbers> expected, Map<String, Numbers> found) {
        holds(
                expected.keySet().equals(found.keySet()),
                () -> where + ": " + found.keySet() + ", expected " + expected.keySet());
        expected.forEach((name, numbers) -> {
            Numbers other = found.get(name);
            holds(
                    numbers.shape().equals(other.shape()),
                    () -> name + " " + where + ": the shape " + other.shape() + ", expected " + numbers.shape());
            same(name + " " + where, numbers.shape(), numbers.values(), other.values());
        });
    }

    /** The same parts with the same numbers up to rounding. */
    void close(String where, Map<String, Numbers> expected, Map<String, Numbers> found) {
        expected.forEach((name, numbers) -> close(name + " " + where, numbers, found.get(name), 1e-12));
    }

    /** The same numbers within a tolerance, relative above 1 and absolute below. */
    void close(String what, Numbers expected, Numbers found, double tolerance) {
        holds(
                expected.shape().equals(found.shape()),
                () -> what + ": the shape " + found.shape() + ", expected " + expected.shape());
        for (int i = 0; i < expected.values().length; i++) {
            double a = expected.values()[i];
            double b = found.values()[i];
            if (!(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a)))) {
                broken(what + " at " + position(i, expected.shape()) + ": " + b + ", expected " + a + " within "
                        + tolerance);
            }
        }
    }

    /** Zeros at one step of one row of {@code (N,T,…)}. */
    void zeros(String what, Numbers numbers, int n, int t) {
        for (double value : numbers.row(n).steps(t, t + 1).values()) {
            holds(
                    value == 0,
                    () -> what + " of row " + n + " at step " + t + " past its end: " + value + ", expected 0");
        }
    }

    /** No NaN and no infinity in the gradients of parameters. */
    void finite(String where, DoubleParams params, Tensor loss) {
        Map<DoubleTensor, double[]> gradients = DoubleTensor.of(loss).gradients();
        params.parameters().forEach((name, parameter) -> {
            for (double gradient : gradients.getOrDefault(parameter, new double[0])) {
                holds(
                        Double.isFinite(gradient),
                        () -> where + " the gradient of parameter " + name + " is " + gradient);
            }
        });
    }

    /** The entries whose names begin so, without that beginning. */
    static <V> Map<String, V> withPrefix(String prefix, Map<String, V> all) {
        Map<String, V> chosen = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                chosen.put(name.substring(prefix.length()), value);
            }
        });
        return chosen;
    }

    /** Where the i-th number of an array of a shape is, as {@code (1,0,3)}. */
    static String position(int i, Shape shape) {
        int[] index = new int[shape.rank()];
        int rest = i;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return Arrays.toString(index).replace('[', '(').replace(']', ')').replace(" ", "");
    }
}
