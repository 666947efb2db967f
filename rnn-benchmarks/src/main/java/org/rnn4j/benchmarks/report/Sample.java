package org.rnn4j.benchmarks.report;

/**
 * What one process said of one line.
 *
 * @param peer who was measured: {@code rnn4j}, {@code djl}
 * @param setting how it was started: {@code default}, {@code huge pages}
 * @param threads how many it was given
 * @param round counted from 1
 * @param result what it printed
 */
public record Sample(String peer, String setting, int threads, int round, Result result) {
    /** The median of the process. */
    double median() {
        return result.number("median");
    }

    /** The peer with its setting. */
    String name() {
        return peer + " (" + setting + ")";
    }
}
