package org.rnn4j.benchmarks.report;

import java.util.Collection;
import java.util.List;

/**
 * What all processes of one peer with one setting said of one line.
 *
 * @param peer who was measured
 * @param setting how it was started
 * @param unit of the times
 * @param median of the processes' medians
 * @param min the smallest time that any process saw
 * @param cpu what the calling thread used of the CPU, which others on the machine lengthen less; the median of the processes' medians
 * @param spread between the largest and the smallest of the medians, as a part of their median
 * @param processes how many there were
 */
public record Timing(
        String peer, String setting, String unit, double median, double min, double cpu, double spread, int processes) {

    /** The timing of at least one sample of the same peer, setting and line. */
    static Timing of(Collection<Sample> samples) {
        List<Double> medians = samples.stream().map(Sample::median).toList();
        Sample any = samples.iterator().next();
        return new Timing(
                any.peer(),
                any.setting(),
                any.result().text("unit"),
                Statistics.median(medians),
                samples.stream()
                        .mapToDouble(sample -> sample.result().number("min"))
                        .min()
                        .orElseThrow(),
                Statistics.median(samples.stream()
                        .map(sample -> sample.result().number("cpu"))
                        .toList()),
                Statistics.spread(medians),
                samples.size());
    }

    /** The peer with its setting. */
    public String name() {
        return peer + " (" + setting + ")";
    }
}
