package org.rnn4j.benchmarks.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.work.LanguageModel;
import org.rnn4j.benchmarks.work.Streaming;

/** What a step allocates, which JMH's profiler {@code gc} says. */
@State(Scope.Thread)
public class AllocationBenchmark {
    /** {@code W1}, {@code W2} or {@code Session.step}. */
    @Param({"Session.step", "W1", "W2"})
    private String what;

    private Measurement.Step step;
    private int i;

    /** Makes the model. */
    @Setup
    public void setUp() {
        if (what.equals("Session.step")) {
            Streaming streaming = new Streaming(128, 256);
            step = streaming::step;
        } else {
            LanguageModel model = LanguageModel.of(what);
            step = model::step;
        }
    }

    /** One step. */
    @Benchmark
    public float step() throws Exception {
        return step.run(i++);
    }
}
