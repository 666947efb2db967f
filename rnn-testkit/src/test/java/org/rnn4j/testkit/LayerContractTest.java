package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Run;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/** Layers of many kinds keep the laws; every law is broken by some layer, and says so. */
class LayerContractTest {

    // Good layers.

    /** {@code tanh(x·W + b)}. */
    private record Dense() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Tensor w = params.get("w", Init.xavier(), 4, 6);
            Tensor b = params.get("b", Init.zeros(), 6);
            return (x, pass) -> x.matmul(w).plus(b).tanh();
        }
    }

    @Nested
    class DenseTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Dense();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }
    }

    /** An output that is another layer's table, transposed. */
    private record Tied() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Tensor table = params.shared("encoder.embed.weight", 6, 4);
            Tensor bias = params.get("bias", Init.zeros(), 6);
            return (x, pass) -> x.matmulTransposed(table).plus(bias);
        }
    }

    @Nested
    class TiedTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Tied();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }
    }

    private record Table() implements LayerSpec<IdsLayer> {
        @Override
        public IdsLayer create(Params params) {
            Tensor weight = params.get("weight", Init.normal(0.1), 7, 4);
            return (ids, pass) -> weight.lookup(ids);
        }
    }

    @Nested
    class TableTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Table();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.ids(7));
        }
    }

    /** Half of the numbers, in training. */
    private record Half() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return params.training() ? (x, pass) -> x.times(mask(x, pass)) : (x, pass) -> x;
        }

        private static Tensor mask(Tensor x, Pass pass) {
            float[] mask = new float[x.shape().size()];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = pass.draws().uniform(i) < 0.5 ? 0 : 2;
            }
            return x.constant(x.shape(), mask);
        }
    }

    @Nested
    class HalfTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Half();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    /** A cell over time, its state at a place of its own. */
    private record OverTime() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Recurrent cell = new Mgu(4, 6).create(params.scope("cell"));
            return (x, pass) -> pass.within("cell", place -> {
                Run run = cell.unroll(x, place.initial(cell.state(), x.shape().dim(0)), place);
                place.carry(run.last());
                return run.outputs();
            });
        }
    }

    @Nested
    class OverTimeTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new OverTime();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }
    }

    /** The same, but from the state that the window before ended with. */
    @Nested
    class StatefulTest extends OverTimeTest {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Float32.OverTime(new Mgu(4, 6));
        }
    }

    /** The sum over the valid steps behind each: a layer that looks ahead. */
    private record Behind() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> {
                Tensor sum = pass.zeros(x.step(0).shape());
                Tensor[] outputs = new Tensor[x.shape().dim(1)];
                for (int t = outputs.length - 1; t >= 0; t--) {
                    boolean[] valid = new boolean[x.shape().dim(0)];
                    for (int n = 0; n < valid.length; n++) {
                        valid[n] = pass.lengths().valid(n, t);
                    }
                    sum = sum.plus(x.step(t)).where(valid, pass.zeros(sum.shape()));
                    outputs[t] = sum;
                }
                return Tensor.stack(Arrays.asList(outputs));
            };
        }
    }

    @Nested
    class BehindTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Behind();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    /** Numbers and ids to two outputs. */
    private record Two() implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            Tensor table = params.get("table", Init.normal(1), 7, 4);
            return new Node() {
                @Override
                public List<Value> forward(List<Value> inputs, Pass pass) {
                    Tensor x = Node.only(inputs.subList(0, 1), Tensor.class);
                    Tensor sum = x.plus(table.lookup(Node.only(inputs.subList(1, 2), Ids.class)));
                    return List.of(sum.tanh(), sum.sigmoid());
                }

                @Override
                public List<String> outputs() {
                    return List.of("first", "second");
                }
            };
        }
    }

    @Nested
    class TwoTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Two();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.ids(7));
        }
    }

    // Broken layers.

    /** A layer that breaks a law; those of the laws of time work over time. */
    private record Broken(
            String method,
            Consumer<LayerContract> law,
            boolean overTime,
            LayerSpec<? extends Node> spec,
            String message) {
        @Override
        public String toString() {
            return method + ": " + message;
        }
    }

    private static Broken layer(String method, Consumer<LayerContract> law, Function<Layer, Layer> of, String message) {
        LayerSpec<Layer> spec = params -> of.apply(new Dense().create(params));
        return new Broken(method, law, false, spec, message);
    }

    private static Broken overTime(
            String method, Consumer<LayerContract> law, Function<Recurrent, Layer> of, String message) {
        LayerSpec<Layer> spec = params -> of.apply(new Mgu(4, 6).create(params));
        return new Broken(method, law, true, spec, message);
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken(
                        "parametersHaveNames",
                        LayerContract::parametersHaveNames,
                        false,
                        (LayerSpec<Layer>) params -> {
                            Tensor w = params.get(params.training() ? "w" : "frozen", Init.zeros(), 4, 6);
                            return (x, pass) -> x.matmul(w);
                        },
                        "created for inference it asks for {frozen=(4,6)}, the first time for {w=(4,6)}"),
                layer(
                        "outputsAreNamed",
                        LayerContract::outputsAreNamed,
                        dense -> (x, pass) -> dense.forward(x, pass).sum(),
                        "outputs are named and have a row for each row of the inputs: output output of 3 rows has the shape ()"),
                new Broken(
                        "outputsAreNamed",
                        LayerContract::outputsAreNamed,
                        false,
                        (LayerSpec<Node>) params -> (inputs, pass) -> List.of(inputs.get(0), inputs.get(0)),
                        "there are 2 outputs for the names [output]"),
                layer(
                        "wrongInputsAreRefused",
                        LayerContract::wrongInputsAreRefused,
                        dense -> (x, pass) -> dense.forward(x.columns(0, 4), pass),
                        "a wrong input is refused with what was wrong: input 0 took the shape (3,5,5)"),
                layer(
                        "formsRepeat",
                        LayerContract::formsRepeat,
                        dense -> (x, pass) ->
                                dense.forward(x, pass).plus(pass.draws().uniform(0)),
                        "and the inference form draws none: output output of the inference form with other random numbers at "),
                layer(
                        "graphDoesNotDependOnValues",
                        LayerContract::graphDoesNotDependOnValues,
                        dense -> (x, pass) ->
                                dense.forward(x, pass).times(x.sum().item()),
                        "the recorded graph does not depend on values: for inputs times "),
                layer(
                        "rowsAreIndependent",
                        LayerContract::rowsAreIndependent,
                        dense ->
                                (x, pass) -> dense.forward(x, pass).plus(x.sum().times(0.01)),
                        "rows are independent of each other: output output of row 0 without lengths, run alone at (0,0,0): "),
                layer(
                        "gradientsAreRight",
                        LayerContract::gradientsAreRight,
                        dense -> (x, pass) -> dense.forward(x, pass).times(dense.forward(x.detach(), pass)),
                        "gradients are right without lengths: the gradient of input 0 at (0,0,0) of (3,5,4) is "),
                layer(
                        "gradientsAreRight",
                        LayerContract::gradientsAreRight,
                        dense -> (x, pass) -> x,
                        "gradients are right without lengths: nothing depends on [parameter w, parameter b]"),
                layer(
                        "float32AgreesWithFloat64",
                        LayerContract::float32AgreesWithFloat64,
                        dense -> (x, pass) -> {
                            Tensor y = dense.forward(x, pass);
                            return y instanceof DoubleTensor ? y : y.times(1.001);
                        },
                        "float32 agrees with float64: output output without lengths at "),
                layer(
                        "stepsStandAlone",
                        LayerContract::stepsStandAlone,
                        dense -> (x, pass) ->
                                Tensor.stack(List.of(x.step(0), x.step(0), x.step(1), x.step(2), x.step(3))),
                        "a layer that does not work over time takes every step alone: output output behind it,"
                                + " after step 0 was changed at (0,0,0): "),
                layer(
                        "sessionStreams",
                        LayerContract::sessionStreams,
                        dense -> (x, pass) ->
                                dense.forward(x, pass).plus(x.shape().dim(1)),
                        "a streaming session gives the bits of one window: output of step 0 at (0,0,0): "),
                layer(
                        "sessionStreams",
                        LayerContract::sessionStreams,
                        dense -> (x, pass) -> x.sum().item() > 1e6 ? x : dense.forward(x, pass),
                        "a streaming session gives the bits of one window: it runs the layers in every step, as a layer reads"),
                overTime(
                        "lengthsEndRows",
                        LayerContract::lengthsEndRows,
                        cell -> (x, pass) -> {
                            Pass endless = DoublePass.first().withLengths(Lengths.full());
                            return cell.unroll(
                                            x,
                                            pass.initial(cell.state(), x.shape().dim(0)),
                                            endless)
                                    .outputs();
                        },
                        "a row ends where its length says: output output of row 1 at step 2 past its end: "),
                overTime(
                        "lengthsEndRows",
                        LayerContract::lengthsEndRows,
                        cell -> (x, pass) -> {
                            State first = pass.initial(cell.state(), x.shape().dim(0));
                            Run run = cell.unroll(x, first, pass);
                            pass.carry(
                                    State.of("h", run.outputs().step(x.shape().dim(1) - 1)));
                            return run.outputs();
                        },
                        "a row ends where its length says: /h of row 1, which ends after 2 of 5 steps at (0,0): "),
                overTime(
                        "runContinues",
                        LayerContract::runContinues,
                        cell -> (x, pass) -> cell.unroll(
                                        x, pass.initial(cell.state(), x.shape().dim(0)), pass)
                                .outputs(),
                        "a run of T steps is a run of its first steps and then one of the others:"
                                + " output output without lengths, cut after step 1 at (0,0,0): "));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenLawIsNamed(Broken broken) {
        LayerContract contract = new LayerContract() {
            @Override
            protected LayerSpec<? extends Node> spec() {
                return broken.spec;
            }

            @Override
            protected List<Feed> inputs() {
                return List.of(Feed.numbers(4));
            }

            @Override
            protected boolean worksOverTime() {
                return broken.overTime;
            }
        };
        AssertionError e = assertThrows(AssertionError.class, () -> broken.law.accept(contract));
        assertTrue(e.getMessage().contains(broken.message), () -> e.getMessage());
    }

    @Test
    void idsOutsideTheVocabularyMustBeRefused() {
        LayerContract contract = new LayerContract() {
            @Override
            protected LayerSpec<? extends Node> spec() {
                return new Table();
            }

            @Override
            protected List<Feed> inputs() {
                return List.of(Feed.ids(6));
            }
        };
        AssertionError e = assertThrows(AssertionError.class, contract::wrongInputsAreRefused);
        assertTrue(
                e.getMessage()
                        .startsWith("a wrong input is refused with what was wrong: input 0 took the id 6 and gave "),
                e.getMessage());
    }

    @Test
    void everyLawIsBrokenByALayer() {
        Set<String> laws = new TreeSet<>();
        for (Method method : LayerContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                laws.add(method.getName());
            }
        }
        Set<String> found = new TreeSet<>();
        broken().forEach(broken -> found.add(broken.method));
        assertEquals(laws, found);
        assertEquals(12, laws.size());
    }
}
