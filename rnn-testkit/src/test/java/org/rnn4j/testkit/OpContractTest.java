package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** A right op keeps all laws, and ops that are wrong in one way each are caught by the law that is meant. */
class OpContractTest {

    private static class MixContract extends OpContract {
        private final Fault fault;

        MixContract(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Op op() {
            return new Mix(fault);
        }

        @Override
        protected List<Operand> inputs() {
            return List.of(Operand.rows(4), Operand.rows(4), Operand.shared(4));
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of(in.get(0).times(in.get(1)).plus(in.get(2)).tanh());
        }

        @Override
        protected Layout accepts() {
            return Layout.STRIDED;
        }
    }

    @Nested
    class MixTest extends MixContract {
        MixTest() {
            super(Fault.NONE);
        }
    }

    /** Without its composed form the op is compared with difference quotients. */
    @Nested
    class MixBesideQuotientsTest extends MixContract {
        MixBesideQuotientsTest() {
            super(Fault.NONE);
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            return List.of();
        }
    }

    /** What is wrong with an op, the law that is meant, what it says, and what cannot but break too. */
    @SuppressWarnings("ImmutableEnumChecker") // the set is
    private enum Fault {
        NONE("", ""),
        SKIPS_AN_OUTPUT(
                "outputsAreSet",
                "output 0 where they held NaN and not 7 before at (2,3): NaN, expected exactly 7.0",
                "valuesAreThoseOfTheComposedForm",
                "rowsStandAlone"),
        READS_WHAT_IT_DID_NOT_KEEP(
                "outputsAreSet",
                "gradient of input 0 at (0,0) is NaN",
                "gradientsAreRight",
                "gradientsAreAdded",
                "oneTensorMayBeTwoInputs"),
        MODIFIES_AN_INPUT("nothingElseIsModified", "it modified input 0", "blocksMayLieAnywhere"),
        MODIFIES_THE_GRADIENT_OF_ITS_OUTPUT(
                "nothingElseIsModified", "it modified gradient of output 0", "blocksMayLieAnywhere"),
        WRITES_BESIDE_A_BLOCK("nothingElseIsModified", "it modified the array beside output 0", "blocksMayLieAnywhere"),
        WRONG_VALUE("valuesAreThoseOfTheComposedForm", "output 0 at (0,0): ", "gradientsAreRight"),
        FORGETS_AN_INPUT("gradientsAreRight", "gradient of input 1 at (0,0): 0.0, expected "),
        WRONG_SIGN("gradientsAreRight", "gradient of input 1 at (0,0): "),
        OVERWRITES(
                "gradientsAreAdded",
                "gradient of input 0, which held 0.5 before, at (0,0): ",
                "oneTensorMayBeTwoInputs"),
        NEEDS_ALL(
                "unaskedGradientsMayBeMissing",
                "asked for the gradient of input 0 alone failed: java.lang.NullPointerException"),
        SETS_THE_SECOND(
                "oneTensorMayBeTwoInputs",
                "gradient of input 0, which is input 1 too, at (0,0): ",
                "gradientsAreAdded"),
        SUMS_IN_PARTS("threadsChangeNothing", "gradient of input 2 where each item is a part of its own at (0,"),
        MIXES_ROWS(
                "rowsStandAlone",
                "output 0 of row 0 at (0,0): ",
                "valuesAreThoseOfTheComposedForm",
                "gradientsAreRight"),
        FORGETS_THE_OFFSET("blocksMayLieAnywhere", "output 0 where blocks are OFFSET at (0,0): ");

        private final String law;
        private final String message;
        private final Set<String> also;

