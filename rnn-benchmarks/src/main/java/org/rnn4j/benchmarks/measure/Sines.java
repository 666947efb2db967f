package org.rnn4j.benchmarks.measure;

/**
 * Minibatches of a forecast: windows of sines of different frequency and phase, and the value that follows each.
 *
 * @param x {@code x[b][n*T+t]}
 * @param y {@code y[b][n]}
 */
public record Sines(float[][] x, float[][] y) {
    /** How many minibatches there are before they repeat. */
    public static final int COUNT = 20;

    /** Minibatches of N rows and T steps. */
    public static Sines of(int rows, int steps) {
        Uniform draw = new Uniform(7);
        float[][] x = new float[COUNT][rows * steps];
        float[][] y = new float[COUNT][rows];
        for (int b = 0; b < COUNT; b++) {
            for (int n = 0; n < rows; n++) {
                double phase = draw.next() * 6.28;
                double frequency = 0.05 + 0.1 * draw.next();
                for (int t = 0; t < steps; t++) {
                    x[b][n * steps + t] = (float) StrictMath.sin(phase + frequency * t);
                }
                y[b][n] = (float) StrictMath.sin(phase + frequency * steps);
            }
        }
        return new Sines(x, y);
    }
}
