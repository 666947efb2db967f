package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rnn4j.core.optim.AdaGrad;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.AdamW;
import org.rnn4j.core.optim.Momentum;
import org.rnn4j.core.optim.Nesterov;
import org.rnn4j.core.optim.RmsProp;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.testkit.OptimizerContract;

/** The built-in update rules satisfy the contract for third-party rules. */
class BuiltInRulesTest {
    private static final Set<String> CHECKED =
            Set.of("Sgd", "Momentum", "Nesterov", "AdaGrad", "RmsProp", "Adam", "AdamW");

    @Test
    void everyBuiltInRuleIsChecked() {
        Set<String> rules = Production.CLASSES.stream()
                .filter(type -> type.isAssignableTo(UpdateRule.class) && !type.isInterface())
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(CHECKED), rules);
        for (Class<?> nested : BuiltInRulesTest.class.getDeclaredClasses()) {
            rules.remove(nested.getSimpleName().replaceAll("Test$", ""));
        }
        assertEquals(Set.of(), rules);
    }

    @Nested
    class SgdTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new Sgd();
        }

        @Override
        protected double rate() {
            return 0.3;
        }
    }

    @Nested
    class MomentumTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new Momentum(0.9);
        }

        @Override
        protected double rate() {
            return 0.03;
        }
    }

    @Nested
    class NesterovTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new Nesterov(0.9);
        }

        @Override
        protected double rate() {
            return 0.03;
        }
    }

    @Nested
    class AdaGradTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new AdaGrad(1e-10);
        }

        @Override
        protected double rate() {
            return 0.5;
        }
    }

    @Nested
    class RmsPropTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new RmsProp(0.99, 1e-8);
        }

        @Override
        protected double rate() {
            return 0.05;
        }
    }

    @Nested
    class AdamTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new Adam();
        }

        @Override
        protected double rate() {
            return 0.05;
        }
    }

    @Nested
    class AdamWTest extends OptimizerContract {
        @Override
        protected UpdateRule rule() {
            return new AdamW();
        }

        @Override
        protected double rate() {
            return 0.05;
        }
    }
}
