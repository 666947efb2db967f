package org.rnn4j.benchmarks.kernel;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.benchmarks.measure.Uniform;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;

/** Products as a third-party op computes them: in a layer of a model, with the kernels and the packed weight that the op gets. */
@State(Scope.Thread)
public class ProductBenchmark {
    /** {@link Product#name}. */
    @Param("RECURRENT:32x512x128")
    private String product;

    private Model model;
    private Tensor left;

    /** Makes the operands. */
    @Setup
    public void setUp() {
        Product parsed = Product.parse(product);
        model = Model.create(
                        ModelSpec.chain().then("product", new Multiply(parsed)).build(), 1)
                .inference();
        boolean isGradient = parsed.role() == Product.Role.WEIGHT_GRADIENT;
        Shape shape =
                isGradient ? Shape.of(1, parsed.inner(), parsed.rows()) : Shape.of(1, parsed.rows(), parsed.inner());
        left = Tensors.of(shape, new Uniform(1).centred(shape.size()));
    }

    /** {@link Product#times} products. */
    @Benchmark
    public Tensor multiply() {
        return model.forward(left);
    }

    /** A layer that multiplies by its weight. */
    private record Multiply(Product product) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            int[] dims = product.role().isTransposed()
                    ? new int[] {product.columns(), product.inner()}
                    : new int[] {product.inner(), product.columns()};
            Tensor weight = params.get("weight", Init.normal(1), dims);
            // What is no parameter has no packed copy that could be kept.
            Tensor right = product.role() == Product.Role.WEIGHT_GRADIENT ? weight.times(1) : weight;
            return (x, pass) ->
                    new MultiplyOp(product).on(x, right).orElseThrow().get(0);
        }
    }

    /** The products themselves. */
    private record MultiplyOp(Product product) implements Op {
        @Override
        public String name() {
            return "products";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return List.of(Shape.of(product.rows(), product.columns()));
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            for (int i = 0; i < product.times(); i++) {
                switch (product.role()) {
                    case INPUT, RECURRENT -> k.multiply(in[0], memory.packed(in[1]), out[0]);
                    case INPUT_GRADIENT, RECURRENT_GRADIENT ->
                        k.multiply(in[0], memory.packed(in[1].transposed()), out[0]);
                    case WEIGHT_GRADIENT -> k.multiply(in[0].transposed(), memory.packed(in[1]), out[0]);
                }
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            throw new UnsupportedOperationException("only what is forward is measured");
        }
    }
}
