package org.rnn4j.benchmarks.against;

import java.util.Optional;
import org.rnn4j.benchmarks.report.Result;

/**
 * One sample, and the roof right before and right behind it.
 *
 * @param side whose libraries
 * @param threads of the process
 * @param round counted from 1; each has one start of the JVM, with both sides in it
 * @param line what was measured
 * @param unit of the value
 * @param value the time of a call
 * @param roofBefore GFLOP/s of the probe before
 * @param roofAfter GFLOP/s of the probe behind
 */
public record Reading(
        Side side,
        int threads,
        int round,
        String line,
        String unit,
        double value,
        double roofBefore,
        double roofAfter) {

    /** What a line that a process printed says; nothing where it is of another kind. */
    static Optional<Reading> parse(int threads, int round, String text) {
        return Result.parse(text)
                .filter(result -> result.kind().equals("PROBED"))
                .map(result -> new Reading(
                        Side.named(result.text("side")),
                        threads,
                        round,
                        result.work(),
                        result.text("unit"),
                        result.number("value"),
                        result.number("before"),
                        result.number("after")));
    }

    /** The lower of the two probes; NaN where either is. */
    double roof() {
        return Math.min(roofBefore, roofAfter);
    }
}
