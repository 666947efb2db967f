package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Types;
import org.rnn4j.api.Value;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.layers.Layers;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.serialization.configuration.ModelFormat;

/** Every kind of layer and cell, in a model that the file brings, against PyTorch's outputs, states and gradients. */
class GoldenNodeTest {
    private static final TypeRegistry LAYERS =
            TypeRegistry.of(new Layers(), () -> Types.of(Spec.class, () -> Map.of("golden.unrolled", Unrolled.class)));

    /** The node of each model that the case is about. */
    private static final String NODE = "layer";

    private static final String STATE = "last.";

    static List<Golden> goldens() {
        return Golden.cases("pytorch-nodes");
    }

    static Stream<Arguments> cases() {
        return goldens().stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    /** A new layer, cell or loss needs numbers of another program: a case in one of the scripts, and nothing here. */
    @Test
    void everyTypeHasItsNumbers() {
        Set<Class<?>> judged =
                judged().stream().map(spec -> (Class<?>) spec.getClass()).collect(Collectors.toSet());
        GoldenLossTest.goldens()
                .forEach(golden -> judged.add(GoldenLossTest.spec(golden).getClass()));
        Set<String> without = new TreeSet<>();
        new Layers().types().in(Spec.class).forEach((id, type) -> {
            if (!judged.contains(type)) {
                without.add(id);
            }
        });
        assertEquals(Set.of(), without, "types without golden numbers");
    }

    @Test
    void everyFormHasItsNumbers() {
        Set<Enum<?>> judged =
                judged().stream().flatMap(spec -> form(spec).stream()).collect(Collectors.toSet());
        assertTrue(judged.containsAll(EnumSet.allOf(Bidirectional.Merge.class)), () -> "only " + judged);
        assertTrue(judged.containsAll(EnumSet.allOf(Convolution.Padding.class)), () -> "only " + judged);
        assertTrue(judged.containsAll(EnumSet.allOf(Dropout.Mask.class)), () -> "only " + judged);
        assertTrue(judged.containsAll(EnumSet.allOf(GRU.Reset.class)), () -> "only " + judged);
    }

    private static Optional<Enum<?>> form(Spec<?> spec) {
        if (spec instanceof Bidirectional both) {
            return Optional.of(both.merge());
        }
        if (spec instanceof Convolution convolution) {
            return Optional.of(convolution.padding());
        }
        if (spec instanceof Dropout dropout) {
            return Optional.of(dropout.mask());
        }
        return spec instanceof GRU gru ? Optional.of(gru.reset()) : Optional.empty();
    }

    /** The layers and cells that cases with gradients are about. */
    private static List<Spec<?>> judged() {
        List<Spec<?>> judged = new ArrayList<>();
        for (Golden golden : goldens()) {
            if (isTraining(golden)) {
                LayerSpec<?> spec = model(golden).nodes().get(NODE).layer();
                judged.add(spec instanceof Unrolled unrolled ? unrolled.cell : spec);
            }
        }
        return judged;
    }

    private static boolean isTraining(Golden golden) {
        return golden.config().get("training").asBoolean();
    }

    private static ModelSpec model(Golden golden) {
        return ModelFormat.parse(golden.config().get("model").toString(), golden.name() + ".json", LAYERS);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsStatesAndGradients(Golden golden) {
        boolean training = isTraining(golden);
        ModelSpec spec = model(golden);
        Map<String, Tensor> values = new LinkedHashMap<>();
        names(golden, "parameters").forEach(path -> values.put(path, golden.constant(path)));
        Model trained = Model.restore(spec, golden.number("seed"), values);
        Model model = training ? trained : trained.inference();

        Map<String, Value> inputs = new LinkedHashMap<>();
        spec.inputs().forEach(name -> inputs.put(name, name.equals("ids") ? golden.ids(name) : golden.variable(name)));
        Forward forward = model.forward(window(golden, inputs));

        Set<String> checked = new TreeSet<>();
        List<String> outputs = names(golden, "outputs");
        assertEquals(outputs.size(), forward.outputs().size());
        Tensor loss = forward.penalty().orElse(Tensors.of(Shape.of(), 0));
        assertEquals(golden.has("penalty"), forward.penalty().isPresent());
        if (golden.has("penalty")) {
            golden.check("penalty", loss);
        }
        for (int i = 0; i < outputs.size(); i++) {
            Tensor output = (Tensor) forward.outputs().get(i);
            golden.check(outputs.get(i), output);
            if (training) {
                loss = loss.plus(
                        output.times(golden.constant("R." + outputs.get(i))).sum());
            }
        }
        for (String name : golden.names(STATE)) {
            int part = name.lastIndexOf('.');
            golden.check(
                    name,
                    forward.carry().state(name.substring(STATE.length(), part)).get(name.substring(part + 1)));
        }
        if (training) {
            Gradients gradients = Gradients.of(loss);
            inputs.forEach((name, input) -> {
                if (input instanceof Tensor x) {
                    golden.check("grad." + name, gradients.get(x));
                    checked.add("grad." + name);
                }
            });
            values.keySet().forEach(path -> {
                golden.check("grad." + path, gradients.get(model.parameter(path)));
                checked.add("grad." + path);
            });
        }
        assertEquals(golden.names("grad."), checked);
    }

    private static Window window(Golden golden, Map<String, Value> inputs) {
        Window window = Window.of(inputs).atStep(golden.number("step"));
        JsonNode resets = golden.config().path("resets");
        boolean[][] begins = new boolean[resets.size()][];
        for (int n = 0; n < begins.length; n++) {
            begins[n] = new boolean[resets.get(n).size()];
            for (int t = 0; t < begins[n].length; t++) {
                begins[n][t] = resets.get(n).get(t).asInt() == 1;
            }
        }
        window = window.with(Spans.full().beginning(begins));
        for (String input : inputs.keySet()) {
            JsonNode lengths = golden.config().path("lengths").path(input);
            window = lengths.isMissingNode()
                    ? window
                    : window.with(input, Golden.lengths(lengths).beginning(begins));
        }
        return window;
    }

    private static List<String> names(Golden golden, String key) {
        List<String> names = new ArrayList<>();
        golden.config().get(key).forEach(name -> names.add(name.asText()));
        return names;
    }

    /**
     * A cell from a state that is given to the state after the window: {@code (N,T,D)} and the parts of the first to the outputs and the parts of
     * the last.
     *
     * @param cell one time step; its parameters have {@code cell} in their paths
     */
    public record Unrolled(CellSpec cell) implements LayerSpec<Node> {
        @Override
        public Node create(Params params) {
            Recurrent created = cell.create(params.scope("cell"));
            List<String> parts = created.state().stream().map(StatePart::name).toList();
            return new Node() {
                @Override
                public List<Value> forward(List<Value> inputs, Pass pass) {
                    Map<String, Tensor> first = new LinkedHashMap<>();
                    parts.forEach(part -> first.put(part, (Tensor) inputs.get(1 + first.size())));
                    Step run = pass.unroll(created, (Tensor) inputs.get(0), State.of(first));
                    List<Value> outputs = new ArrayList<>(List.of(run.output()));
                    parts.forEach(part -> outputs.add(run.state().get(part)));
                    return outputs;
                }

                @Override
                public List<String> outputs() {
                    List<String> names = new ArrayList<>(List.of("output"));
                    names.addAll(parts);
                    return names;
                }
            };
        }
    }
}
