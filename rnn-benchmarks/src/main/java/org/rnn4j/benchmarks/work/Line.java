package org.rnn4j.benchmarks.work;

import org.rnn4j.benchmarks.measure.Measurement;

/**
 * What a workload has measured, a line of a report.
 *
 * @param name of the line
 * @param unit of a call: {@code ms}, {@code us}
 * @param nanos of one unit
 * @param tokens of a call: N·T
 * @param calls how many are measured together; more than one where a call lasts microseconds
 * @param step a call
 */
public record Line(String name, String unit, double nanos, int tokens, int calls, Measurement.Step step) {
    static Line milliseconds(String name, int tokens, Measurement.Step step) {
        return new Line(name, "ms", 1e6, tokens, 1, step);
    }

    static Line microseconds(String name, int tokens, int calls, Measurement.Step step) {
        return new Line(name, "us", 1e3, tokens, calls, step);
    }
}
