package org.rnn4j.benchmarks.against;

import java.util.Locale;
import org.rnn4j.benchmarks.work.Saving;

/** How much more a line may cost than before. */
public enum Bound {
    /** A step: 3 %. */
    PERCENT(1.03, "x%.3f") {
        @Override
        double change(double before, double after) {
            return after / before;
        }
    },
    /** Saving and loading: a second a GB. */
    SECOND(1, "%+.2f s/GB") {
        @Override
        double change(double before, double after) {
            return after - before;
        }
    };

    private final double most;
    private final String format;

    Bound(double most, String format) {
        this.most = most;
        this.format = format;
    }

    /** The one of lines with a unit. */
    static Bound of(String unit) {
        return unit.equals(Saving.UNIT) ? SECOND : PERCENT;
    }

    /** From one time to another. */
    abstract double change(double before, double after);

    /** The largest change that is allowed. */
    double most() {
        return most;
    }

    /** A change as reports show it. */
    String text(double change) {
        return String.format(Locale.ROOT, format, change);
    }
}
