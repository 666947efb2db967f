package org.rnn4j.api;

/**
 * The configuration of a part of a model, and its factory. Which part says the kind of spec: {@link LayerSpec} for what stands at a node of a model,
 * {@link CellSpec} for one time step, {@link LossSpec} for a loss. Implement one of these.
 *
 * <p>A spec is a public record: what JSON holds is its components. A component of a primitive type must be given; one of an
 * object type may be left out and is then null, and the compact constructor says its default. The compact constructor also
 * checks the values, and its message begins with the component's name.
 *
 * @param <T> what it creates
 */
public interface Spec<T> {
    /** Creates the part, which keeps the tensors that it asks {@code params} for. */
    T create(Params params);

    /**
     * Creates this as a part of another: the name stands in the paths of its parameters and of what is wrong with it.
     *
     * @param whole the parameters of what it is a part of
     */
    default T part(String name, Params whole) {
        return LayerException.within(name, () -> create(whole.scope(name)));
    }

    /**
     * The value, known to be there.
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
     * The value, known to be at least {@code minimum}.
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
     * The value, known to be above 0 and finite in float32, which layers compute in: there 1e-50 is 0, and 1e39 infinite.
     *
     * @throws IllegalArgumentException such as {@code epsilon is 0.0, expected a finite number above 0}
     */
    static double positive(String name, double value) {
        return inRange(name, value, (float) value > 0, "a finite number above 0");
    }

    /**
     * The value, known to be 0 or above and finite in float32, which layers compute in.
     *
     * @throws IllegalArgumentException such as {@code weight is -1.0, expected a finite number, 0 or more}
     */
    static double notNegative(String name, double value) {
        return inRange(name, value, value >= 0, "a finite number, 0 or more");
    }

    /**
     * The value, known to be a probability below 1, as rates of dropout are.
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
     * The value, known to be finite in float32, which layers compute in.
     *
     * @throws IllegalArgumentException such as {@code bias is NaN, expected a finite number}
     */
    static double finite(String name, double value) {
        return inRange(name, value, true, "a finite number");
    }

    private static double inRange(String name, double value, boolean inRange, String expected) {
        float single = (float) value;
        if (!inRange || !Float.isFinite(single)) {
            // Of a number that is wrong in float32 alone nobody would see what is wrong with it.
            boolean hidden = Double.isFinite(value) && (Float.isInfinite(single) || (single == 0 && value > 0));
            throw new IllegalArgumentException(name + " is " + value
                    + (hidden ? ", which is " + single + " in float32" : "") + ", expected " + expected);
        }
        return value;
    }
}
