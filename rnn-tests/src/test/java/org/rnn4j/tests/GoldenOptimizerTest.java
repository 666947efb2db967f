package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.AdaGrad;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.AdamW;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Nesterov;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.RmsProp;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;

/** Ten steps of every update rule on given gradients, against PyTorch's parameters after each. */
class GoldenOptimizerTest {
    /** Ten updates are a few dozen operations. */
    private static final double TOLERANCE = 5e-7;

    static List<Golden> goldens() {
        return Golden.cases("pytorch-optimizers");
    }

    static Stream<Arguments> cases() {
        return goldens().stream().map(golden -> Arguments.argumentSet(golden.name(), golden));
    }

    @Test
    void everyRuleHasItsNumbers() {
        Set<Class<?>> judged =
                goldens().stream().map(golden -> rule(golden).getClass()).collect(Collectors.toSet());
        assertEquals(Set.copyOf(TypeRegistry.load().types(UpdateRule.class).values()), judged);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenSteps(Golden golden) {
        // Of the sum of w times x, x is the gradient.
        LayerSpec<Layer> product = params -> {
            Tensor w = params.get("w", Init.zeros(), golden.shape("start").dims());
            return (x, pass) -> x.times(w);
        };
        ModelSpec spec = ModelSpec.chain().then("product", product).build();
        Model model = Model.restore(spec, 1, Map.of("product.w", golden.constant("start")));
        double decay = golden.config().path("weight_decay").asDouble(0);
        Optimizer optimizer = new Optimizer(rule(golden), model, decay, List.of());

        Shape shape = golden.shape("start");
        double[] after = new double[10 * shape.size()];
        for (int k = 0; k < 10; k++) {
            Tensor gradient = Tensors.of(
                    shape, Arrays.copyOfRange(golden.floats("gradients"), k * shape.size(), (k + 1) * shape.size()));
            optimizer.step(
                    Gradients.of(model.forward(gradient).sum()),
                    golden.config().get("learning_rate").asDouble());
            double[] found = model.parameter("product.w").snapshot().toDoubles();
            System.arraycopy(found, 0, after, k * shape.size(), shape.size());
        }
        golden.check(TOLERANCE, "after", after);
    }

    private static UpdateRule rule(Golden golden) {
        return switch (golden.text("optimizer")) {
            case "sgd" -> new Sgd();
            case "momentum" -> new Momentum(setting(golden, "momentum"));
            case "nesterov" -> new Nesterov(setting(golden, "momentum"));
            case "adagrad" -> new AdaGrad(setting(golden, "epsilon"));
            case "rmsprop" -> new RmsProp(setting(golden, "alpha"), setting(golden, "epsilon"));
            case "adam" -> new Adam(setting(golden, "beta1"), setting(golden, "beta2"), setting(golden, "epsilon"));
            case "adamw" -> new AdamW(setting(golden, "beta1"), setting(golden, "beta2"), setting(golden, "epsilon"));
            default -> throw new IllegalArgumentException(golden.name() + ": no rule of ours is known for it");
        };
    }

    private static double setting(Golden golden, String key) {
        return golden.config().get(key).asDouble();
    }
}
