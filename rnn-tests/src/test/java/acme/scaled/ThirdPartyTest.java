package acme.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.LookupOp;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Rows;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.testkit.Feed;
import org.rnn4j.testkit.LayerContract;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/**
 * What a built-in op may do, a third party's may: a gradient of a few rows, and a replayed step that goes by other ids. In a package of its own, so
 * that nothing here sees more than a plugin does.
 */
public class ThirdPartyTest {
    private static final Ids IDS = Ids.of(new int[] {0, 6, 2}, new int[] {6, 6, 1}, new int[] {2, 0, 5});

    private static Ids row(int n) {
        return Ids.of(new int[] {IDS.at(n, 0), IDS.at(n, 1), IDS.at(n, 2)});
    }

    @Nested
    class ScaledEmbeddingTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new ScaledEmbedding(7, 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.ids(7));
        }
    }

    @Nested
    class ScaledLookupTest extends OpContract {
        @Override
        protected Op op() {
            return new ScaledLookup(IDS, 2);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.shared(7, 4));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(in.get(0).lookup(IDS).times(2));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(new ScaledLookup(ThirdPartyTest.row(n), 2));
        }
    }

    @Nested
    class WeightedLookupTest extends OpContract {
        @Override
        protected Op op() {
            return new WeightedLookup(IDS);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.shared(7, 4), Operand.rows(3, 1));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(in.get(0).lookup(IDS).times(in.get(1)));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(new WeightedLookup(ThirdPartyTest.row(n)));
        }
    }

    private static Model model() {
        ModelSpec spec =
                ModelSpec.chain().then("embed", new ScaledEmbedding(40, 3)).build();
        return Model.create(spec, 1);
    }

    private static Tensor drawn(String name, int... dims) {
        Shape shape = Shape.of(dims);
        float[] numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Draws.of(3).at(name).normal(i);
        }
        return Tensors.variable(shape, numbers);
    }

    /** One id is there twice: its row gets both gradients, and no other row any. */
    @Test
    void theGradientOfAParameterIsTheRowsThatWereUsed() {
        Model model = model();
        Parameter table = model.parameter("embed.table");
        Tensor weights = drawn("weights", 1, 3, 3);
        Tensor y = model.forward(Ids.of(new int[] {7, 2, 7}));
        Gradients gradients = Gradients.of(y.times(weights).sum());
        Rows rows = gradients.rows(table).orElseThrow();
        assertArrayEquals(new int[] {2, 7}, rows.ids());

        Tensor composed = Tensors.variable(table.shape(), table.snapshot().toFloats());
        Tensor same = composed.lookup(Ids.of(new int[] {7, 2, 7})).times((float) Math.sqrt(3));
        assertArrayEquals(same.toFloats(), y.toFloats());
        Gradients expected = Gradients.of(same.times(weights).sum());
        assertArrayEquals(
                expected.get(composed).toFloats(), gradients.get(table).toFloats());
    }

    /** The rows are taken, and the op is still asked for the gradient of its other input. */
    @Test
    void aLookupMayHaveOtherInputs() {
        Model model = model();
        Parameter table = model.parameter("embed.table");
        Ids ids = Ids.of(new int[] {7, 2, 7});
        Tensor leaf = Tensors.variable(table.shape(), table.snapshot().toFloats());
        Tensor weights = drawn("of each", 1, 3, 1);
        Tensor y = new WeightedLookup(ids).on(leaf, weights).orElseThrow().get(0);
        Gradients found = Gradients.of(y.times(y).sum());
        Tensor same = leaf.lookup(ids).times(weights);
        Gradients expected = Gradients.of(same.times(same).sum());
        assertArrayEquals(expected.get(leaf).toFloats(), found.get(leaf).toFloats(), 1e-5f);
        assertArrayEquals(expected.get(weights).toFloats(), found.get(weights).toFloats(), 1e-5f);
    }

    @Test
    void aSessionReplaysItForOtherIds() {
        Model model = model();
        int[] ids = {3, 1, 39, 0, 3, 17, 8};
        Tensor expected = model.inference().forward(Ids.of(ids));
        Session session = model.session(1);
        float[] y = new float[3];
        for (int t = 0; t < ids.length; t++) {
            session.step(new int[] {ids[t]}, y);
            assertArrayEquals(expected.step(t).toFloats(), y, "step " + t);
        }
        assertTrue(session.replays());
        assertEquals(
                "embed: id 40 at row 0, step 0 is outside the vocabulary of 40 (0 to 39)",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[] {40}, y))
                        .getMessage());
    }

    /** Gives too few rows. */
    private record TooFew(Ids ids) implements LookupOp {
        @Override
        public String name() {
            return "short";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return List.of(ids.shape().over(inputs.get(0).dim(1)));
        }

        @Override
        public void forward(int[] now, Kernels k, Block[] in, Block[] out, Memory memory) {
            k.fill(0, out[0]);
        }

        @Override
        public Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory) {
            return dOut[0].rows(0, 1);
        }
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        Tensor table = drawn("table", 5, 3);
        Tensor y = new TooFew(Ids.of(new int[] {4, 2})).on(table).orElseThrow().get(0);
        assertEquals(
                "short: gave gradients of 1 rows of 3 numbers, expected 2 rows of 3, dense",
                assertThrows(IllegalStateException.class, () -> Gradients.of(y.sum()))
                        .getMessage());
    }

    /** A decoder of four steps makes the keys of a third party's weight once, as it does for the built-in ones. */
    @Test
    void aDecoderMakesTheKeysOfAWeightOnce() {
        AtomicInteger keysMade = new AtomicInteger();
        Model model = Model.create(
                ModelSpec.graph("x", "values", "h", "c")
                        .node(
                                "decoder",
                                new AttentionDecoder(new LSTM(2 + 5, 5), new HalfScores(keysMade), 2, 5),
                                "x",
                                "values",
                                "h",
                                "c")
                        .build("decoder"),
                5);
        model.forward(Window.of(Map.of(
                "x", drawn("x", 2, 4, 2),
                "values", drawn("values", 2, 3, 5),
                "h", drawn("h", 2, 5),
                "c", drawn("c", 2, 5))));
        assertEquals(1, keysMade.get());
    }
}
