package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.core.optim.UpdateRule;

/** Update rules that are wrong in one way each are caught by the law that is meant. */
class OptimizerContractTest {

    /** What is wrong with a rule, the law that is meant, what it says, and what cannot but break too. */
    @SuppressWarnings("ImmutableEnumChecker") // the set is
    private enum Fault {
        NONE("", ""),
        ONE_NAME_TWICE(
                "memoryIsNamed", "a name is there twice: [s, s]", "resumesWithTheSameBits", "rowsMoveAsTheWholeTable"),
        CHANGES_THE_GRADIENT("gradientStays", "the gradient after a step at (0): "),
        MOVES_WITHOUT_A_GRADIENT(
                "zerosMoveAsDeclared",
                "the parameter after a step with gradient 0",
                "rowsMoveAsTheWholeTable",
                "reachesTheMinimum"),
        MOVES_ITS_MEMORY(
                "zerosMoveAsDeclared",
                "what it remembers as s after a step with gradient 0",
                "rowsMoveAsTheWholeTable"),
        COULD_LEAVE_ZEROS("zerosMoveAsDeclared", "all is as before, so leavesZeros may say true"),
        LOOKS_AT_NEIGHBOURS("rowsMoveAsTheWholeTable", "the parameter after step "),
        REMEMBERS_IN_ITSELF(
                "resumesWithTheSameBits",
                "the parameter after 6 steps, saved after 3 at (",
                "rowsMoveAsTheWholeTable",
                "reachesTheMinimum"),
        CLIMBS("reachesTheMinimum", "number 0 is "),
        STANDS_STILL("reachesTheMinimum", "number 0 is "),
        DIVIDES_BY_ZERO("staysFinite", "the parameter is NaN after gradients of 7.888609E-31");

        private final String law;
        private final String message;
        private final Set<String> also;

        Fault(String law, String message, String... also) {
            this.law = law;
            this.message = message;
            this.also = Set.of(also);
        }
    }

    /** AdaGrad, or something like it. */
    private record Rule(Fault fault, float[] own) implements UpdateRule {
        private boolean is(Fault other) {
            return fault == other;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rule rule && rule.fault == fault;
        }

        @Override
        public int hashCode() {
            return fault.hashCode();
        }

        @Override
        public List<String> memory() {
            return is(Fault.ONE_NAME_TWICE) ? List.of("s", "s") : List.of("s");
        }

        @Override
        public void update(Move move, float[] w, float[] dw, float[][] memory) {
            float rate = (float) move.rate() * (is(Fault.CLIMBS) ? -0.1f : is(Fault.STANDS_STILL) ? 0 : 1);
            if (is(Fault.REMEMBERS_IN_ITSELF)) {
                rate /= 1 + own[0]++;
            }
            float[] s = memory[memory.length - 1];
            float neighbour = is(Fault.LOOKS_AT_NEIGHBOURS) && w.length > 3 ? w[0] * 0.01f : 0;
            for (int i = 0; i < w.length; i++) {
                float g = dw[i] + (float) move.weightDecay() * w[i];
                s[i] += g * g;
                if (g != 0) {
                    float root = (float) Math.sqrt(s[i]);
                    w[i] -= rate * (g / (is(Fault.DIVIDES_BY_ZERO) ? root : root + 1e-10f) + neighbour);
                }
                if (is(Fault.CHANGES_THE_GRADIENT)) {
                    dw[i] = 0;
                }
                if (is(Fault.MOVES_WITHOUT_A_GRADIENT)) {
                    w[i] *= 0.9999f;
                }
                if (is(Fault.MOVES_ITS_MEMORY)) {
                    s[i] *= 0.9999f;
                }
            }
        }

        @Override
        public boolean leavesZeros(Move move) {
            return move.weightDecay() == 0 && !is(Fault.COULD_LEAVE_ZEROS);
        }
    }

    private static OptimizerContract contract(Fault fault) {
        // One, as a rule that remembers in itself is one.
        Rule rule = new Rule(fault, new float[1]);
        return new OptimizerContract() {
            @Override
            protected UpdateRule rule() {
                return rule;
            }

            @Override
            protected double rate() {
                return 0.5;
            }
        };
    }

    @Test
    void aRightRuleKeepsAllLaws() {
        assertEquals(Map.of(), Laws.broken(OptimizerContract.class, contract(Fault.NONE)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theLawThatIsMeantCatchesIt(Fault fault) {
        Map<String, String> caught = Laws.broken(OptimizerContract.class, contract(fault));
        Set<String> expected = new TreeSet<>(fault.also);
        expected.add(fault.law);
        assertEquals(expected, caught.keySet(), () -> fault + " " + caught);
        assertTrue(caught.get(fault.law).contains(fault.message), () -> caught.get(fault.law));
    }

    @Test
    void everyLawIsBrokenByARule() {
        Set<String> found = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            found.add(fault.law);
        }
        found.remove("");
        assertEquals(Laws.of(OptimizerContract.class), found);
        assertEquals(7, found.size());
    }
}
