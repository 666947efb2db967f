package org.rnn4j.core.unroll;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.testkit.DoublePass;
import org.rnn4j.testkit.OpContract;
import org.rnn4j.testkit.Operand;

/**
 * The windows that are made of the cells' hand-written steps keep the laws of ops. Here, in their package, because nobody else sees them; rows
 * end, begin anew and are as long as the window.
 */
public class WindowOpsTest {
    private static final int STEPS = 5;
    private static final int INPUTS = 4;
    private static final int HIDDEN = 6;
    private static final int[] ENDS = {5, 2, 4};
    private static final boolean[][] BEGINS = {
        {false, false, true, false, false}, {true, false, false, false, true}, {false, false, false, false, false}
    };

    /** Gives a cell the parameters that were made before, or makes them and remembers their names. */
    private record Given(Map<String, Tensor> byName) implements Params {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            return byName.computeIfAbsent(name, made -> Tensors.zeros(Shape.of(dims)));
        }

        @Override
        public Params scope(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor shared(String path, int... dims) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean training() {
            return true;
        }
    }

    /** Beside the cell's composed steps. */
    private abstract static class OfACell extends OpContract {
        private final CellSpec spec;
        private final List<StatePart> parts;
        private final Fused fused;
        /** The parameters in the order of the op's inputs. */
        private final List<String> names = new ArrayList<>();

        OfACell(CellSpec spec) {
            this.spec = spec;
            Map<String, Tensor> made = new LinkedHashMap<>();
            Recurrent cell = spec.create(new Given(made));
            parts = cell.state();
            fused = ((FusedCell) cell).fused();
            names.add(name(made, fused.wx()));
            names.add(name(made, fused.b()));
            fused.parameters().forEach(weight -> names.add(name(made, weight)));
        }

        private static String name(Map<String, Tensor> made, Tensor parameter) {
            return made.entrySet().stream()
                    .filter(entry -> entry.getValue() == parameter)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        private FusedWindow window(Spans spans) {
            return new FusedWindow(fused.kernel(), fused.parameters(), parts.size(), spans);
        }

        @Override
        protected Op op() {
            return window(Spans.of(ENDS).beginning(BEGINS));
        }

        @Override
        protected Optional<Op> row(int n) {
            return Optional.of(window(Spans.of(ENDS[n]).beginning(BEGINS[n])));
        }

        @Override
        protected List<Operand> inputs() {
            List<Operand> inputs = new ArrayList<>(List.of(Operand.rows(STEPS, INPUTS)));
            inputs.add(Operand.shared(fused.wx().shape().dims()));
            inputs.add(Operand.shared(fused.b().shape().dims()));
            fused.parameters()
                    .forEach(weight -> inputs.add(Operand.shared(weight.shape().dims())));
            parts.forEach(part -> inputs.add(Operand.rows(HIDDEN)));
            return inputs;
        }

        @Override
        protected List<Tensor> composed(List<Tensor> in) {
            Map<String, Tensor> given = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                given.put(names.get(i), in.get(1 + i));
            }
            Map<String, Tensor> first = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                first.put(parts.get(i).name(), in.get(1 + names.size() + i));
            }
            Step run = DoublePass.first()
                    .withSpans(Spans.of(ENDS).beginning(BEGINS))
                    .unroll(spec.create(new Given(given)), in.get(0), State.of(first));
            List<Tensor> outputs = new ArrayList<>(List.of(run.output()));
            parts.forEach(part -> outputs.add(run.state().get(part.name())));
            return outputs;
        }
    }

    @Nested
    class FusedWindowOfRNNTest extends OfACell {
        FusedWindowOfRNNTest() {
            super(new RNN(INPUTS, HIDDEN));
        }
    }

    @Nested
    class FusedWindowOfLSTMTest extends OfACell {
        FusedWindowOfLSTMTest() {
            super(new LSTM(INPUTS, HIDDEN));
        }
    }

    @Nested
    class FusedWindowOfGRUTest extends OfACell {
        FusedWindowOfGRUTest() {
            super(new GRU(INPUTS, HIDDEN));
        }
    }

    @Nested
    class FusedWindowOfGRUResetBeforeTest extends OfACell {
        FusedWindowOfGRUResetBeforeTest() {
            super(new GRU(INPUTS, HIDDEN, GRU.Reset.BEFORE, null));
        }
    }
}