        Fault(String law, String message, String... also) {
            this.law = law;
            this.message = message;
            this.also = Set.of(also);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theLawThatIsMeantCatchesIt(Fault fault) {
        Map<String, String> caught = Laws.broken(OpContract.class, new MixContract(fault));
        Set<String> expected = new TreeSet<>(fault.also);
        expected.add(fault.law);
        assertEquals(expected, caught.keySet(), () -> fault + " " + caught);
        assertTrue(caught.get(fault.law).contains(fault.message), () -> caught.get(fault.law));
    }

    @Test
    void everyLawIsBrokenByAnOp() {
        Set<String> found = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            found.add(fault.law);
        }
        found.remove("");
        assertEquals(Laws.of(OpContract.class), found);
        assertEquals(10, found.size());
    }

    /** {@code y = tanh(a * b + c)}, or something like it. */
    private record Mix(Fault fault) implements Op {
        @Override
        public String name() {
            return "mix";
        }

        @Override
        public List<Shape> shapes(List<Shape> inputs) {
            return List.of(inputs.get(0));
        }

        private Block shared(Block block) {
            return is(Fault.FORGETS_THE_OFFSET) ? Block.of(block.data(), 1, block.columns()) : block;
        }

        private boolean is(Fault other) {
            return fault == other;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            Block y = out[0];
            float before = y.get(y.rows() - 1, y.columns() - 1);
            Block slope = Block.of(memory.keep(y.size()), y.rows(), y.columns());
            k.split(y.rows(), 1, (from, to) -> {
                Block part = y.rows(from, to);
                k.times(in[0].rows(from, to), in[1].rows(from, to), part);
                k.plus(part, shared(in[2]).repeated(to - from), part);
                k.tanh(part, part);
            });
            if (is(Fault.MIXES_ROWS)) {
                k.plus(y.rows(0, 1), y.rows(y.rows() - 1, y.rows()), y.rows(0, 1));
            }
            if (is(Fault.WRONG_VALUE)) {
                k.plus(y, y, y);
            }
            if (!is(Fault.READS_WHAT_IT_DID_NOT_KEEP)) {
                k.fill(1, slope);
                k.tanhGradient(slope, y, slope);
            }
            if (is(Fault.SKIPS_AN_OUTPUT)) {
                y.set(y.rows() - 1, y.columns() - 1, before);
            }
            if (is(Fault.WRITES_BESIDE_A_BLOCK)) {
                y.data()[y.data().length - 1] = 0;
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            Block dy = dOut[0];
            Block da = Block.of(memory.scratch(dy.size()), dy.rows(), dy.columns());
            k.times(dy, Block.of(memory.kept(0), dy.rows(), dy.columns()), da);
            for (int i = 0; i < 2; i++) {
                if (dIn[i] != null || is(Fault.NEEDS_ALL)) {
                    ofFactor(k, da, in[1 - i], dIn[i], i);
                }
            }
            if (dIn[2] != null) {
                if (is(Fault.SUMS_IN_PARTS)) {
                    k.split(da.rows(), 1 << 20, (from, to) -> k.addSumOfRows(da.rows(from, to), dIn[2]));
                } else {
                    k.addSumOfRows(da, dIn[2]);
                }
            }
            if (is(Fault.MODIFIES_AN_INPUT)) {
                in[0].set(0, 0, 0);
            }
            if (is(Fault.MODIFIES_THE_GRADIENT_OF_ITS_OUTPUT)) {
                dy.set(0, 0, 0);
            }
        }

        private void ofFactor(Kernels k, Block da, Block other, Block d, int i) {
            if (i == 1 && is(Fault.FORGETS_AN_INPUT)) {
                return;
            }
            if (is(Fault.OVERWRITES) || (i == 1 && is(Fault.SETS_THE_SECOND))) {
                k.times(da, other, d);
                return;
            }
            if (i == 1 && is(Fault.WRONG_SIGN)) {
                for (int r = 0; r < d.rows(); r++) {
                    for (int c = 0; c < d.columns(); c++) {
                        d.set(r, c, d.get(r, c) - da.get(r, c) * other.get(r, c));
                    }
                }
                return;
            }
            k.addTimes(da, other, d);
        }
    }
}
