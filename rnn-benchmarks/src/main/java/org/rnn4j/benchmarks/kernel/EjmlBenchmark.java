package org.rnn4j.benchmarks.kernel;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rnn4j.benchmarks.measure.Uniform;

/** The same products by EJML: what the plain loops, without the Vector API, are to be faster than. */
@State(Scope.Thread)
public class EjmlBenchmark {
    /** {@link Product#name}. */
    @Param("RECURRENT:32x512x128")
    private String product;

    private int times;
    private FMatrixRMaj a;
    private FMatrixRMaj b;
    private FMatrixRMaj c;

    /** Makes the operands. */
    @Setup
    public void setUp() {
        Product parsed = Product.parse(product);
        times = parsed.times();
        Uniform draw = new Uniform(1);
        a = matrix(draw, parsed.rows(), parsed.inner());
        b = matrix(draw, parsed.inner(), parsed.columns());
        c = new FMatrixRMaj(parsed.rows(), parsed.columns());
    }

    private static FMatrixRMaj matrix(Uniform draw, int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, draw.centred(rows * columns));
    }

    /** {@link Product#times} products. */
    @Benchmark
    public FMatrixRMaj multiply() {
        for (int i = 0; i < times; i++) {
            CommonOps_FDRM.mult(a, b, c);
        }
        return c;
    }
}
