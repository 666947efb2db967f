package org.rnn4j.training.data;

/**
 * One long sequence cut into three contiguous parts, in this order.
 *
 * <p>The parts are contiguous because neighbouring positions of a text or a series resemble each other: with randomly drawn parts a model could
 * remember what it is tested on.
 */
public record Split(Span train, Span validation, Span test) {

    /**
     * Cuts at {@code round(length * train)} and {@code round(length * (train + validation))}; the test part is the rest.
     *
     * @param length how many positions the sequence has
     * @param train the training part's fraction, above 0 and at most 1
     * @param validation the validation part's fraction; together with {@code train} at most 1
     */
    public static Split contiguous(int length, double train, double validation) {
        check(train, validation);
        int first = (int) Math.min(length, Math.round(length * train));
        int second = (int) Math.min(length, Math.round(length * (train + validation)));
        return new Split(new Span(0, first), new Span(first, second), new Span(second, length));
    }

    /** With the test part in the place of the validation part: to judge by, once, what was chosen by the other. */
    public Split tested() {
        return new Split(train, test, test);
    }

    /**
     * Checks two fractions, for the constructors of sources.
     *
     * @throws IllegalArgumentException if {@link #contiguous} would reject them
     */
    public static void check(double train, double validation) {
        // The tolerance lets 0.7 + 0.3, or 0.9 + 0.05 + 0.05, be what they look like.
        if (!(train > 0) || !(validation >= 0) || !(train + validation <= 1 + 1e-9)) {
            throw new IllegalArgumentException("train is " + train + " and validation is " + validation
                    + ", expected train > 0, validation >= 0 and a sum of at most 1");
        }
    }
}
