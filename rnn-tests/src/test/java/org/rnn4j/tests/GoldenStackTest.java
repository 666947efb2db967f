package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.ProjectedLSTM;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.layers.sequence.Time;

/** Whole models of one to three layers, in both directions, projected, with and without lengths, against PyTorch's outputs, states and gradients. */
class GoldenStackTest {
    private static final int CASES = 18;

    static Stream<Arguments> cases() {
        List<Golden> cases = Golden.cases("pytorch-stacks");
        assertEquals(CASES, cases.size());
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsStatesAndGradients(Golden golden) {
        boolean both = golden.config().get("bidirectional").asBoolean();
        ModelSpec.Chain chain = ModelSpec.chain();
        List<String> states = new ArrayList<>();
        for (int k = 0; k < golden.number("layers"); k++) {
            CellSpec cell = cell(golden, k, both);
            chain.then("layer" + k, both ? new Bidirectional(cell) : new Time(cell));
            states.addAll(both ? List.of("layer" + k + ".forward", "layer" + k + ".backward") : List.of("layer" + k));
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        golden.arrays().fieldNames().forEachRemaining(name -> {
            if (name.startsWith("layer")) {
                weights.put(name, golden.constant(name));
            }
        });
        Model model = Model.restore(chain.build(), 1, weights);

        Tensor x = golden.variable("x");
        Forward forward = model.forward(Window.of(x).with(golden.lengths()));
        golden.check("outputs", forward.output());
        List<Tensor> last = states.stream()
                .map(path -> forward.carry().state(path).get("h"))
                .toList();
        golden.check("h_n", stacked(last));

        Tensor loss = forward.output().times(golden.constant("R")).sum();
        golden.check("loss", loss);
        Gradients gradients = Gradients.of(loss);
        golden.check("grad.x", gradients.get(x));
        assertEquals(
                new TreeSet<>(weights.keySet()),
                new TreeSet<>(model.parameters().stream()
                        .map(parameter -> parameter.name())
                        .toList()));
        for (String path : weights.keySet()) {
            golden.check("grad." + path, gradients.get(model.parameter(path)));
        }
    }

    private static CellSpec cell(Golden golden, int layer, boolean both) {
        int hidden = golden.number("H");
        int width = golden.config().path("P").asInt(hidden);
        int inputs = layer == 0 ? golden.number("D") : both ? 2 * width : width;
        if (width != hidden) {
            return new ProjectedLSTM(inputs, hidden, width);
        }
        return switch (golden.text("cell")) {
            case "rnn" -> new RNN(inputs, hidden);
            case "lstm" -> new LSTM(inputs, hidden);
            default -> new GRU(inputs, hidden);
        };
    }

    private static Tensor stacked(List<Tensor> states) {
        Shape shape = states.get(0).shape();
        List<Tensor> flat =
                states.stream().map(state -> state.reshape(1, shape.size())).toList();
        return Tensor.join(flat).reshape(states.size(), shape.dim(0), shape.dim(1));
    }
}
