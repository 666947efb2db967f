package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Cells that are wrong in one way each: every one is caught, by the law that is meant, which says its name. */
class RecurrentContractTest {
    private static final String MORE = "more";

    /** What a cell must not know, and what is another number in a session than in the window before it. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static final Loop RIGHT = (cell, xs, first, pass) -> pass.unroll(cell, xs, first);

    /** T steps of a cell. */
    private interface Loop {
        Step unroll(Recurrent cell, Tensor xs, State first, Pass pass);
    }

    /**
     * A cell that breaks a law.
     *
     * @param law the law that is meant
     * @param also other laws that it cannot but break
     * @param cell makes it
     * @param loop over time
     * @param message what the law says of it
     */
    private record Broken(String law, Set<String> also, Function<Params, Recurrent> cell, Loop loop, String message) {
        Broken(String law, Function<Params, Recurrent> cell, String message) {
            this(law, Set.of(), cell, RIGHT, message);
        }

        /** A cell that is right, in a loop that is not. */
        Broken(String law, Loop loop, String message) {
            this(law, Set.of(), Leaky::new, loop, message);
        }

        /** What follows from the fault: a cell whose rows depend on each other cannot be right where a row is run alone. */
        Broken alsoBreaks(String... laws) {
            return new Broken(law, Set.of(laws), cell, loop, message);
        }

        /** With it hardly anything can run. */
        Broken alsoBreaksMore() {
            return alsoBreaks(MORE);
        }

        @Override
        public String toString() {
            return law + ": " + message;
        }
    }

