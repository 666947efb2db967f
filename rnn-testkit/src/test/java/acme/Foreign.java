package acme;

import java.util.Map;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.LayerSpec;

/** A provider that is not ours. */
public record Foreign(Map<String, Class<? extends LayerSpec<?>>> layers) implements LayerProvider {}
