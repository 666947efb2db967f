package org.rnn4j.run.listener;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/** The listeners of this package, by name. */
public final class ListenerTypes implements TypeProvider {
    /** For the service loader. */
    public ListenerTypes() {}

    @Override
    public Types types() {
        return Types.of(
                ListenerSpec.class,
                () -> Map.of(
                        "ProgressBar", ProgressBar.class,
                        "Metrics", Metrics.class,
                        "Curve", Curve.class,
                        "Checkpoints", Checkpoints.class,
                        "BestCheckpoint", BestCheckpoint.class,
                        "EarlyStopping", EarlyStoppingSpec.class));
    }
}
