package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.RNN;

/** One and two layers of each cell, with and without lengths, against PyTorch's and the book's outputs, states and gradients. */
class GoldenCellTest {
    private static final int CASES_OF_A_FILE = 6;

    static Stream<Arguments> cases() {
        List<Golden> cases = new ArrayList<>();
        for (String file : List.of("pytorch-rnn", "pytorch-lstm", "pytorch-gru", "book-rnn", "book-lstm", "book-gru")) {
            List<Golden> ofFile = Golden.cases(file);
            assertEquals(CASES_OF_A_FILE, ofFile.size(), file);
            cases.addAll(ofFile);
        }
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsStatesAndGradients(Golden golden) {
        Map<String, Tensor> variables = new LinkedHashMap<>();
        Tensor x = golden.variable("x");
        variables.put("x", x);

        int layers = golden.number("layers");
        Map<String, List<Tensor>> first = new LinkedHashMap<>();
        Map<String, List<Tensor>> last = new LinkedHashMap<>();
        Tensor outputs = x;
        for (int k = 0; k < layers; k++) {
            Recurrent cell = spec(golden, k).create(new Weights(golden, "layer" + k + ".", variables));
            Map<String, Tensor> start = new LinkedHashMap<>();
            for (StatePart part : cell.state()) {
                start.put(part.name(), layer(golden, part.name() + "0", k));
                first.computeIfAbsent(part.name(), name -> new ArrayList<>()).add(start.get(part.name()));
            }
            Step run = new CellPass(golden.lengths()).unroll(cell, outputs, State.of(start));
            outputs = run.output();
            for (StatePart part : cell.state()) {
                last.computeIfAbsent(part.name(), name -> new ArrayList<>())
                        .add(run.state().get(part.name()));
            }
        }

        golden.check("outputs", outputs);
        last.forEach((part, ofLayers) -> golden.check(part + "_n", layered(ofLayers)));

        Tensor loss = outputs.times(golden.constant("R")).sum();
        for (String part : last.keySet()) {
            Tensor weights = golden.constant(part.equals("h") ? "S" : "Q");
            loss = loss.plus(layered(last.get(part)).times(weights).sum());
        }
        golden.check("loss", loss);

        Gradients gradients = Gradients.of(loss);
        Set<String> checked = new TreeSet<>();
        variables.forEach((name, variable) -> {
            golden.check("grad." + name, gradients.get(variable));
            checked.add("grad." + name);
        });
        first.forEach((part, ofLayers) -> {
            golden.check(
                    "grad." + part + "0",
                    layered(ofLayers.stream().map(gradients::get).toList()));
            checked.add("grad." + part + "0");
        });
        assertEquals(golden.names("grad."), checked);
    }

    private static CellSpec spec(Golden golden, int layer) {
        int inputs = layer == 0 ? golden.number("D") : golden.number("H");
        int hidden = golden.number("H");
        return switch (golden.text("cell")) {
            case "rnn" -> new RNN(inputs, hidden);
            case "lstm" -> new LSTM(inputs, hidden);
            case "gru" ->
                new GRU(
                        inputs,
                        hidden,
                        golden.text("reset").equals("before") ? GRU.Reset.BEFORE : GRU.Reset.AFTER,
                        null);
            default -> throw new IllegalArgumentException(golden.text("cell"));
        };
    }

    private static GateOrder order(Golden golden) {
        if (golden.text("form").equals("pytorch")) {
            return GateOrder.SAME;
        }
        return switch (golden.text("cell")) {
            case "lstm" -> GateOrder.BOOK_LSTM;
            case "gru" -> GateOrder.BOOK_GRU;
            default -> GateOrder.SAME;
        };
    }

    /** Layer k of (layers,N,H), as a variable of its own. */
    private static Tensor layer(Golden golden, String tensor, int k) {
        Shape shape = golden.shape(tensor).without(0);
        float[] all = golden.floats(tensor);
        float[] values = new float[shape.size()];
        System.arraycopy(all, k * values.length, values, 0, values.length);
        return Tensors.variable(shape, values);
    }

    /** The (N,H) of each layer as (layers,N,H). */
    private static Tensor layered(List<Tensor> ofLayers) {
        Shape shape = ofLayers.get(0).shape();
        List<Tensor> flat =
                ofLayers.stream().map(part -> part.reshape(1, shape.size())).toList();
        return Tensor.join(flat).reshape(ofLayers.size(), shape.dim(0), shape.dim(1));
    }

    /** A layer's weights from the file, in our order; the variables are in the file's. */
    private record Weights(Golden golden, String prefix, Map<String, Tensor> variables) implements CellParams {
        @Override
        public Tensor get(String name, Init init, int... dims) {
            Tensor theirs = golden.variable(prefix + name);
            assertEquals(Shape.of(dims), theirs.shape(), name);
            variables.put(prefix + name, theirs);
            return order(golden).ours(theirs);
        }
    }
}
