package acme;

import java.util.List;
import java.util.Map;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;

/** A layer that does nothing, with a component of each kind that a configuration can hold. */
public record Settings(
        boolean flag,
        Mask mask,
        Long count,
        double rate,
        String name,
        List<Integer> sizes,
        Map<String, Pair> pairs,
        List<? extends Spec<?>> parts)
        implements LayerSpec<Layer> {
    public Settings {
        sizes = sizes == null ? List.of() : List.copyOf(sizes);
        parts = parts == null ? List.of() : List.copyOf(parts);
        if (name != null && name.equals("bug")) {
            throw new IllegalStateException("name is bug");
        }
        if (name != null && name.equals("worse bug")) {
            name = pairs.get("none").first().toString();
        }
    }

    /** Constants. */
    public enum Mask {
        WINDOW,
        ELEMENT
    }

    /** A record within. */
    public record Pair(Integer first, Double second) {}

    @Override
    public Layer create(Params params) {
        return (x, pass) -> x;
    }
}
