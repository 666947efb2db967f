package org.rnn4j.serialization;

import acme.Layers;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Types;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.serialization.configuration.Config;

/** What a training program makes of a configuration, bound as it would. */
public record RunFile(
        long seed,
        ModelSpec model,
        LossSpec loss,
        UpdateRule rule,
        Double weightDecay,
        List<Group> groups,
        Schedule schedule) {
    public static final TypeRegistry LAYERS = TypeRegistry.of(new Layers());

    public static final TypeRegistry NAMES = LAYERS.and(() -> Types.of(
                    UpdateRule.class, () -> Map.of("Sgd", Sgd.class, "Adam", Adam.class, "Momentum", Momentum.class))
            .and(
                    Schedule.class,
                    () -> Map.of("ConstantRate", ConstantRate.class, "CosineWithWarmUp", CosineWithWarmUp.class)));

    public static RunFile of(Config file) {
        Config config = file.with(NAMES).only("seed", "model", "loss", "optimizer", "groups", "schedule");
        long seed = config.get("seed", Long.class);
        Config sized = config.with(Map.of("vocabulary", 65, "classes", 3));
        UpdateRule rule = null;
        Double weightDecay = null;
        if (config.keys().contains("optimizer")) {
            Config optimizer = config.section("optimizer");
            weightDecay = optimizer.find("weightDecay", Double.class).orElse(null);
            rule = optimizer.without("weightDecay").as(UpdateRule.class);
        }
        return new RunFile(
                seed,
                sized.find("model", ModelSpec.class).orElse(null),
                config.keys().contains("loss") ? config.spec("loss", LossSpec.class) : null,
                rule,
                weightDecay,
                config.keys().contains("groups") ? config.list("groups", Group.class) : List.of(),
                config.find("schedule", Schedule.class).orElse(null));
    }
}
