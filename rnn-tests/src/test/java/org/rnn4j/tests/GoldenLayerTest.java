package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.LayerNorm;

/** Layers that are no cells, with and without lengths, against PyTorch's outputs and gradients. */
class GoldenLayerTest {
    static Stream<Arguments> cases() {
        List<Golden> cases = Golden.cases("pytorch-feedforward");
        assertEquals(10, cases.size());
        return cases.stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAndGradients(Golden golden) {
        ModelSpec spec = ModelSpec.chain().then("layer", spec(golden)).build();
        // The file has a gradient of x and of every parameter.
        Set<String> parameters = new TreeSet<>();
        golden.arrays().fieldNames().forEachRemaining(name -> {
            if (name.startsWith("grad.") && !name.equals("grad.x")) {
                parameters.add(name.substring("grad.".length()));
            }
        });
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(name -> values.put("layer." + name, golden.constant(name)));
        Model model = Model.restore(spec, 1, values);

        Tensor x = golden.variable("x");
        Tensor outputs = model.forward(Window.of(x).with(golden.lengths())).output();
        golden.check("outputs", outputs);
        Tensor loss = outputs.times(golden.constant("R")).sum();
        golden.check("loss", loss);
        Gradients gradients = Gradients.of(loss);
        golden.check("grad.x", gradients.get(x));
        parameters.forEach(name -> golden.check("grad." + name, gradients.get(model.parameter("layer." + name))));
    }

    private static LayerSpec<Layer> spec(Golden golden) {
        return switch (golden.text("layer")) {
            case "layer-norm" -> new LayerNorm(golden.number("D"), Double.valueOf(golden.text("epsilon")));
            case "convolution" ->
                new Convolution(
                        golden.number("D"),
                        golden.number("C"),
                        golden.number("kernel"),
                        golden.number("dilation"),
                        Convolution.Padding.valueOf(golden.text("padding")),
                        null,
                        null);
            default -> throw new IllegalArgumentException(golden.text("layer"));
        };
    }
}
