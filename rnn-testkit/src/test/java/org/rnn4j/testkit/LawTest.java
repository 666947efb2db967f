package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;

/** A law that is broken looks for the smallest situation that breaks it. */
class LawTest {
    private final Law law = new Law("a law");

    private String broken(Predicate<Situation> holds) {
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> law.in(List.of(Situation.all()), situation -> law.holds(holds.test(situation), () -> "wrong")));
        return e.getMessage();
    }

    @Test
    void theSmallestSituationIsTold() {
        assertEquals("a law: wrong; smallest: 1 row, 1 step: wrong", broken(situation -> false));
        assertEquals("a law: wrong; smallest: 2 rows, 3 steps: wrong", broken(s -> s.size() < 2 || s.steps() < 3));
        assertEquals(
                "a law: wrong; smallest: 1 row, 2 steps, lengths [1]: wrong",
                broken(s -> s.lengths() == null || s.valid(0) == 0 || s.valid(0) == s.steps()));
        assertEquals(
                "a law: wrong; smallest: 1 row, 3 steps, row 0 begins anew at step 2: wrong",
                broken(s -> s.begins() == null || s.steps() < 3 || !s.spans().anyBeginsAt(2)));
    }

    @Test
    void whatIsThrownBreaksTheLaw() {
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> law.in(List.of(Situation.all()), situation -> {
                    throw new IllegalStateException("no step " + situation.steps());
                }));
        assertEquals(
                "a law: it failed: java.lang.IllegalStateException: no step 5; smallest: 1 row, 1 step: it failed:"
                        + " java.lang.IllegalStateException: no step 1",
                e.getMessage());
        assertEquals(IllegalStateException.class, e.getCause().getClass());
    }

    @Test
    void aLawThatHoldsIsTriedOnceInEachSituation() {
        List<Situation> tried = new ArrayList<>();
        law.in(List.of(Situation.all()), tried::add);
        assertEquals(5, tried.size());
    }

    /** All that {@link Situation#simpler} leads to. */
    private static List<Situation> reachable(Situation... from) {
        List<Situation> reached = new ArrayList<>(List.of(from));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < reached.size(); i++) {
            for (Situation simpler : reached.get(i).simpler()) {
                if (seen.add(simpler.toString())) {
                    reached.add(simpler);
                }
            }
        }
        return reached;
    }

    @Test
    void manySituationsAreReached() {
        int reached = reachable(Situation.all()).size();
        assertTrue(reached > 200, reached + " situations");
    }

    /** A right cell keeps its laws in every situation that shrinking leads to: else it might end where nothing is wrong. */
    @Nested
    class EverywhereTest extends RecurrentContract {
        @Override
        protected CellSpec spec() {
            return new Elman.Spec();
        }

        @Override
        protected int inputs() {
            return 4;
        }

        @Override
        List<Situation> among(Situation... meant) {
            return reachable(meant);
        }
    }

    /** And so does a right layer. */
    @Nested
    class EverywhereOverTimeTest extends LayerContract {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new LayerContractTest.OverTime();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        List<Situation> among(Situation... meant) {
            return reachable(meant);
        }
    }
}
