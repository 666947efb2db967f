package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/** Layers of many kinds keep the laws; every law is broken by some layer, and says so. */
class LayerContractTest {

    // Good layers.

    /** {@code tanh(x·W + b)}. */
    public record Dense() implements LayerSpec<Layer> {
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
    public record Tied() implements LayerSpec<Layer> {
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

    public record Table() implements LayerSpec<IdsLayer> {
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
    public record Half() implements LayerSpec<Layer> {
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
    public record OverTime() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            Recurrent cell = new Mgu(4, 6).create(params.scope("cell"));
            return (x, pass) -> pass.within("cell", place -> {
                Step run = place.unroll(
                        cell, x, place.initial(cell.state(), x.shape().dim(0)));
                place.carry(run.state());
                return run.output();
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
    public record Stateful() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Float32.OverTime(new Mgu(4, 6)).create(params);
        }
    }

    @Nested
    class StatefulTest extends OverTimeTest {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Stateful();
        }
    }

    /** The sum over the valid steps behind each: a layer that looks ahead. */
    public record Behind() implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return (x, pass) -> {
                if (pass.streams()) {
                    throw new IllegalArgumentException(
                            "needs the whole sequence, and a stream gives one step at a time");
                }
                Tensor sum = pass.zeros(x.step(0).shape());
                Tensor[] outputs = new Tensor[x.shape().dim(1)];
                for (int t = outputs.length - 1; t >= 0; t--) {
                    boolean[] valid = new boolean[x.shape().dim(0)];
                    for (int n = 0; n < valid.length; n++) {
                        valid[n] = pass.spans().valid(n, t);
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
    public record Two() implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            Tensor table = params.get("table", Init.normal(1), 7, 4);
            return new Node() {
                @Override
                public List<Value> forward(List<Value> inputs, Pass pass) {
                    Tensor x = Node.only(inputs.subList(0, 1), Tensor.class);
                    Ids ids = Node.only(inputs.subList(1, 2), Ids.class);
                    if (!x.shape().without(-1).equals(ids.shape())) {
                        throw new IllegalArgumentException("an id for each of " + x.shape() + ", got " + ids.shape());
                    }
                    Tensor sum = x.plus(table.lookup(ids));
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

    /** Numbers, and the sum of all valid steps of others beside each of them: the first may be streamed, the others are looked at as a whole. */
    private static List<Value> beside(Tensor x, Tensor whole, Pass pass) {
        Shape shape = whole.shape();
        boolean[] valid = pass.spans(1).mask(shape.dim(0), shape.dim(1));
        Tensor known = whole.where(valid, pass.zeros(shape));
        Tensor sum = known.step(0);
        for (int t = 1; t < shape.dim(1); t++) {
            sum = sum.plus(known.step(t));
        }
        Tensor once = sum.reshape(shape.dim(0), 1, shape.dim(2));
        Shape time = x.shape().withColumns(shape.dim(2));
        Tensor y = Tensor.join(List.of(x, once.plus(pass.zeros(time))));
        return List.of(y.where(pass.spans().mask(time.dim(0), time.dim(1)), pass.zeros(y.shape())));
    }

    private static List<Value> beside(List<Value> inputs, Pass pass) {
        return beside((Tensor) inputs.get(0), (Tensor) inputs.get(1), pass);
    }

    /** A layer of two inputs that streams the first beside the second. */
    private static class BesideContract extends LayerContract {
        private final Node layer;

        BesideContract(Node layer) {
            this.layer = layer;
        }

        @Override
        protected LayerSpec<? extends Node> spec() {
            return params -> layer;
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(3));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
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
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }

    // Broken layers.

    private static final String MORE = "more";

    /**
     * A layer that breaks a law.
     *
     * @param law the law that is meant
     * @param also other laws that it cannot but break
     * @param overTime whether it says that it works over time
     * @param layer makes it
     * @param message what the law says of it
     */
    private record Broken(
            String law, Set<String> also, boolean overTime, Function<Params, Node> layer, String message) {
        /** What follows from the fault: a layer whose rows depend on each other cannot be right where a row is run alone. */
        Broken alsoBreaks(String... laws) {
            return new Broken(law, Set.of(laws), overTime, layer, message);
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

    /** The spec of the broken layer of this number: a public record, as specs are. */
    public record Faulty(int number) implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            return broken().get(number).layer.apply(params);
        }
    }

    private static Broken node(String law, Function<Params, Node> node, String message) {
        return new Broken(law, Set.of(), false, node, message);
    }

    private static Broken layer(String law, Function<Layer, Layer> of, String message) {
        return node(law, params -> of.apply(new Dense().create(params)), message);
    }

    private static Broken overTime(String law, Function<Recurrent, Layer> of, String message) {
        return new Broken(law, Set.of(), true, params -> of.apply(new Mgu(4, 6).create(params)), message);
    }

    private static State first(Recurrent cell, Tensor x, Pass pass) {
        return pass.initial(cell.state(), x.shape().dim(0));
    }

    private static Tensor carried(Step run, Pass pass) {
        pass.carry(run.state());
        return run.output();
    }

    static List<Broken> broken() {
        return List.of(
                node(
                                "parametersHaveNames",
                                params -> {
                                    Tensor w = params.get(params.training() ? "w" : "frozen", Init.zeros(), 4, 6);
                                    return (Layer) (x, pass) -> x.matmul(w);
                                },
                                "created for inference it asks for {frozen=(4,6)}, the first time for {w=(4,6)}")
                        .alsoBreaks("gradientsAreRight", "sessionStreams"),
                node(
                                "parametersHaveNames",
                                params -> {
                                    Layer dense = new Dense().create(params);
                                    if (!params.training()) {
                                        params.get("scale", Init.zeros(), 6);
                                    }
                                    return dense;
                                },
                                "created for inference it asks for {w=(4,6), b=(6), scale=(6)}, the first time for {w=(4,6), b=(6)}")
                        .alsoBreaks("gradientsAreRight", "sessionStreams"),
                layer(
                                "outputsAreNamed",
                                dense -> (x, pass) -> dense.forward(x, pass).sum(),
                                "output output of 3 rows has the shape (); smallest: 1 row, 1 step: output output of 1 rows")
                        .alsoBreaks(
                                "float32AgreesWithFloat64",
                                "gradientsAreRight",
                                "rowsAreIndependent",
                                "stepsStandAlone"),
                node(
                                "outputsAreNamed",
                                params -> (inputs, pass) -> List.of(inputs.get(0), inputs.get(0)),
                                "there are 2 outputs for the names [output]")
                        .alsoBreaksMore(),
                layer(
                        "wrongInputsAreRefused",
                        dense -> (x, pass) -> dense.forward(x.columns(0, 4), pass),
                        "input 0 took the shape (3,5,5) and gave "),
                layer(
                        "formsRepeat",
                        dense -> (x, pass) ->
                                dense.forward(x, pass).plus(pass.draws().uniform(0)),
                        "output output of the inference form with other random numbers at (0,0,0): "),
                node(
                        "formsRepeat",
                        params -> {
                            Layer dense = new Dense().create(params);
                            int[] calls = {0};
                            return (Layer) (x, pass) -> params.training()
                                    ? dense.forward(x, pass).plus(0.001 * calls[0]++)
                                    : dense.forward(x, pass);
                        },
                        "output output of the training form once more at (0,0,0): "),
                layer(
                                "graphDoesNotDependOnValues",
                                dense -> (x, pass) -> {
                                    Tensor y = dense.forward(x, pass);
                                    return x.sum().item() > 0 ? y.plus(0) : y;
                                },
                                "for inputs times ")
                        .alsoBreaks("sessionStreams"),
                layer(
                        "rowsAreIndependent",
                        dense -> (x, pass) -> {
                            List<Tensor> steps = new ArrayList<>();
                            for (int t = 0; t < x.shape().dim(1); t++) {
                                Tensor y = dense.forward(x.step(t), pass);
                                steps.add(y.plus(y.sum().times(0.01)));
                            }
                            return Tensor.stack(steps);
                        },
                        "output output of row 0 without lengths, run alone at (0,0,0): "),
                layer(
                        "gradientsAreRight",
                        dense -> (x, pass) -> dense.forward(x, pass).times(dense.forward(x.detach(), pass)),
                        "the gradient of input 0 at (0,0,0) of (3,5,4) is "),
                node(
                        "gradientsAreRight",
                        params -> {
                            params.get("unused", Init.zeros(), 1);
                            return new Dense().create(params);
                        },
                        "nothing depends on [parameter unused]"),
                layer(
                        "float32AgreesWithFloat64",
                        dense -> (x, pass) -> {
                            Tensor y = dense.forward(x, pass);
                            return y instanceof DoubleTensor ? y : y.times(1.001);
                        },
                        "output output without lengths at "),
                // Ops that are wrong backward: one forgets an input, one sets what it should add to, one has a wrong
                // sign.
                layer(
                        "float32AgreesWithFloat64",
                        dense -> (x, pass) -> Product.of(Product.Fault.FORGETS_AN_INPUT, dense.forward(x, pass), x),
                        "gradient of input 0 without lengths at (0,0,0): "),
                layer(
                        "float32AgreesWithFloat64",
                        dense -> (x, pass) -> Product.of(Product.Fault.OVERWRITES, dense.forward(x, pass), x),
                        "gradient of input 0 without lengths at (0,0,0): "),
                layer(
                        "float32AgreesWithFloat64",
                        dense -> (x, pass) -> Product.of(Product.Fault.WRONG_SIGN, dense.forward(x, pass), x),
                        "gradient of input 0 without lengths at (0,0,0): "),
                layer(
                                "stepsStandAlone",
                                dense -> (x, pass) -> {
                                    Tensor y = dense.forward(x, pass);
                                    List<Tensor> steps = new ArrayList<>(List.of(y.step(0)));
                                    for (int t = 1; t < y.shape().dim(1); t++) {
                                        steps.add(y.step(t).plus(y.step(t - 1)));
                                    }
                                    return Tensor.stack(steps);
                                },
                                "output output behind it, after step 0 was changed at (0,0,0): ")
                        .alsoBreaks("sessionStreams"),
                new Broken(
                        "stepsStandAlone",
                        Set.of(),
                        false,
                        params -> new Float32.OverTime(new Mgu(4, 6)).create(params),
                        "it carries the states [/h]"),
                layer(
                        "sessionStreams",
                        dense -> (x, pass) ->
                                dense.forward(x, pass).plus(x.shape().dim(1)),
                        "output of step 0 at (0,0,0): "),
                layer(
                        "sessionStreams",
                        dense -> (x, pass) -> x.sum().item() > 1e6 ? x : dense.forward(x, pass),
                        "it runs the layers in every step, as a layer reads"),
                overTime(
                                "rowsAreIndependent",
                                cell -> (x, pass) -> {
                                    State first = first(cell, x, pass);
                                    State leaked = first.map(h -> h.plus(h.sum().times(0.01)));
                                    return carried(pass.unroll(cell, x, leaked), pass);
                                },
                                "output output of row 0 without lengths, run alone at (0,0,0): ")
                        .alsoBreaks("lengthsEndRows", "runContinues", "sessionStreams"),
                overTime(
                                "lengthsEndRows",
                                cell -> (x, pass) -> {
                                    Pass endless = pass.over(Laws.endless(pass.spans(), x.shape()));
                                    Tensor outputs = endless.unroll(cell, x, first(cell, x, pass))
                                            .output();
                                    pass.carry(pass.unroll(cell, x, first(cell, x, pass))
                                            .state());
                                    return outputs;
                                },
                                "output output of row 1 at step 2 past its end: ")
                        .alsoBreaks("runContinues"),
                overTime(
                        "lengthsEndRows",
                        cell -> (x, pass) -> {
                            Pass endless = pass.over(Laws.endless(pass.spans(), x.shape()));
                            State first = first(cell, x, pass);
                            pass.carry(endless.unroll(cell, x, first).state());
                            return pass.unroll(cell, x, first).output();
                        },
                        "gradient of input 0 of row 1 at step 2 past its end: "),
                // NaN in the padding, multiplied by 0.
                overTime(
                        "lengthsEndRows",
                        cell -> (x, pass) -> {
                            float[] mask = new float[x.shape().rows()];
                            boolean[] valid = pass.spans()
                                    .mask(x.shape().dim(0), x.shape().dim(1));
                            for (int i = 0; i < mask.length; i++) {
                                mask[i] = valid[i] ? 1 : 0;
                            }
                            Tensor masked = x.times(x.constant(x.shape().withColumns(1), mask));
                            Step right = pass.unroll(cell, x, first(cell, x, pass));
                            return carried(right, pass).plus(masked.sumColumns().times(0));
                        },
                        "with NaN in the padding"),
                overTime(
                        "resetsBeginSequences",
                        cell -> (x, pass) -> {
                            Pass endless = pass.over(pass.spans().beginning());
                            return carried(endless.unroll(cell, x, first(cell, x, pass)), pass);
                        },
                        "output output of row 0 from step 2, where it begins anew, with resets inside the window at (0,0,0): "),
                overTime(
                                "runContinues",
                                cell -> (x, pass) -> pass.unroll(cell, x, first(cell, x, pass))
                                        .output(),
                                "output output without lengths, cut after step 1 at (0,0,0): ")
                        .alsoBreaks("sessionStreams"));
    }

    static IntStream numbers() {
        return IntStream.range(0, broken().size());
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void theLawThatIsMeantCatchesIt(int number) {
        Broken broken = broken().get(number);
        Map<String, String> caught =
                Laws.broken(LayerContract.class, contract(new Faulty(number), Feed.numbers(4), broken.overTime));
        Set<String> expected = new TreeSet<>(broken.also);
        expected.add(broken.law);
        if (expected.remove(MORE)) {
            expected.addAll(caught.keySet());
        }
        assertEquals(expected, caught.keySet(), () -> broken + "\n" + caught);
        assertTrue(caught.get(broken.law).contains(broken.message), () -> caught.get(broken.law));
    }

    private static LayerContract contract(LayerSpec<? extends Node> spec, Feed feed, boolean overTime) {
        return new LayerContract() {
            @Override
            protected LayerSpec<? extends Node> spec() {
                return spec;
            }

            @Override
            protected List<Feed> inputs() {
                return List.of(feed);
            }

            @Override
            protected boolean worksOverTime() {
                return overTime;
            }
        };
    }

    @Test
    void idsOutsideTheVocabularyMustBeRefused() {
        Map<String, String> caught = Laws.broken(LayerContract.class, contract(new Table(), Feed.ids(6), false));
        assertEquals(Set.of("wrongInputsAreRefused"), caught.keySet());
        assertTrue(
                caught.get("wrongInputsAreRefused")
                        .startsWith("a wrong input is refused with what was wrong: input 0 took the id 6 and gave "),
                caught.toString());
    }

    @Test
    void aStreamMustBeRefusedByALayerThatDoesNotStream() {
        Map<String, String> caught = Laws.broken(LayerContract.class, new OverTimeTest() {
            @Override
            protected boolean streams() {
                return false;
            }
        });
        assertEquals(Set.of("streamsAreRefused"), caught.keySet(), caught::toString);
        assertTrue(
                caught.get("streamsAreRefused")
                        .startsWith(
                                "a layer that needs the whole sequence refuses a stream: a stream was taken and gave "),
                caught.toString());
    }

    /** Layers of two inputs that lie about streams: what the law says of each. */
    static Map<String, LayerContract> besideOthers() {
        Map<String, LayerContract> wrong = new LinkedHashMap<>();
        wrong.put("input 1 was taken step by step beside the others and gave ", new BesideContract((inputs, pass) -> {
            return beside(inputs, pass);
        }));
        wrong.put("output of step 0 at (0,0,0): ", new BesideContract((inputs, pass) -> {
            pass.needsWholeSequence(1);
            Tensor x = (Tensor) inputs.get(0);
            return beside(x.plus(x.shape().dim(1)), (Tensor) inputs.get(1), pass);
        }));
        wrong.put("it runs the layers in every step, as a layer reads", new BesideContract((inputs, pass) -> {
            pass.needsWholeSequence(1);
            Tensor x = (Tensor) inputs.get(0);
            return x.sum().item() > 1e6 ? inputs : beside(inputs, pass);
        }));
        wrong.put(
                "it failed: org.rnn4j.api.LayerException: layer: needs the whole",
                new BesideContract((inputs, pass) -> {
                    pass.needsWholeSequence();
                    return beside(inputs, pass);
                }));
        wrong.put("the message does not show whole sequence or (3,1: ", new BesideContract((inputs, pass) -> {
            if (pass.streams(1)) {
                throw new IllegalArgumentException("no");
            }
            return beside(inputs, pass);
        }));
        wrong.put(
                "input 0 was taken step by step beside the others and gave ",
                new BesideContract((inputs, pass) -> {
                    pass.needsWholeSequence(1);
                    return beside(inputs, pass);
                }) {
                    @Override
                    protected Set<Integer> streamsBesideOthers() {
                        return Set.of();
                    }
                });
        wrong.put("input 0 has 5 steps, but the output has the shape (3,4)", new BesideContract((inputs, pass) -> {
            pass.needsWholeSequence(1);
            return List.of(((Tensor) inputs.get(0)).step(0));
        }));
        return wrong;
    }

    @Test
    void oneOfSeveralInputsMustStreamAsItSays() {
        besideOthers().forEach((message, contract) -> {
            Map<String, String> caught = Laws.broken(LayerContract.class, contract);
            String law = String.valueOf(caught.get("oneOfSeveralInputsStreams"));
            assertTrue(law.contains(message), () -> message + "\n" + caught);
        });
        LayerContract right = new BesideContract((inputs, pass) -> {
            pass.needsWholeSequence(1);
            return beside(inputs, pass);
        });
        // Its spec is no record.
        assertEquals(
                Set.of("specIsItselfAgain"),
                Laws.broken(LayerContract.class, right).keySet());
    }

    // Specs that cannot be written, or come back as something else. The layer itself is right.

    private static final class NoRecord implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    private record NotPublic(int width) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    /** JSON has no arrays of its own kind for this component, nor would two of them be equal. */
    public record HoldsAnObject(int width, Thread thread) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    /** Configurations hold double numbers alone. */
    public record HoldsAFloat(float rate) implements LayerSpec<Layer> {
        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    /** Reading it once more changes it. */
    public record Doubles(int width) implements LayerSpec<Layer> {
        public Doubles {
            width *= 2;
        }

        @Override
        public Layer create(Params params) {
            return new Dense().create(params);
        }
    }

    static Map<String, LayerSpec<Layer>> unwritten() {
        return Map.of(
                "two specs with the same settings are not equal: is the spec a record?", new NoRecord(),
                "expected a public record in a package that its module exports", new NotPublic(4),
                "has a component thread with java.lang.Thread in it", new HoldsAnObject(4, Thread.currentThread()),
                "with float in it", new HoldsAFloat(0.5f),
                "Doubles[width=8] came back as Doubles[width=16]", new Doubles(4));
    }

    @Test
    void whatCannotBeWrittenIsCaught() {
        unwritten().forEach((message, spec) -> {
            Map<String, String> caught = Laws.broken(LayerContract.class, new LayerContract() {
                @Override
                protected LayerSpec<? extends Node> spec() {
                    return spec instanceof NoRecord ? new NoRecord() : spec;
                }

                @Override
                protected List<Feed> inputs() {
                    return List.of(Feed.numbers(4));
                }
            });
            assertEquals(Set.of("specIsItselfAgain"), caught.keySet(), () -> spec + " " + caught);
            assertTrue(caught.get("specIsItselfAgain").contains(message), () -> message + "\n" + caught);
        });
    }

    @Test
    void everyLawIsBrokenByALayer() {
        Set<String> laws = Laws.of(LayerContract.class);
        Set<String> found = new TreeSet<>();
        broken().forEach(broken -> found.add(broken.law));
        found.add("specIsItselfAgain");
        found.add("streamsAreRefused");
        found.add("oneOfSeveralInputsStreams");
        assertEquals(laws, found);
        assertEquals(16, laws.size());
    }
}
