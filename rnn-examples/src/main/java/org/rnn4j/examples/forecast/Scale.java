package org.rnn4j.examples.forecast;

/** How values are seen before anything is computed of them; a quantile of the one is that of the other. */
public enum Scale {
    /** As they are. */
    PLAIN {
        @Override
        double of(double value) {
            return value;
        }

        @Override
        double back(double number) {
            return number;
        }
    },
    /** Their logarithms: a season then is a factor, not a summand. */
    LOG {
        @Override
        double of(double value) {
            return StrictMath.log(value);
        }

        @Override
        double back(double number) {
            return StrictMath.exp(number);
        }
    };

    abstract double of(double value);

    abstract double back(double number);
}
