package org.rnn4j.training.data;

import org.rnn4j.training.metric.Mean;
import org.rnn4j.training.metric.TermMetric;

/** A baseline for series: a rule without learnt parameters. */
public interface SeriesForecast {
    /** The name in results, for example "repeat last". */
    String label();

    /**
     * Forecasts {@code series[known - 1 + ahead]} from {@code series[0 .. known-1]} only.
     *
     * @param series the whole series; values from {@code known} on are not read; not modified
     * @param known how many values are known, 1 or more
     * @param ahead the number of steps after the last known value, 1 or more
     */
    double forecast(double[] series, int known, int ahead);

    /**
     * The mean over all forecasts of 1 to H steps ahead from every position of a part that is followed by H others, in the same way as a model is
     * validated on that part. A forecast may use all earlier values, including those of earlier parts.
     *
     * @param series the series; not modified
     * @param horizon H, how many values to forecast from each position
     */
    default Mean score(double[] series, Span part, int horizon, TermMetric metric) {
        Mean mean = new Mean();
        for (int last = part.from(); last + horizon < part.to(); last++) {
            for (int ahead = 1; ahead <= horizon; ahead++) {
                mean.add(metric.term(forecast(series, last + 1, ahead), series[last + ahead]), 1);
            }
        }
        return mean;
    }
}
