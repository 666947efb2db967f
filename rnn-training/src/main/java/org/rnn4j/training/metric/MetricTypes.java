package org.rnn4j.training.metric;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/** The metrics of this package, by name; a configuration names them by their labels. */
public final class MetricTypes implements TypeProvider {
    /** For the service loader. */
    public MetricTypes() {}

    @Override
    public Types types() {
        return Types.of(
                Metric.class,
                () -> Map.of(
                        "Likelihood", LikelihoodMetric.class,
                        "Comparison", ComparisonMetric.class,
                        "F1", F1Metric.class,
                        "Sequence", SequenceMetric.class,
                        "Auc", Auc.class,
                        "Smape", Smape.class));
    }
}
