package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Run;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Every law is broken by some cell, and says so. */
class RecurrentContractTest {

    /** A cell that breaks a law. */
    private record Broken(String method, Consumer<RecurrentContract> law, LayerSpec<Recurrent> spec, String message) {
        @Override
        public String toString() {
            return method + ": " + message;
        }
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken(
                        "parametersHaveNames",
                        RecurrentContract::parametersHaveNames,
                        params -> {
                            params.get("w", Init.zeros(), 1);
                            return new Leaky(params);
                        },
                        "parameters have the same names and shapes whenever the layer is created: creating it failed:"
                                + " java.lang.IllegalArgumentException: parameter w was asked for twice"),
                new Broken(
                        "parametersHaveNames",
                        RecurrentContract::parametersHaveNames,
                        params -> {
                            if (params.training()) {
                                params.get("noise", Init.zeros(), 1);
                            }
                            return new Leaky(params);
                        },
                        "created for inference it asks for {w=(4,6), a=(6)}, the first time for {noise=(1), w=(4,6), a=(6)}"),
                new Broken(
                        "stateIsDeclared",
                        RecurrentContract::stateIsDeclared,
                        params -> new Leaky(params) {
                            @Override
                            public Step step(Tensor x, State previous) {
                                Tensor h = next(x, previous.get("h"));
                                return new Step(h, State.of("h", h.columns(0, 5)));
                            }
                        },
                        "the declared state is what a step takes and returns: what a step returned failed:"
                                + " java.lang.IllegalArgumentException: state part h has the shape (3,5), expected (3,6)"),
                new Broken(
                        "stateIsDeclared",
                        RecurrentContract::stateIsDeclared,
                        params -> new Leaky(params) {
                            @Override
                            public List<StatePart> state() {
                                return List.of(StatePart.of("h", 7));
                            }
                        },
                        "the declared state is what a step takes and returns: a step failed:"
                                + " java.lang.IllegalArgumentException: times of (3,7) and (6): shapes do not broadcast"),
                new Broken(
                        "wrongWidthIsRefused",
                        RecurrentContract::wrongWidthIsRefused,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return x.sumColumns().plus(h.times(a)).tanh();
                            }
                        },
                        "an input of the wrong width is refused with its shape: a step took an input of shape (3,5)"),
                new Broken(
                        "stepIsAFunction",
                        RecurrentContract::stepIsAFunction,
                        params -> new Leaky(params) {
                            private int calls;

                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return super.next(x, h).plus(0.001 * calls++);
                            }
                        },
                        "a step depends on its arguments alone and does not modify them: outputs of the same step once more at (0,0): "),
                new Broken(
                        "graphDoesNotDependOnValues",
                        RecurrentContract::graphDoesNotDependOnValues,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                Tensor next = super.next(x, h);
                                return x.sum().item() > 0 ? next.relu() : next;
                            }
                        },
                        "the recorded graph does not depend on values: a step's inputs times "),
                new Broken(
                        "graphDoesNotDependOnValues",
                        RecurrentContract::graphDoesNotDependOnValues,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return super.next(x.constant(x.shape(), x.toFloats()), h);
                            }
                        },
                        "line 0 is \"constant -> (3,4) zeros\", and \"constant -> (3,4) ["),
                new Broken(
                        "runIsStepAfterStep",
                        RecurrentContract::runIsStepAfterStep,
                        Resetless::new,
                        "a run over time is step after step: outputs with resets inside the window, step after step at (0,2,0): "),
                new Broken(
                        "runContinues",
                        RecurrentContract::runContinues,
                        params -> new Leaky(params) {
                            @Override
                            public Run unroll(Tensor xs, State first, Pass pass) {
                                return super.unroll(xs, first.map(h -> pass.zeros(h.shape())), pass);
                            }
                        },
                        "a run of T steps is a run of its first steps and then one of the others: outputs without lengths,"
                                + " cut after step 1 at (0,0,0): "),
                new Broken(
                        "rowsAreIndependent",
                        RecurrentContract::rowsAreIndependent,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return super.next(x, h.plus(h.sum().times(0.01)));
                            }
                        },
                        "rows are independent of each other: outputs of row 0 without lengths, run alone at (0,0,0): "),
                new Broken(
                        "lengthsEndRows",
                        RecurrentContract::lengthsEndRows,
                        Endless::new,
                        "a row ends where its length says: outputs of row 1 at step 2 past its end: "),
                new Broken(
                        "lengthsEndRows",
                        RecurrentContract::lengthsEndRows,
                        Careless::new,
                        "a row ends where its length says: gradient of the input with NaN in the padding at "),
                new Broken(
                        "gradientsWithoutLengths",
                        RecurrentContract::gradientsWithoutLengths,
                        Detaching::new,
                        "gradients are right without lengths: the gradient of the input at (0,0,0) of (3,5,4) is "),
                new Broken(
                        "gradientsWithoutLengths",
                        RecurrentContract::gradientsWithoutLengths,
                        params -> {
                            params.get("unused", Init.zeros(), 1);
                            return new Leaky(params);
                        },
                        "gradients are right without lengths: nothing depends on [parameter unused]"),
                new Broken(
                        "gradientsWithLengths",
                        RecurrentContract::gradientsWithLengths,
                        Detaching::new,
                        "gradients are right with lengths: the gradient of "),
                new Broken(
                        "gradientsWithResets",
                        RecurrentContract::gradientsWithResets,
                        Detaching::new,
                        "gradients are right with resets inside the window: the gradient of "),
                new Broken(
                        "gradientsThroughTheFinalState",
                        RecurrentContract::gradientsThroughTheFinalState,
                        params -> new Leaky(params) {
                            @Override
                            public Step step(Tensor x, State previous) {
                                Tensor h = next(x, previous.get("h"));
                                return new Step(h, State.of("h", h.detach()));
                            }
                        },
                        "gradients through the final state are right: the gradient of "),
                new Broken(
                        "float32AgreesWithFloat64",
                        RecurrentContract::float32AgreesWithFloat64,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                Op op = new TooMuch(1.001f, 1);
                                Tensor next = super.next(x, h);
                                return next.runs(op) ? next.apply(op).get(0) : next;
                            }
                        },
                        "float32 agrees with float64: outputs without lengths at (0,0,"),
                new Broken(
                        "float32AgreesWithFloat64",
                        RecurrentContract::float32AgreesWithFloat64,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                Op op = new TooMuch(1, 1.001f);
                                Tensor next = super.next(x, h);
                                return next.runs(op) ? next.apply(op).get(0) : next;
                            }
                        },
                        "float32 agrees with float64: gradient of "),
                new Broken(
                        "sessionStreams",
                        RecurrentContract::sessionStreams,
                        params -> new Leaky(params) {
                            @Override
                            public Run unroll(Tensor xs, State first, Pass pass) {
                                Run run = super.unroll(xs, first, pass);
                                return xs.shape().dim(1) > 1
                                        ? run
                                        : new Run(run.outputs().plus(1e-5), run.last());
                            }
                        },
                        "a streaming session gives the bits of one window: output of step 0 at (0,0,0): "),
                new Broken(
                        "sessionStreams",
                        RecurrentContract::sessionStreams,
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return super.next(x, h.toFloats()[0] > 1e6 ? h.times(2) : h);
                            }
                        },
                        "a streaming session gives the bits of one window: it runs the layers in every step, as a layer reads"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenLawIsNamed(Broken broken) {
        RecurrentContract contract = contract(broken.spec);
        AssertionError e = assertThrows(AssertionError.class, () -> broken.law.accept(contract));
        assertTrue(e.getMessage().contains(broken.message), () -> e.getMessage());
    }

    @Test
    void everyLawIsBrokenByACell() {
        Set<String> laws = new TreeSet<>();
        for (Method method : RecurrentContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                laws.add(method.getName());
            }
        }
        Set<String> found = new TreeSet<>();
        broken().forEach(broken -> found.add(broken.method));
        assertEquals(laws, found);
        assertEquals(15, laws.size());
    }

    private static RecurrentContract contract(LayerSpec<Recurrent> spec) {
        return new RecurrentContract() {
            @Override
            protected LayerSpec<? extends Recurrent> spec() {
                return spec;
            }

            @Override
            protected int inputs() {
                return 4;
            }
        };
    }

    /** A time loop of its own that forgets about resets. */
    private static final class Resetless extends Leaky {
        Resetless(Params params) {
            super(params);
        }

        @Override
        public Run unroll(Tensor xs, State first, Pass pass) {
            return super.unroll(xs, first, DoublePass.first().withLengths(pass.lengths()));
        }
    }

    /** A time loop of its own that forgets about lengths. */
    private static final class Endless extends Leaky {
        Endless(Params params) {
            super(params);
        }

        @Override
        public Run unroll(Tensor xs, State first, Pass pass) {
            return super.unroll(xs, first, DoublePass.first().withLengths(Lengths.full()));
        }
    }

    /** A time loop of its own that takes padding out of results but not out of what gradients are made of. */
    private static final class Careless extends Leaky {
        Careless(Params params) {
            super(params);
        }

        @Override
        public Run unroll(Tensor xs, State first, Pass pass) {
            if (pass.lengths().isFull()) {
                return super.unroll(xs, first, pass);
            }
            Tensor h = first.get("h");
            List<Tensor> outputs = new ArrayList<>();
            for (int t = 0; t < xs.shape().dim(1); t++) {
                boolean[] valid = pass.lengths().validAt(t);
                Tensor next = next(xs.step(t), h);
                outputs.add(next.where(valid, pass.zeros(next.shape())));
                h = next.where(valid, h);
            }
            return new Run(Tensor.stack(outputs), State.of("h", h));
        }
    }

    /** A cell whose gradient does not see what came before. */
    private static final class Detaching extends Leaky {
        Detaching(Params params) {
            super(params);
        }

        @Override
        Tensor next(Tensor x, Tensor h) {
            return super.next(x, h.detach());
        }
    }

    /** The identity, but for factors that do not belong there. */
    private record TooMuch(float factor, float gradientFactor) implements Op {
        @Override
        public String name() {
            return "too much";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            for (int i = 0; i < in[0].size(); i++) {
                out[0].data()[i] = factor * in[0].data()[i];
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            for (int i = 0; i < in[0].size(); i++) {
                dIn[0].data()[i] += gradientFactor * dOut[0].data()[i];
            }
        }
    }
}
