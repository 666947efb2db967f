package org.rnn4j.api;

/**
 * The configuration of a layer, a cell or a loss, and its factory.
 *
 * <p>A spec is a public record: what JSON holds is its components. A component of a primitive type must be given; one of an
 * object type may be left out and is then null, and the compact constructor says its default. The compact constructor also
 * checks the values, and its message begins with the component's name.
 *
 * @param <L> what it creates: {@link Layer}, {@link IdsLayer}, {@link Node}, {@link Recurrent} or {@link Loss}
 */
public interface LayerSpec<L> {
    /** Creates the layer, which keeps the tensors that it asks {@code params} for. */
    L create(Params params);

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
}
