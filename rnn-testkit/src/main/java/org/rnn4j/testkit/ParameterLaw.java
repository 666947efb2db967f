package org.rnn4j.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Shape;

/** What cells and layers alike owe to checkpoints: the same parameters whenever and for whatever they are created. */
final class ParameterLaw {
    private static final Law LAW = new Law("parameters have the same names and shapes whenever the layer is created");

    private ParameterLaw() {}

    static void check(LayerSpec<?> spec, LayerSpec<?> again) {
        Map<String, Shape> first = asked(spec, DoubleParams.drawn(1), "creating it");
        same(first, asked(spec, DoubleParams.drawn(2), "creating it again"), "created again from the same spec");
        same(first, asked(again, DoubleParams.drawn(1), "creating it again"), "created from an equal spec");
        same(
                first,
                asked(spec, DoubleParams.drawn(1).forInference(), "creating it for inference"),
                "created for inference");
        LAW.holds(spec.equals(again), () -> "two specs with the same settings are not equal: is the spec a record?");
    }

    private static Map<String, Shape> asked(LayerSpec<?> spec, DoubleParams params, String what) {
        LAW.run(what, () -> spec.create(params));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        params.parameters().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static void same(Map<String, Shape> expected, Map<String, Shape> found, String when) {
        LAW.holds(expected.equals(found), () -> when + " it asks for " + found + ", the first time for " + expected);
    }
}
