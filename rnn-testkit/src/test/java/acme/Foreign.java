package acme;

import java.util.Map;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.Spec;

/** A provider that is not ours. */
public record Foreign(Map<String, Class<? extends Spec<?>>> layers) implements LayerProvider {}
