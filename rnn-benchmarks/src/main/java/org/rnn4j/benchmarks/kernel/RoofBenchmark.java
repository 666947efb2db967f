package org.rnn4j.benchmarks.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rnn4j.benchmarks.measure.Uniform;

/** What one core can do: multiply-adds in registers, and reading an array of the size of packed weights. */
@State(Scope.Thread)
public class RoofBenchmark {
    /** The weights of a recurrent product of an LSTM with H 1,024. */
    static final int NUMBERS = 4 * 1024 * 1024;

    private float factor;
    private float[] weights;

    /** Makes the array. */
    @Setup
    public void setUp() {
        factor = 0.5f;
        weights = new Uniform(1).centred(NUMBERS);
    }

    /** {@link Roof#run}. */
    @Benchmark
    public float multiplyAdd() {
        return Roof.run(factor);
    }

    /** {@link PlainRead#sum}. */
    @Benchmark
    public float read() {
        return PlainRead.sum(weights);
    }
}
