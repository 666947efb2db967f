package org.rnn4j.training.metric;

import org.rnn4j.training.data.SlidingWindows;
import org.rnn4j.training.data.Span;

/** A baseline for series: a rule without parameters to learn. */
public interface SeriesForecast {

    /** Returns the name that a result carries, for example "repeat last". */
    String label();

    /**
     * Forecasts {@code series[known - 1 + ahead]} from {@code series[0 .. known-1]} alone.
     *
     * @param series the whole series; what lies at {@code known} and behind is not read; not modified
     * @param known how many values are known, 1 or more
     * @param ahead how far behind the last known value, 1 or more
     */
    double forecast(double[] series, int known, int ahead);

    /**
     * Returns the mean over all targets of the windows, as a model that predicts the same windows is scored. A forecast
     * may use all values before a window's targets, also those before its inputs.
     *
     * @param series the series that the windows are of; not modified
     */
    default Mean score(double[] series, SlidingWindows windows, ComparisonMetric metric) {
        Mean mean = new Mean();
        for (int window = 0; window < windows.count(); window++) {
            Span targets = windows.targets(window);
            for (int ahead = 1; ahead <= targets.length(); ahead++) {
                double prediction = forecast(series, targets.from(), ahead);
                mean.add(metric.term(prediction, series[targets.from() - 1 + ahead]), 1);
            }
        }
        return mean;
    }
}
