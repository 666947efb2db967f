package acme.six;

import java.util.Map;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.metric.Metric;

/** Names all six. */
public final class Six implements TypeProvider {
    @Override
    public Types types() {
        return Types.of(Spec.class, () -> Map.of("acme.Scale", Scale.class))
                .and(UpdateRule.class, () -> Map.of("acme.SignSgd", SignSgd.class))
                .and(Schedule.class, () -> Map.of("acme.Harmonic", Harmonic.class))
                .and(DataSource.class, () -> Map.of("acme.Cycle", Cycle.class))
                .and(Metric.class, () -> Map.of("acme.Confidence", Confidence.class))
                .and(ListenerSpec.class, () -> Map.of("acme.Bell", Bell.class));
    }
}
