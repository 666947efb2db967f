package org.rnn4j.benchmarks.kernel;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.benchmarks.measure.Uniform;
import org.rnn4j.core.Tensors;

/** The activations, on the rows of one step. */
@State(Scope.Thread)
public class FunctionBenchmark {
    /** So many evaluations an application of the op. */
    static final int TIMES = 16;

    private static final int ROWS = 16;
    private static final int COLUMNS = 256;

    /** How many elements one evaluation has: 16 kB, which stay in the first-level cache. */
    static final int ELEMENTS = ROWS * COLUMNS;

    /** Which function. */
    public enum Function {
        /** {@link Kernels#exp}. */
        EXP,
        /** {@link Kernels#tanh}. */
        TANH,
        /** {@link Kernels#sigmoid}. */
        SIGMOID
    }

    /** The function. */
    @Param
    private Function function;

    private Tensor x;

    /** Makes the operand. */
    @Setup
    public void setUp() {
        x = Tensors.of(Shape.of(ROWS, COLUMNS), new Uniform(1).centred(ELEMENTS))
                .times(8);
    }

    /** {@value #TIMES} evaluations. */
    @Benchmark
    public List<Tensor> evaluate() {
        return new Evaluate(function).on(x).orElseThrow();
    }

    /** The evaluations themselves. */
    private record Evaluate(Function function) implements Op {
        @Override
        public String name() {
            return "functions";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            for (int i = 0; i < TIMES; i++) {
                switch (function) {
                    case EXP -> k.exp(in[0], out[0]);
                    case TANH -> k.tanh(in[0], out[0]);
                    case SIGMOID -> k.sigmoid(in[0], out[0]);
                }
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            throw new UnsupportedOperationException("only what is forward is measured");
        }
    }
}
