package acme.mgu;

import java.util.Map;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.LayerSpec;

/** Brings {@code acme.mgu}. */
public final class MguProvider implements LayerProvider {
    @Override
    public Map<String, Class<? extends LayerSpec<?>>> layers() {
        return Map.of("acme.mgu", Mgu.class);
    }
}
