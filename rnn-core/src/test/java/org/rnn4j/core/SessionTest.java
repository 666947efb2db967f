package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

class SessionTest {
    private final Model model = Model.create(Toys.languageModel(false), 3);

    /** The outputs of one row of ids as one long window gives them. */
    private float[] window(int... ids) {
        return model.forward(Ids.of(ids)).toFloats();
    }

    private static float[] stream(Session session, int... ids) {
        float[] all = new float[ids.length * 7];
        float[] y = new float[7];
        for (int t = 0; t < ids.length; t++) {
            session.step(new int[] {ids[t]}, y);
            System.arraycopy(y, 0, all, t * 7, 7);
        }
        return all;
    }

    @Property(tries = 50)
    void aStreamGivesTheBitsOfOneLongWindow(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 6) Integer> ids) {
        int[] row = ids.stream().mapToInt(Integer::intValue).toArray();
        assertArrayEquals(window(row), stream(model.session(1), row));
    }

    @Test
    void aForkGoesOnOnItsOwn() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Session fork = session.fork();
        float[] forked = stream(fork, 4, 5);
        float[] original = stream(session, 6, 0);
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 3, 4, 5), 21, 35), forked);
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 3, 6, 0), 21, 35), original);
    }

    @Test
    void aStateCanBeSavedAndRestoredAndForgotten() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Carry saved = Carry.ofTensors(session.state().tensors());
        float[] first = stream(session, 4);
        session.restore(saved);
        assertArrayEquals(first, stream(session, 4));
        session.reset();
        assertArrayEquals(window(4), stream(session, 4));
    }

    @Test
    void rowsStreamSideBySide() {
        Session session = model.session(2);
        float[] y = new float[14];
        session.step(new int[] {1, 2}, y);
        session.step(new int[] {3, 4}, y);
        assertArrayEquals(Arrays.copyOfRange(window(1, 3), 7, 14), Arrays.copyOfRange(y, 0, 7));
        assertArrayEquals(Arrays.copyOfRange(window(2, 4), 7, 14), Arrays.copyOfRange(y, 7, 14));
    }

    @Test
    void eightThreadsShareAModel() throws Exception {
        List<float[]> expected = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            expected.add(stream(model.session(1), row(thread)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int[] ids = row(thread);
                results.add(pool.submit(() -> stream(model.session(1), ids)));
            }
            for (int thread = 0; thread < 8; thread++) {
                assertArrayEquals(expected.get(thread), results.get(thread).get());
            }
        } finally {
            pool.shutdown();
        }
    }

    private static int[] row(int thread) {
        int[] ids = new int[200];
        for (int t = 0; t < ids.length; t++) {
            ids[t] = (t * (thread + 2) + thread) % 7;
        }
        return ids;
    }

    @Test
    void refusesToGoOnWithOtherParameters() {
        Session session = model.session(1);
        model.parameter("leaky.cell.a").set(0, 0, 0, 0, 0);
        assertEquals(
                CHANGED,
                assertThrows(IllegalStateException.class, () -> stream(session, 1))
                        .getMessage());
    }

    @Test
    void refusesArraysThatDoNotFit() {
        Session session = model.session(2);
        assertEquals(
                "1 ids for 2 rows",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[1], new float[14]))
                        .getMessage());
        assertEquals(
                "the output has the shape (2,1,7), which is 14 numbers, but y has 7",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[2], new float[7]))
                        .getMessage());
        assertEquals(
                "3 numbers cannot be 2 rows",
                assertThrows(IllegalArgumentException.class, () -> session.step(new float[3], new float[14]))
                        .getMessage());
    }

    // Record and replay.

    @Test
    void aStepIsRecordedOnceThereAreStates() {
        Session session = model.session(1);
        assertFalse(session.replays());
        stream(session, 1);
        assertFalse(session.replays());
        stream(session, 2);
        assertTrue(session.replays());
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 0, 6, 3), 14, 35), stream(session, 0, 6, 3));
        assertTrue(session.fork().replays());
    }

    @Test
    void aReplayRefusesWhatTheLayersRefuse() {
        Session session = model.session(1);
        Session layers = model.session(1);
        float[] expected = stream(model.session(1), 1, 2, 3, 4);
        stream(session, 1, 2, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> stream(layers, 7))
                .getMessage();
        assertEquals("embed: id 7 at row 0, step 0 is outside the vocabulary of 7 (0 to 6)", message);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> stream(session, 7))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> stream(session, -1));
        assertThrows(IllegalArgumentException.class, () -> session.step(new float[] {1}, new float[7]));
        assertEquals(
                "the output has the shape (1,1,7), which is 7 numbers, but y has 8",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[] {4}, new float[8]))
                        .getMessage());
        assertTrue(session.replays());
        assertArrayEquals(Arrays.copyOfRange(expected, 21, 28), stream(session, 4));
    }

    @Test
    void aReplayRefusesStatesThatDoNotFit() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Carry good = session.state();
        Session two = model.session(2);
        two.step(new int[2], new float[14]);
        session.restore(two.state());
        assertEquals(
                "leaky: state part h has the shape (2,5), expected (1,5)",
                assertThrows(IllegalArgumentException.class, () -> stream(session, 4))
                        .getMessage());
        session.restore(good);
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 3, 4), 21, 28), stream(session, 4));
    }

    @Test
    void aStateThatWasTakenDoesNotChange() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Carry taken = session.state();
        float[] before = taken.tensors().get("leaky/h").toFloats();
        stream(session, 4);
        assertArrayEquals(before, taken.tensors().get("leaky/h").toFloats());
    }

    @Test
    void aForkOfAStaleSessionBeginsWithTheNewParameters() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Carry state = session.state();
        model.parameter("embed.weight").update(values -> values[4 * 4] += 1);
        assertThrows(IllegalStateException.class, () -> stream(session, 4));
        Session begun = model.session(1);
        begun.restore(state);
        assertArrayEquals(stream(begun, 4, 4, 4, 4), stream(session.fork(), 4, 4, 4, 4));
    }

    @Test
    void aForkOfAStaleSessionReadsWhatItWasGivenWithTheNewParameters() {
        Model two = Model.create(
                ModelSpec.graph("a", "b")
                        .node("product", new Toys.Product(2, 2), "a")
                        .node("sum", new Toys.SumAndDifference(), "product", "b")
                        .build("sum"),
                1);
        Window given = Window.of(Map.of("a", Toys.ramp(1, 1, 2)));
        Session stale = two.session(given);
        two.parameter("product.weight").set(1, 2, 3, 4);
        float[] expected = new float[2];
        two.session(given).step(new float[] {1, 1}, expected);
        float[] y = new float[2];
        stale.fork().step(new float[] {1, 1}, y);
        assertArrayEquals(expected, y);
    }

    /** Hands numbers on, and does something else at that. */
    private record Meddling(Runnable meddle) implements Op {
        @Override
        public String name() {
            return "meddling";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            k.copy(in[0], out[0]);
            meddle.run();
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            throw new UnsupportedOperationException();
        }
    }

    /** Adds up what it reads, times a parameter. */
    private static Model meddledWith(Runnable meddle) {
        LayerSpec<Layer> spec = params -> {
            Tensor w = params.get("w", Init.constant(1), 2);
            return overTime(cell(List.of(StatePart.of("sum", 2)), (x, s) -> {
                Tensor sum = s.get("sum").plus(x.times(w));
                return new Step(new Meddling(meddle).on(x).orElseThrow().get(0), State.of("sum", sum));
            }));
        };
        return Model.create(ModelSpec.chain().then("layer", spec).build(), 1);
    }

    private static final String CHANGED = "the model's parameters were changed since this session began;"
            + " serve from model.copy(), or begin a new session";

    /** Steps that run the layers, that are compared with them, and that are not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4})
    void refusesAStepInWhichTheParametersWereChanged(int step) {
        AtomicReference<Runnable> meddle = new AtomicReference<>(() -> {});
        Model meddled = meddledWith(() -> meddle.get().run());
        Session session = meddled.session(1);
        for (int t = 0; t < step; t++) {
            session.step(new float[] {t, 1}, new float[2]);
        }
        assertEquals(step > 1, session.replays());
        Map<String, Tensor> before = session.state().tensors();
        meddle.set(() -> meddled.parameter("layer.w").set(2, 3));
        float[] y = {-1, -1};
        assertEquals(
                CHANGED,
                assertThrows(IllegalStateException.class, () -> session.step(new float[] {9, 9}, y))
                        .getMessage());
        assertArrayEquals(new float[] {-1, -1}, y);
        Map<String, Tensor> after = session.state().tensors();
        assertEquals(before.keySet(), after.keySet());
        before.forEach((part, value) ->
                assertArrayEquals(value.toFloats(), after.get(part).toFloats()));
    }

    @Test
    void refusesAStepInTheMiddleOfAChange() {
        Session session = model.session(1);
        stream(session, 1, 2, 3, 4, 5);
        model.parameter("leaky.cell.a").update(values -> {
            values[0] = 5;
            assertEquals(
                    CHANGED,
                    assertThrows(IllegalStateException.class, () -> stream(session, 1))
                            .getMessage());
        });
    }

    @Test
    @Timeout(60)
    void beginsBeforeOrAfterAChangeOfSeveralParameters() throws Exception {
        AtomicReference<Session> begun = new AtomicReference<>();
        Thread beginner = new Thread(() -> begun.set(model.session(1)));
        model.change(() -> {
            model.parameter("leaky.cell.a").set(1, 2, 3, 4, 5);
            beginner.start();
            while (beginner.getState() != Thread.State.WAITING && beginner.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            model.parameter("output.weight").update(values -> values[0] = 7);
        });
        beginner.join();
        assertArrayEquals(window(1, 2, 3), stream(begun.get(), 1, 2, 3));
    }

    @Test
    void refusesTheStatesOfAnotherModel() {
        Model other = Model.create(
                ModelSpec.chain()
                        .then("embed", new Toys.Table(7, 4))
                        .then("memory", new Toys.Leaky(4, 5, false))
                        .then("output", new Toys.Product(5, 7))
                        .build(),
                3);
        Session theirs = other.session(1);
        stream(theirs, 1);
        Session session = model.session(1);
        for (int steps = 0; steps < 3; steps++) {
            Carry own = session.state();
            session.restore(theirs.state());
            assertEquals(
                    "the carry has states of [memory], but the layers that carry one are [leaky]",
                    assertThrows(IllegalArgumentException.class, () -> stream(session, 1))
                            .getMessage());
            session.restore(own);
            stream(session, 2);
        }
        assertTrue(session.replays());
        assertArrayEquals(Arrays.copyOfRange(window(2, 2, 2, 4), 21, 28), stream(session, 4));
    }

    /** A model of one layer on numbers. */
    private static Model modelOf(Layer layer) {
        return Model.create(
                ModelSpec.chain()
                        .then("layer", (LayerSpec<Layer>) params -> layer)
                        .build(),
                1);
    }

    /** Streams numbers of width 2, and expects what one window gives. */
    private static Session streamed(Model model, int steps) {
        float[] x = Toys.ramp(1, steps, 2).toFloats();
        Session session = model.session(1);
        float[] whole = model.forward(Tensors.of(Shape.of(1, steps, 2), x)).toFloats();
        int width = whole.length / steps;
        for (int t = 0; t < steps; t++) {
            float[] y = new float[width];
            session.step(Arrays.copyOfRange(x, 2 * t, 2 * t + 2), y);
            assertArrayEquals(Arrays.copyOfRange(whole, width * t, width * (t + 1)), y, "step " + t);
        }
        return session;
    }

    /** Streams numbers of width 2 through a layer without states, and expects what a window of each step gives. */
    private static boolean replaysStepsOf(Layer layer) {
        Model model = modelOf(layer);
        Session session = model.session(1);
        for (int t = 0; t < 9; t++) {
            float[] x = {(t - 4) / 7f, (5 - t) / 9f};
            float[] y = new float[2];
            session.step(x, y);
            assertArrayEquals(model.forward(Tensors.of(Shape.of(1, 1, 2), x)).toFloats(), y, "step " + t);
        }
        return session.replays();
    }

    private static Layer overTime(Recurrent cell) {
        return (x, pass) -> {
            Step run = pass.unroll(cell, x, pass.initial(cell.state(), x.shape().dim(0)));
            pass.carry(run.state());
            return run.output();
        };
    }

    private static Recurrent cell(List<StatePart> state, BiFunction<Tensor, State, Step> step) {
        return new Recurrent() {
            @Override
            public List<StatePart> state() {
                return state;
            }

            @Override
            public Step step(Tensor x, State previous) {
                return step.apply(x, previous);
            }
        };
    }

    @Test
    void statesMayMoveOnAndStayAsTheyAre() {
        List<StatePart> parts = List.of(StatePart.of("a", 2), StatePart.of("b", 2), StatePart.of("c", 2));
        // Three steps late; what moves on is no output of an op, but another state.
        Layer late = overTime(cell(
                parts, (x, s) -> new Step(s.get("c"), State.of(Map.of("a", x, "b", s.get("a"), "c", s.get("b"))))));
        assertTrue(streamed(modelOf(late), 9).replays());
        Layer reversed = overTime(cell(
                parts, (x, s) -> new Step(s.get("a"), State.of(Map.of("c", x, "b", s.get("c"), "a", s.get("b"))))));
        assertTrue(streamed(modelOf(reversed), 9).replays());
        Layer same = overTime(cell(parts, (x, s) -> new Step(s.get("c").plus(x).detach(), s)));
        assertTrue(streamed(modelOf(same), 9).replays());
        Layer constant = overTime(cell(
                List.of(StatePart.of("a", 2)),
                (x, s) -> new Step(s.get("a").plus(1), State.of("a", x.constant(Shape.of(1, 2), 3, 4)))));
        assertTrue(streamed(modelOf(constant), 9).replays());
    }

    @Test
    void oneTensorMayBeTwoStates() {
        Model twice = modelOf(overTime(cell(List.of(StatePart.of("a", 2), StatePart.of("b", 2)), (x, s) -> {
            Tensor sum = x.plus(s.get("a")).minus(s.get("b").times(0.5));
            return new Step(sum, State.of("a", sum, "b", sum));
        })));
        Session session = streamed(twice, 6);
        session.restore(Carry.of(Map.of(
                "layer", State.of("a", Tensors.of(Shape.of(1, 2), 1, 2), "b", Tensors.of(Shape.of(1, 2), 10, 20)))));
        float[] y = new float[2];
        session.step(new float[2], y);
        assertTrue(session.replays());
        assertArrayEquals(new float[] {-4, -8}, y);
    }

    @Test
    void layersWithoutStatesReplayToo() {
        assertTrue(replaysStepsOf((x, pass) -> x));
        assertTrue(replaysStepsOf((x, pass) -> x.times(x).plus(1)));
        assertTrue(replaysStepsOf((x, pass) -> x.constant(x.shape(), 1, 2).times(2)));
    }

    /** The input itself is the state, with no op between. */
    @Test
    void theInputMayBeTheState() {
        Session session = modelOf((x, pass) -> {
                    State before = pass.initial(List.of(StatePart.of("x", 1, 2)), 1);
                    pass.carry(State.of("x", x));
                    return before.get("x");
                })
                .session(1);
        float[] before = new float[2];
        for (int t = 0; t < 6; t++) {
            float[] x = {t + 1, -t};
            float[] y = new float[2];
            session.step(x, y);
            assertArrayEquals(before, y, "step " + t);
            before = x;
        }
        assertTrue(session.replays());
    }

    @Test
    void anInputOfAnotherWidthIsLeftToTheLayers() {
        Model doubles = modelOf(overTime(cell(List.of(), (x, s) -> new Step(x.plus(x), s))));
        Session session = streamed(doubles, 4);
        float[] y = new float[3];
        session.step(new float[] {1, 2, 3}, y);
        assertArrayEquals(new float[] {2, 4, 6}, y);
        float[] two = new float[2];
        session.step(new float[] {4, 5}, two);
        assertArrayEquals(new float[] {8, 10}, two);
    }

    @Test
    void theFirstOfSeveralOutputsIsGiven() {
        ModelSpec spec = new ModelSpec(
                List.of("x"),
                Map.of("both", new NodeSpec(new Toys.SumAndDifference(), List.of("x", "x"))),
                List.of("both.difference", "both"));
        Session session = streamed(Model.create(spec, 1), 4);
        assertTrue(session.replays());
    }

    @Test
    void aLayerThatReadsNumbersRunsInEveryStep() {
        assertFalse(replaysStepsOf((x, pass) -> x.sum().item() > 0 ? x : x.times(-1)));
        assertFalse(replaysStepsOf((x, pass) -> x.constant(x.shape(), x.detach().toFloats())));
        assertFalse(replaysStepsOf((x, pass) -> x.times(x.times(2).toDoubles()[0])));
        assertTrue(replaysStepsOf(
                (x, pass) -> x.times(x.constant(Shape.of(), 3).plus(1).item())));
    }

    /** Id 0 is padding: a table's rows, but zeros for it. */
    @Test
    void aLayerThatReadsIdsRunsInEveryStep() {
        List<UnaryOperator<Ids>> readers = List.of(
                ids -> Ids.of(ids.shape(), ids.toArray()),
                ids -> {
                    ids.at(0);
                    return ids;
                },
                ids -> {
                    ids.at(0, 0);
                    return ids;
                },
                ids -> ids.below(7, "vocabulary"),
                ids -> ids.equals(Ids.of(ids.shape(), 0)) ? Ids.of(ids.shape(), 0) : ids);
        for (UnaryOperator<Ids> reader : readers) {
            Model padded = Model.create(
                    ModelSpec.chain()
                            .then("embed", (LayerSpec<IdsLayer>) params -> {
                                Tensor table = params.get("weight", Init.normal(1), 7, 4);
                                return (ids, pass) -> table.lookup(reader.apply(ids));
                            })
                            .build(),
                    1);
            Session session = padded.session(1);
            float[] y = new float[4];
            for (int id : new int[] {3, 1, 2, 0, 6}) {
                session.step(new int[] {id}, y);
                assertArrayEquals(padded.forward(Ids.of(new int[] {id})).toFloats(), y);
            }
            assertFalse(session.replays());
        }
    }

    @Test
    void idsArePickedInAReplayToo() {
        Model picks = Model.create(
                ModelSpec.chain()
                        .then("pick", (LayerSpec<IdsLayer>) params -> {
                            Tensor scores = params.get("scores", Init.normal(1), 1, 1, 7);
                            return (ids, pass) -> scores.times(2).pick(ids);
                        })
                        .build(),
                1);
        Session session = picks.session(1);
        float[] y = new float[1];
        for (int id : new int[] {3, 1, 2, 0, 6}) {
            session.step(new int[] {id}, y);
            assertArrayEquals(picks.forward(Ids.of(new int[] {id})).toFloats(), y);
        }
        assertTrue(session.replays());
        assertEquals(
                "pick: id 7 at row 0, step 0 is outside the columns of 7 (0 to 6)",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[] {7}, y))
                        .getMessage());
    }

    /** An op that sets what it must not leave to chance, asks for memory of each kind, or forgets to set. */
    private record Positive(boolean forgets) implements Op {
        @Override
        public String name() {
            return "positive";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return inputs;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            float[] zeros = memory.keep(1);
            float[] ones = memory.scratch(1);
            zeros[0] = 0;
            ones[0] = 1;
            for (int i = 0; i < in[0].size(); i++) {
                if (in[0].data()[i] > 0) {
                    out[0].data()[i] = in[0].data()[i] * ones[0];
                } else if (!forgets) {
                    out[0].data()[i] = memory.kept(0)[0];
                }
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anOpThatForgetsToSetItsOutputsIsNotReplayed() {
        assertTrue(replaysStepsOf(
                (x, pass) -> new Positive(false).on(x).orElseThrow().get(0)));
        assertFalse(replaysStepsOf(
                (x, pass) -> new Positive(true).on(x).orElseThrow().get(0)));
    }

    @Test
    void aProductWithWhatTheStepComputesIsPackedAnew() {
        Layer outer = (x, pass) -> {
            Tensor column = x.reshape(2, 1);
            return column.matmul(x.reshape(1, 2)).reshape(1, x.shape().dim(1), 4);
        };
        Model model = modelOf(outer);
        Session session = model.session(1);
        for (int t = 1; t < 6; t++) {
            float[] y = new float[4];
            session.step(new float[] {t, 1}, y);
            assertArrayEquals(new float[] {t * t, t, t, 1}, y);
        }
        assertTrue(session.replays());
    }

    /** A product that keeps its packed operand from one application to the next. */
    private record Prepared() implements Op {
        @Override
        public String name() {
            return "prepared";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return List.of(inputs.get(0).withColumns(inputs.get(1).columns()));
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            if (memory.prepared() == null) {
                memory.prepare(memory.packed(in[1]));
            }
            Kernels.Packed packed = (Kernels.Packed) memory.prepared();
            k.multiply(in[0], packed == null ? memory.packed(in[1]) : packed, out[0]);
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whatWasPreparedOfOneStepIsNotUsedInAnother() {
        assertTrue(replaysStepsOf((x, pass) -> new Prepared()
                .on(x, x.constant(Shape.of(2, 2), 1, 2, 3, 4))
                .orElseThrow()
                .get(0)));
        assertTrue(replaysStepsOf((x, pass) -> new Prepared()
                .on(x, Tensor.join(List.of(x.reshape(2, 1), x.reshape(2, 1).times(3))))
                .orElseThrow()
                .get(0)));
    }

    // What no session can do right is refused.

    /** Streams numbers through a layer until it is refused; gives the message, and proves that the refused step changed no state. */
    private static String refusal(Layer lies) {
        Session session = modelOf(lies).session(1);
        for (int t = 0; t < 200; t++) {
            float[] x = {t, 1};
            Map<String, Tensor> before = session.state().tensors();
            try {
                session.step(x, new float[2]);
            } catch (IllegalStateException e) {
                session.state()
                        .tensors()
                        .forEach((part, value) ->
                                assertArrayEquals(before.get(part).toFloats(), value.toFloats()));
                return e.getMessage();
            }
        }
        return "nothing was refused";
    }

    @Test
    void aLayerThatDependsOnMoreThanItsInputAndStateIsFoundOut() {
        String expected =
                " of those that this session replays gave other numbers than the layers give: a layer depends on more than"
                        + " its input and its state (does it count its calls, draw numbers by itself, or change a field?). Keep what varies"
                        + " in its State, and draw from Pass.draws()";
        AtomicInteger calls = new AtomicInteger();
        assertEquals("step 1" + expected, refusal((x, pass) -> x.plus(calls.incrementAndGet())));
        Random random = new Random(1);
        assertEquals("step 1" + expected, refusal((x, pass) -> x.times(random.nextDouble())));
        // A state that drifts, with an output that does not show it.
        AtomicInteger drift = new AtomicInteger();
        assertEquals(
                "step 1" + expected,
                refusal(overTime(cell(
                        List.of(StatePart.of("a", 2)),
                        (x, s) -> new Step(x, State.of("a", s.get("a").plus(drift.incrementAndGet())))))));
        // Right in the recorded step and the first seven that are compared.
        AtomicInteger patient = new AtomicInteger();
        assertEquals("step 128" + expected, refusal((x, pass) -> x.plus(patient.incrementAndGet() > 8 ? 1 : 0)));
    }

    @Test
    void aSecondThreadIsRefusedWhileTheFirstIsInside() throws Exception {
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        Session session = modelOf(overTime(cell(List.of(StatePart.of("a", 2)), (x, s) -> {
                    in.countDown();
                    try {
                        assertTrue(out.await(60, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    Tensor a = s.get("a").plus(x);
                    return new Step(a, State.of("a", a));
                })))
                .session(1);
        float[] first = new float[2];
        Thread thread = new Thread(() -> session.step(new float[] {1, 2}, first), "the first");
        thread.start();
        assertTrue(in.await(60, TimeUnit.SECONDS));
        List<Executable> calls = List.of(
                () -> session.step(new float[2], new float[2]),
                () -> session.step(new int[1], new float[2]),
                session::state,
                session::reset,
                session::fork,
                session::replays,
                () -> session.restore(Carry.none()));
        for (Executable call : calls) {
            assertEquals(
                    "this session is in use by the thread the first; a session belongs to one thread at a time: begin one for"
                            + " each thread, or fork() it",
                    assertThrows(IllegalStateException.class, call).getMessage());
        }
        out.countDown();
        thread.join();
        assertArrayEquals(new float[] {1, 2}, first);
        // Handed over, it goes on where the other thread left it.
        float[] second = new float[2];
        session.step(new float[] {10, 20}, second);
        assertArrayEquals(new float[] {11, 22}, second);
    }
}
