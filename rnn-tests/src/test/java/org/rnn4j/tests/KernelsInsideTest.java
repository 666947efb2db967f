package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.Time;

/** A cell within another one runs its hand-written step, forward and backward; the composed one is not called. */
class KernelsInsideTest {
    private static final int STEPS = 5;
    private static final int WIDTH = 3;

    /** How often each form was called. */
    private record Calls(AtomicInteger forward, AtomicInteger backward, AtomicInteger composed) {
        Calls() {
            this(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }

        List<Integer> counts() {
            return List.of(forward.get(), backward.get(), composed.get());
        }
    }

    /** An LSTM that counts. */
    private record Counted(LSTM spec, Calls calls) implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            Recurrent cell = spec.create(params);
            return new FusedCell() {
                @Override
                public List<StatePart> state() {
                    return cell.state();
                }

                @Override
                public Step step(Tensor x, State previous) {
                    calls.composed.incrementAndGet();
                    return cell.step(x, previous);
                }

                @Override
                public Fused fused() {
                    Fused own = ((FusedCell) cell).fused();
                    return new Fused(new CountedKernel(own.kernel(), calls), own.wx(), own.b());
                }
            };
        }
    }

    private record CountedKernel(StepKernel kernel, Calls calls) implements StepKernel {
        @Override
        public int gates() {
            return kernel.gates();
        }

        @Override
        public int[] kept() {
            return kernel.kept();
        }

        @Override
        public int[] gradients() {
            return kernel.gradients();
        }

        @Override
        public List<Weight> weights() {
            return kernel.weights();
        }

        @Override
        public void forward(Kernels k, FusedStep s) {
            calls.forward.incrementAndGet();
            kernel.forward(k, s);
        }

        @Override
        public void backward(Kernels k, FusedStep s) {
            calls.backward.incrementAndGet();
            kernel.backward(k, s);
        }

        @Override
        public void weightGradients(Kernels k, Memory memory, FusedStep all, Kernels.Packed dGates) {
            kernel.weightGradients(k, memory, all, dGates);
        }
    }

    /** A model around a cell of this many inputs. */
    private record Around(String name, int inputs, Function<Counted, ModelSpec> spec) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Around> models() {
        return Stream.of(
                new Around("Time", WIDTH, cell -> chain(new Time(cell))),
                new Around("Zoneout", WIDTH, cell -> chain(new Zoneout(cell, Map.of("h", 0.1, "c", 0.5)))),
                new Around("RecurrentDropout", WIDTH, cell -> chain(new RecurrentDropout(cell, 0.3))),
                new Around(
                        "AttentionDecoder",
                        2 * WIDTH,
                        cell -> ModelSpec.graph("x")
                                .node("encoder", new Encoder(new LSTM(WIDTH, WIDTH)), "x")
                                .node(
                                        "decoder",
                                        new AttentionDecoder(cell, new AdditiveWeight(WIDTH, WIDTH, 4), WIDTH, WIDTH),
                                        "x",
                                        "encoder",
                                        "encoder.h",
                                        "encoder.c")
                                .build("decoder")));
    }

    private static ModelSpec chain(LayerSpec<?> layer) {
        return ModelSpec.graph("x").node("layer", layer, "x").build("layer");
    }

    @ParameterizedTest
    @MethodSource("models")
    void theHandWrittenStepRuns(Around around) {
        Calls calls = new Calls();
        Model model = Model.create(around.spec.apply(new Counted(new LSTM(around.inputs, WIDTH), calls)), 1);
        float[] values = new float[2 * STEPS * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        Tensor x = Tensors.of(Shape.of(2, STEPS, WIDTH), values);
        Gradients.of(model.forward(x).sum());
        assertEquals(List.of(STEPS, STEPS, 0), calls.counts());
        model.inference().forward(x);
        assertEquals(List.of(2 * STEPS, STEPS, 0), calls.counts());
    }
}
