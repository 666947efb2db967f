package org.rnn4j.training;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.SeriesSource;
import org.rnn4j.training.metric.Auc;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.F1Metric;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.SequenceMetric;
import org.rnn4j.training.metric.Smape;
import org.rnn4j.training.text.LabelledSource;
import org.rnn4j.training.text.SentencesSource;
import org.rnn4j.training.text.TextSource;

/** The data sources and metrics of this module, by name. */
public final class TrainingTypes implements TypeProvider {
    /** For the service loader. */
    public TrainingTypes() {}

    @Override
    public Types types() {
        return Types.of(
                        DataSource.class,
                        () -> Map.of(
                                "Text", TextSource.class,
                                "Sentences", SentencesSource.class,
                                "Labelled", LabelledSource.class,
                                "Series", SeriesSource.class))
                .and(
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
