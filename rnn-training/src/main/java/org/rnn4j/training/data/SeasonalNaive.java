package org.rnn4j.training.data;

/**
 * The forecast that the last season repeats: the latest known value that lies a whole number of periods before.
 *
 * @param period the length of a season in positions, 1 or more; with 1 it is {@link RepeatLast}
 */
public record SeasonalNaive(int period) implements SeriesForecast {

    public SeasonalNaive {
        if (period < 1) {
            throw new IllegalArgumentException("seasonal naive forecast of period " + period + ": expected at least 1");
        }
    }

    @Override
    public String label() {
        return "seasonal naive (period " + period + ")";
    }

    @Override
    public double forecast(double[] series, int known, int ahead) {
        if (known < period) {
            throw new IllegalArgumentException(
                    label() + ": " + known + " values are known, expected at least " + period);
        }
        return series[known - period + (ahead - 1) % period];
    }
}
