package org.rnn4j.training.data;

/** The forecast that nothing changes: the last known value, for any number of steps ahead. */
public record RepeatLast() implements SeriesForecast {

    @Override
    public String label() {
        return "repeat last";
    }

    @Override
    public double forecast(double[] series, int known, int ahead) {
        return series[known - 1];
    }
}