    /** The spec of the broken cell of this number: a public record, as specs are. */
    public record Faulty(int number) implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            return broken().get(number).cell.apply(params);
        }
    }

    static List<Broken> broken() {
        return List.of(
                new Broken(
                                "parametersHaveNames",
                                params -> {
                                    params.get("w", Init.zeros(), 1);
                                    return new Leaky(params);
                                },
                                "parameters have the same names and shapes whenever the layer is created: creating it failed:"
                                        + " java.lang.IllegalArgumentException: parameter w was asked for twice")
                        .alsoBreaksMore(),
                new Broken(
                                "parametersHaveNames",
                                params -> {
                                    if (params.training()) {
                                        params.get("noise", Init.zeros(), 1);
                                    }
                                    return new Leaky(params);
                                },
                                "created for inference it asks for {w=(4,6), a=(6)}, the first time for {noise=(1), w=(4,6), a=(6)}")
                        .alsoBreaks("gradientsWithLengths", "gradientsWithResets", "gradientsWithoutLengths"),
                new Broken(
                                "stateIsDeclared",
                                params -> new Leaky(params) {
                                    @Override
                                    public Step step(Tensor x, State previous) {
                                        Tensor h = next(x, previous.get("h"));
                                        return new Step(h, State.of("h", h.columns(0, 5)));
                                    }
                                },
                                "the declared state is what a step takes and returns: what a step returned failed:"
                                        + " java.lang.IllegalArgumentException: state part h has the shape (3,5), expected (3,6)")
                        .alsoBreaksMore(),
                new Broken(
                                "stateIsDeclared",
                                params -> new Leaky(params) {
                                    @Override
                                    public List<StatePart> state() {
                                        return List.of(StatePart.of("h", 7));
                                    }
                                },
                                "the declared state is what a step takes and returns: a step failed:"
                                        + " java.lang.IllegalArgumentException: times of (3,7) and (6): shapes do not broadcast")
                        .alsoBreaksMore(),
                new Broken(
                                "wrongWidthIsRefused",
                                params -> new Leaky(params) {
                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        return x.sumColumns().plus(h.times(a)).tanh();
                                    }
                                },
                                "an input of the wrong width is refused with its shape: a step took an input of shape (3,5)")
                        .alsoBreaks("gradientsWithLengths", "gradientsWithResets", "gradientsWithoutLengths"),
                new Broken(
                                "stepIsAFunction",
                                params -> new Leaky(params) {
                                    private int calls;

                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        return super.next(x, h).plus(0.001 * calls++);
                                    }
                                },
                                "a step depends on its arguments alone and does not modify them: outputs of the same step once more at (0,0): ")
                        .alsoBreaksMore(),
                new Broken(
                                "graphDoesNotDependOnValues",
                                params -> new Leaky(params) {
                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        Tensor next = super.next(x, h);
                                        return x.sum().item() > 0 ? next.plus(0) : next;
                                    }
                                },
                                "the recorded graph does not depend on values: a step's inputs times ")
                        .alsoBreaks("sessionStreams"),
                new Broken(
                                "graphDoesNotDependOnValues",
                                params -> new Leaky(params) {
                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        return super.next(x.constant(x.shape(), x.toFloats()), h);
                                    }
                                },
                                "line 0 is \"constant -> (3,4) zeros\", and \"constant -> (3,4) [")
                        .alsoBreaksMore(),
                new Broken(
                        "runIsStepAfterStep",
                        (cell, xs, first, pass) ->
                                pass.over(pass.spans().beginning()).unroll(cell, xs, first),
                        "a run over time is step after step: outputs with resets inside the window, step after step at (0,2,0): "),
                new Broken(
                                "runContinues",
                                (cell, xs, first, pass) -> pass.unroll(cell, xs, first.map(h -> pass.zeros(h.shape()))),
                                "a run of T steps is a run of its first steps and then one of the others: outputs without lengths,"
                                        + " cut after step 1 at (0,0,0): ")
                        .alsoBreaks("lengthsEndRows", "runIsStepAfterStep"),
                new Broken(
                                "rowsAreIndependent",
                                params -> new Leaky(params) {
                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        return super.next(x, h.plus(h.sum().times(0.01)));
                                    }
                                },
                                "rows are independent of each other: outputs of row 0 without lengths, run alone at (0,0,0): ")
                        .alsoBreaks("lengthsEndRows", "runIsStepAfterStep"),
                new Broken(
                                "lengthsEndRows",
                                (cell, xs, first, pass) -> pass.over(Laws.endless(pass.spans(), xs.shape()))
                                        .unroll(cell, xs, first),
                                "a row ends where its length says: outputs of row 1 at step 2 past its end: ")
                        .alsoBreaks("runIsStepAfterStep"),
                new Broken(
                        "lengthsEndRows",
                        RecurrentContractTest::careless,
                        "a row ends where its length says: gradient of the input with NaN in the padding at "),
                new Broken(
                                "gradientsWithoutLengths",
                                Detaching::new,
                                "gradients are right without lengths: the gradient of the input at (0,0,0) of (3,5,4) is ")
                        .alsoBreaks("gradientsThroughTheFinalState", "gradientsWithLengths", "gradientsWithResets"),
                new Broken(
                                "gradientsWithoutLengths",
                                params -> {
                                    params.get("unused", Init.zeros(), 1);
                                    return new Leaky(params);
                                },
                                "gradients are right without lengths: nothing depends on [parameter unused]")
                        .alsoBreaks("gradientsWithLengths", "gradientsWithResets"),
                new Broken("gradientsWithLengths", Detaching::new, "gradients are right with lengths: the gradient of ")
                        .alsoBreaks("gradientsThroughTheFinalState", "gradientsWithResets", "gradientsWithoutLengths"),
                new Broken(
                                "gradientsWithResets",
                                Detaching::new,
                                "gradients are right with resets inside the window: the gradient of ")
                        .alsoBreaks("gradientsThroughTheFinalState", "gradientsWithLengths", "gradientsWithoutLengths"),
                new Broken(
                                "gradientsThroughTheFinalState",
                                params -> new Leaky(params) {
                                    @Override
                                    public Step step(Tensor x, State previous) {
                                        Tensor h = next(x, previous.get("h"));
                                        return new Step(h, State.of("h", h.detach()));
                                    }
                                },
                                "gradients through the final state are right: the gradient of ")
                        .alsoBreaks("gradientsWithLengths", "gradientsWithResets", "gradientsWithoutLengths"),
                new Broken(
                        "float32AgreesWithFloat64",
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                Op op = new TooMuch(1.001f, 1);
                                Tensor next = super.next(x, h);
                                return op.on(next).map(out -> out.get(0)).orElse(next);
                            }
                        },
                        "float32 agrees with float64: output outputs without lengths at (0,0,"),
                new Broken(
                        "float32AgreesWithFloat64",
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                Op op = new TooMuch(1, 1.001f);
                                Tensor next = super.next(x, h);
                                return op.on(next).map(out -> out.get(0)).orElse(next);
                            }
                        },
                        "float32 agrees with float64: gradient of "),
                new Broken(
                        "fusedStepIsComposedStep",
                        params -> Elman.of(params, wh -> new Elman.Kernel(wh) {
                            @Override
                            public void forward(Kernels k, FusedStep s) {
                                super.forward(k, s);
                                k.plus(s.next(0), s.kept(0).all(), s.next(0));
                            }
                        }),
                        "the hand-written step is the composed step: output outputs without lengths at (0,0,0): "),
                new Broken(
                        "fusedStepIsComposedStep",
                        params -> Elman.of(params, wh -> new Elman.Kernel(wh) {
                            @Override
                            public void weightGradients(Kernels k, Memory memory, FusedStep all, Packed dGates) {}
                        }),
                        "the hand-written step is the composed step: gradient of parameter layer.cell.wh without lengths at (0,0): 0.0,"),
                new Broken(
                        "fusedStepIsComposedStep",
                        params -> Elman.of(params, wh -> new Elman.Kernel(wh) {
                            @Override
                            public void backward(Kernels k, FusedStep s) {
                                super.backward(k, s);
                                k.fill(0, s.dState(0));
                            }
                        }),
                        "the hand-written step is the composed step: gradient of input 0 without lengths at (0,0,0): "),
                new Broken(
                        "fusedStepIsComposedStep",
                        params -> Elman.of(params, wh -> new Elman.Kernel(wh) {
                            @Override
                            void keep(Kernels k, FusedStep s) {}
                        }),
                        "the hand-written step is the composed step: gradient of input 0 without lengths at (0,0,0): NaN, expected "),
                new Broken(
                                "sessionStreams",
                                params -> new Leaky(params) {
                                    @Override
                                    Tensor next(Tensor x, Tensor h) {
                                        return super.next(x, h).plus(1e-5 * CALLS.incrementAndGet());
                                    }
                                },
                                "a streaming session gives the bits of one window: output of step 0 at (0,0,0): ")
                        .alsoBreaksMore(),
                new Broken(
                        "sessionStreams",
                        params -> new Leaky(params) {
                            @Override
                            Tensor next(Tensor x, Tensor h) {
                                return super.next(x, h.toFloats()[0] > 1e6 ? h.times(2) : h);
                            }
                        },
                        "a streaming session gives the bits of one window: it runs the layers in every step, as a layer reads"));
    }

    static IntStream numbers() {
        return IntStream.range(0, broken().size());
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void theLawThatIsMeantCatchesIt(int number) {
        Broken broken = broken().get(number);
        Map<String, String> caught = Laws.broken(RecurrentContract.class, contract(new Faulty(number), broken.loop));
        Set<String> expected = new TreeSet<>(broken.also);
        expected.add(broken.law);
        if (expected.remove(MORE)) {
            expected.addAll(caught.keySet());
        }
        assertEquals(expected, caught.keySet(), () -> broken + "\n" + caught);
        assertTrue(caught.get(broken.law).contains(broken.message), () -> caught.get(broken.law));
    }

    @Test
    void everyLawIsBrokenByACell() {
        Set<String> laws = Laws.of(RecurrentContract.class);
        Set<String> found = new TreeSet<>();
        broken().forEach(broken -> found.add(broken.law));
        // Of a spec, and not of a cell: LayerContractTest has specs that break it.
        found.add("specIsItselfAgain");
        assertEquals(laws, found);
        assertEquals(17, laws.size());
    }

    private static RecurrentContract contract(CellSpec spec, Loop loop) {
        return new RecurrentContract() {
            @Override
            protected CellSpec spec() {
                return spec;
            }

            @Override
            protected int inputs() {
                return 4;
            }

            @Override
            Step unroll(Recurrent cell, Tensor xs, State first, Pass pass) {
                return loop.unroll(cell, xs, first, pass);
            }
        };
    }

    /** Takes padding out of results but not out of what gradients are made of. */
    private static Step careless(Recurrent cell, Tensor xs, State first, Pass pass) {
        if (pass.spans().isFull()) {
            return pass.unroll(cell, xs, first);
        }
        Tensor h = first.get("h");
        int rows = xs.shape().dim(0);
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < xs.shape().dim(1); t++) {
            boolean[] valid = pass.spans().validAt(t);
            h = h.where(pass.spans().goesOnAt(t, rows), pass.zeros(h.shape()));
            Tensor next = cell.step(xs.step(t), State.of("h", h)).output();
            outputs.add(next.where(valid, pass.zeros(next.shape())));
            h = next.where(valid, h);
        }
        return new Step(Tensor.stack(outputs), State.of("h", h));
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
