package org.rnn4j.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Node;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/** The states and outputs of a layer by the names that messages show; a state is {@code path/part}. */
final class States {
    private States() {}

    static Map<String, Tensor> byName(Map<String, State> states) {
        Map<String, Tensor> byName = new LinkedHashMap<>();
        states.forEach((path, state) -> state.parts().forEach((part, value) -> byName.put(path + "/" + part, value)));
        return byName;
    }

    static Map<String, State> byPath(Map<String, ? extends Tensor> states) {
        Map<String, Map<String, Tensor>> byPath = new LinkedHashMap<>();
        states.forEach((name, value) -> byPath.computeIfAbsent(
                        name.substring(0, name.lastIndexOf('/')), path -> new LinkedHashMap<>())
                .put(name.substring(name.lastIndexOf('/') + 1), value));
        Map<String, State> result = new LinkedHashMap<>();
        byPath.forEach((path, parts) -> result.put(path, State.of(parts)));
        return result;
    }

    static Map<String, DoubleTensor> variables(Map<String, Numbers> numbers) {
        Map<String, DoubleTensor> variables = new LinkedHashMap<>();
        numbers.forEach((name, value) -> variables.put(name, value.variable()));
        return variables;
    }

    /** The outputs of numbers. */
    static Map<String, Tensor> outputs(Node layer, List<Value> values) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Tensor tensor) {
                outputs.put("output " + layer.outputs().get(i), tensor);
            }
        }
        return outputs;
    }
}
