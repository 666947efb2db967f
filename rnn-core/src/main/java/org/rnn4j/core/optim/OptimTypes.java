package org.rnn4j.core.optim;

import java.util.Map;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;

/** The update rules and schedules of this package, by name. */
public final class OptimTypes implements TypeProvider {
    /** For the service loader. */
    public OptimTypes() {}

    @Override
    public Types types() {
        return Types.of(
                        UpdateRule.class,
                        () -> Map.of(
                                "Sgd", Sgd.class,
                                "Momentum", Momentum.class,
                                "Nesterov", Nesterov.class,
                                "AdaGrad", AdaGrad.class,
                                "RmsProp", RmsProp.class,
                                "Adam", Adam.class,
                                "AdamW", AdamW.class))
                .and(
                        Schedule.class,
                        () -> Map.of(
                                "ConstantRate", ConstantRate.class,
                                "StepDecay", StepDecay.class,
                                "CosineWithWarmUp", CosineWithWarmUp.class,
                                "DivideWhenWorse", DivideWhenWorse.class));
    }
}
