package org.rnn4j.core;

import java.util.List;
import java.util.Map;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.api.Value;

/** Layers for this module's tests, which sees none of rnn-layers. */
final class Toys {
    private Toys() {}

    /** Rows of a table. */
    record Table(int ids, int width) implements LayerSpec<IdsLayer> {
        @Override
        public IdsLayer create(Params params) {
            Tensor weight = params.get("weight", Init.normal(1), ids, width);
            return (idsIn, pass) -> weight.lookup(idsIn);
        }
    }

    /** {@code x·W}, its own or a table's transposed. */
    record Product(int inputs, int outputs, SameAs weight) implements LayerSpec<Layer> {
        Product(int inputs, int outputs) {
            this(inputs, outputs, null);
        }

        @Override
        public Layer create(Params params) {
            if (weight != null) {
                Tensor shared = params.shared(weight.sameAs(), outputs, inputs);
                return (x, pass) -> x.matmulTransposed(shared);
            }
            Tensor own = params.get("weight", Init.lecun(), inputs, outputs);
            return (x, pass) -> x.matmul(own);
        }
    }

    /** {@code h = tanh(x·W + a*h)} over time. */
    record Leaky(int inputs, int hidden, boolean stateful) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Params inner = params.scope("cell");
            Tensor w = inner.get("w", Init.lecun(), inputs, hidden);
            Tensor a = inner.get("a", Init.uniform(1), hidden);
            Recurrent cell = new Recurrent() {
                @Override
                public List<StatePart> state() {
                    return List.of(StatePart.of("h", hidden));
                }

                @Override
                public Step step(Tensor x, State previous) {
                    Tensor h = x.matmul(w).plus(previous.get("h").times(a)).tanh();
                    return new Step(h, State.of("h", h));
                }
            };
            return (x, pass) -> {
                int rows = x.shape().dim(0);
                State first = stateful ? pass.carried(cell.state(), rows) : pass.initial(cell.state(), rows);
                Step run = pass.within("cell", place -> place.unroll(cell, x, first));
                pass.carry(run.state());
                return run.output();
            };
        }
    }

    /** Drops each number with probability one half. */
    record Noise() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            boolean training = params.training();
            return (x, pass) -> training ? x.times(mask(x, pass)) : x;
        }

        private static Tensor mask(Tensor x, Pass pass) {
            float[] mask = new float[x.shape().size()];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = pass.draws().uniform(i) < 0.5 ? 0 : 2;
            }
            return x.constant(x.shape(), mask);
        }
    }

    /** Two inputs to their sum and their difference. */
    record SumAndDifference() implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            return new Node() {
                @Override
                public List<Value> forward(List<Value> inputs, Pass pass) {
                    Tensor a = (Tensor) inputs.get(0);
                    Tensor b = (Tensor) inputs.get(1);
                    return List.of(a.plus(b), a.minus(b));
                }

                @Override
                public List<String> outputs() {
                    return List.of("sum", "difference");
                }
            };
        }
    }

    static final class Provider implements TypeProvider {
        @Override
        public Types types() {
            return Types.of(
                    Spec.class,
                    () -> Map.of("toy.table", Table.class, "toy.product", Product.class, "toy.leaky", Leaky.class));
        }
    }

    static ModelSpec languageModel(boolean stateful) {
        return ModelSpec.chain()
                .then("embed", new Table(7, 4))
                .then("leaky", new Leaky(4, 5, stateful))
                .then("output", new Product(5, 7))
                .build();
    }

    static Tensor ramp(int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 13 - 6) / 5f;
        }
        return Tensors.of(shape, values);
    }
}
