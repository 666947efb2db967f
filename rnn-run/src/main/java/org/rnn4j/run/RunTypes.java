package org.rnn4j.run;

import java.util.Map;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.core.optim.AdaGrad;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.AdamW;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.core.optim.DivideWhenWorse;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Nesterov;
import org.rnn4j.core.optim.RmsProp;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.StepDecay;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.listener.BestCheckpoint;
import org.rnn4j.run.listener.Checkpoints;
import org.rnn4j.run.listener.Curve;
import org.rnn4j.run.listener.EarlyStoppingSpec;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.run.listener.Metrics;
import org.rnn4j.run.listener.ProgressBar;
import org.rnn4j.serialization.TypeNames;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.SeriesSource;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.text.LabelledSource;
import org.rnn4j.training.text.PairsSource;
import org.rnn4j.training.text.SentencesSource;
import org.rnn4j.training.text.TaggedSource;
import org.rnn4j.training.text.TextSource;

/**
 * What the names in a run's configuration may be.
 *
 * @param layers layers, cells and losses
 * @param updateRules records by the name behind {@code type}
 * @param schedules records by the name behind {@code type}
 * @param dataSources records by the name behind {@code type}
 * @param listeners records by the name behind {@code type}
 * @param metrics by label
 */
public record RunTypes(
        LayerRegistry layers,
        Map<String, Class<? extends UpdateRule>> updateRules,
        Map<String, Class<? extends Schedule>> schedules,
        Map<String, Class<? extends DataSource>> dataSources,
        Map<String, Class<? extends ListenerSpec>> listeners,
        Map<String, Metric> metrics) {
    /** Copies the maps. */
    public RunTypes {
        updateRules = Map.copyOf(updateRules);
        schedules = Map.copyOf(schedules);
        dataSources = Map.copyOf(dataSources);
        listeners = Map.copyOf(listeners);
        metrics = Map.copyOf(metrics);
    }

    /** What RNN4J brings, with these layers. */
    public static RunTypes builtIn(LayerRegistry layers) {
        return new RunTypes(
                layers,
                Map.of(
                        "Sgd", Sgd.class,
                        "Momentum", Momentum.class,
                        "Nesterov", Nesterov.class,
                        "AdaGrad", AdaGrad.class,
                        "RmsProp", RmsProp.class,
                        "Adam", Adam.class,
                        "AdamW", AdamW.class),
                Map.of(
                        "ConstantRate", ConstantRate.class,
                        "StepDecay", StepDecay.class,
                        "CosineWithWarmUp", CosineWithWarmUp.class,
                        "DivideWhenWorse", DivideWhenWorse.class),
                Map.of(
                        "Text", TextSource.class,
                        "Sentences", SentencesSource.class,
                        "Labelled", LabelledSource.class,
                        "Pairs", PairsSource.class,
                        "Tagged", TaggedSource.class,
                        "Series", SeriesSource.class),
                Map.of(
                        "ProgressBar", ProgressBar.class,
                        "Metrics", Metrics.class,
                        "Curve", Curve.class,
                        "Checkpoints", Checkpoints.class,
                        "BestCheckpoint", BestCheckpoint.class,
                        "EarlyStopping", EarlyStoppingSpec.class),
                Metric.builtIn());
    }

    /** The names, for reading a configuration. */
    public TypeNames names() {
        return TypeNames.of(layers)
                .and(TypeNames.of(UpdateRule.class, updateRules))
                .and(TypeNames.of(Schedule.class, schedules))
                .and(TypeNames.of(DataSource.class, dataSources))
                .and(TypeNames.of(ListenerSpec.class, listeners));
    }
}
