package org.rnn4j.core.optim;

/** Checks of settings, each with a message that begins with the setting's name. */
final class Settings {
    private Settings() {}

    static double fraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 or more and below 1");
        }
        return value;
    }

    static double positive(String name, double value) {
        boolean vanishes = value > 0 && (float) value == 0;
        return finite(
                name,
                value,
                (float) value > 0,
                "a number above 0" + (vanishes ? " and at least " + Float.MIN_VALUE : ""));
    }

    static double notNegative(String name, double value) {
        return finite(name, value, value >= 0, "0 or more");
    }

    /**
     * Rules compute in float32, where a larger number is infinite, and infinity times a gradient of 0 is NaN. A smaller one is 0, and keeps no divisor
     * off 0.
     */
    private static double finite(String name, double value, boolean inRange, String expected) {
        if (!inRange || value > Float.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected
                    + (value > Float.MAX_VALUE ? " and at most " + Float.MAX_VALUE : ""));
        }
        return value;
    }

    static long atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
        }
        return value;
    }
}
