package acme;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/** Third-party layers, in a package that serialization does not know. */
public final class Layers implements TypeProvider {
    @Override
    public Types types() {
        return Types.of(
                Spec.class,
                () -> Map.of(
                        "acme.Table", Table.class,
                        "acme.Linear", Linear.class,
                        "acme.Unit", Unit.class,
                        "acme.Over", Over.class,
                        "acme.Settings", Settings.class,
                        "acme.Squares", Squares.class));
    }

    @Override
    public int version(String id) {
        return id.equals("acme.Unit") ? 3 : 1;
    }

    @Override
    public Map<String, Object> migrate(String id, int from, Map<String, Object> configuration) {
        Map<String, Object> result = new LinkedHashMap<>(configuration);
        if (from == 1 && result.containsKey("size")) {
            result.put("hidden", result.remove("size"));
        }
        if (from == 2 && result.containsKey("leak")) {
            if (!(result.get("leak") instanceof Long percent)) {
                throw new IllegalArgumentException("leak is " + result.get("leak") + ", expected a percentage");
            }
            result.put("leak", percent / 100.0);
        }
        return result;
    }
}
