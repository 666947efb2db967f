package org.rnn4j.api;

/**
 * The configuration of a part of a model, and its factory. Implement one of the kinds of spec: {@link LayerSpec} for a node of a model,
 * {@link CellSpec} for one time step, {@link LossSpec} for a loss.
 *
 * <p>A spec is a public record, and its JSON form consists of its components. A component of a primitive type is required; a component of an object
 * type is optional and is null if it is missing, and the compact constructor sets its default. The compact constructor also checks the values, with
 * messages that begin with the component's name.
 *
 * @param <T> what it creates
 */
public interface Spec<T> {
    /** Creates the part, which keeps the tensors that it gets from {@code params}. */
    T create(Params params);

    /**
     * Creates this as a named part of another: the name is part of the paths of its parameters and of its error messages.
     *
     * @param whole the parameters of what it is a part of
     */
    default T part(String name, Params whole) {
        return LayerException.within(name, () -> create(whole.scope(name)));
    }

    /**
     * Checks that the value is not null, and returns it.
     *
     * @throws IllegalArgumentException such as {@code cell: expected a recurrent cell, such as LSTM}
     */
    static <V> V required(String name, V value, String expected) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected " + expected);
        }
        return value;
    }

    /**
     * Checks that the value is at least {@code minimum}, and returns it.
     *
     * @throws IllegalArgumentException such as {@code hidden is 0, expected 1 or more}
     */
    static int atLeast(int minimum, String name, int value) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + minimum + " or more");
        }
        return value;
    }

    /**
     * Checks that the value is above 0 and finite in float32, in which layers compute (there 1e-50 is 0, and 1e39 infinite), and returns it.
     *
     * @throws IllegalArgumentException such as {@code epsilon is 0.0, expected a finite number above 0}
     */
    static double positive(String name, double value) {
        return inRange(name, value, (float) value > 0, "a finite number above 0");
    }

    /**
     * Checks that the value is 0 or above and finite in float32, in which layers compute, and returns it.
     *
     * @throws IllegalArgumentException such as {@code weight is -1.0, expected a finite number, 0 or more}
     */
    static double notNegative(String name, double value) {
        return inRange(name, value, value >= 0, "a finite number, 0 or more");
    }

    /**
     * Checks that the value is a probability below 1, such as a dropout rate, and returns it.
     *
     * @throws IllegalArgumentException such as {@code rate is 1.0, expected 0 or more and below 1}
     */
    static double rate(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 or more and below 1");
        }
        return value;
    }

    /**
     * Checks that the value is finite in float32, in which layers compute, and returns it.
     *
     * @throws IllegalArgumentException such as {@code bias is NaN, expected a finite number}
     */
    static double finite(String name, double value) {
        return inRange(name, value, true, "a finite number");
    }

    private static double inRange(String name, double value, boolean inRange, String expected) {
        float single = (float) value;
        if (!inRange || !Float.isFinite(single)) {
            // If a number is wrong only in float32, its float64 text would not show why.
            boolean hidden = Double.isFinite(value) && (Float.isInfinite(single) || (single == 0 && value > 0));
            throw new IllegalArgumentException(name + " is " + value
                    + (hidden ? ", which is " + single + " in float32" : "") + ", expected " + expected);
        }
        return value;
    }
}
