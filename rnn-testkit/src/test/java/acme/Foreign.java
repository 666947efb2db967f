package acme;

import java.util.Map;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/** A provider that is not ours. */
public record Foreign(Map<String, Class<? extends Spec<?>>> layers) implements TypeProvider {
    @Override
    public Types types() {
        return Types.of(Spec.class, () -> layers);
    }
}
