package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.serialization.configuration.ModelFormat;

/** The requirements of files on cells and layers: the same parameters at every creation, and a configuration that can be written. */
final class SpecLaws {
    static final String PARAMETERS = "parameters have the same names and shapes whenever the layer is created";
    static final String JSON = "a spec is itself again after it was written as JSON and read";

    /** The id of a spec that no provider brings yet. */
    private static final String ID = "contract.spec";

    private SpecLaws() {}

    static void parametersHaveNames(Spec<?> spec, Spec<?> again) {
        Law law = new Law(PARAMETERS);
        Map<String, Shape> first = asked(law, spec, DoubleParams.drawn(1), "creating it");
        same(
                law,
                first,
                asked(law, spec, DoubleParams.drawn(2), "creating it again"),
                "created again from the same spec");
        same(law, first, asked(law, again, DoubleParams.drawn(1), "creating it again"), "created from an equal spec");
        same(
                law,
                first,
                asked(law, spec, DoubleParams.drawn(1).forInference(), "creating it for inference"),
                "created for inference");
    }

    private static Map<String, Shape> asked(Law law, Spec<?> spec, DoubleParams params, String what) {
        law.run(what, () -> spec.create(params));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        params.parameters().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static void same(Law law, Map<String, Shape> expected, Map<String, Shape> found, String when) {
        law.holds(expected.equals(found), () -> when + " it asks for " + found + ", the first time for " + expected);
    }

    static void specIsItselfAgain(Spec<?> spec, Spec<?> again) {
        Law law = new Law(JSON);
        law.holds(spec.equals(again), () -> "two specs with the same settings are not equal: is the spec a record?");
        itselfAgain(law, spec, law.run("looking for its id", () -> registry(spec)));
    }

    static void itselfAgain(Law law, Spec<?> spec, TypeRegistry layers) {
        LayerSpec<?> layer = spec instanceof LayerSpec<?> ofNode ? ofNode : Holder.of(spec);
        ModelSpec model = ModelSpec.chain().then("layer", layer).build();
        String json = law.run("writing " + spec, () -> ModelFormat.toJson(model, layers));
        ModelSpec read = law.run("reading " + spec, () -> ModelFormat.parse(json, "spec.json", layers));
        law.holds(
                read.equals(model),
                () -> spec + " came back as " + held(read.nodes().get("layer").layer()));
    }

    private static Spec<?> held(LayerSpec<?> layer) {
        return layer instanceof Holder holder ? holder.held() : layer;
    }

    /** A layer that contains a cell or a loss, so that a model's configuration can contain one; it cannot be created. */
    public record Holder(CellSpec cell, LossSpec loss) implements LayerSpec<Node> {
        private static Holder of(Spec<?> spec) {
            return spec instanceof CellSpec cell ? new Holder(cell, null) : new Holder(null, (LossSpec) spec);
        }

        private Spec<?> held() {
            return cell == null ? loss : cell;
        }

        @Override
        public Node create(Params params) {
            throw new UnsupportedOperationException("only to be written and read");
        }
    }

    /** Provides the types that the laws need. */
    static final TypeProvider OWN = () -> Types.of(Spec.class, () -> Map.of("contract.holder", Holder.class));

    /** The types of providers, and this spec, because the test of a layer is often written before its provider. */
    private static TypeRegistry registry(Spec<?> spec) {
        List<TypeProvider> providers = new ArrayList<>();
        ServiceLoader.load(TypeProvider.class).forEach(providers::add);
        if (providers.stream()
                .noneMatch(provider -> provider.types().in(Spec.class).containsValue(spec.getClass()))) {
            providers.add(() -> Types.of(Spec.class, () -> Map.of(ID, spec.getClass())));
        }
        providers.add(OWN);
        return TypeRegistry.of(providers);
    }
}
