package org.rnn4j.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A small part of {@code ./rnn bench --determinism}: H 32, 20 steps, and rows enough for four threads. */
class DeterminismTest {
    private static final List<String> TRAINING = List.of("small", "hidden=32", "rows=64", "time=6", "steps=20");

    private static Determinism.Outcome run(Determinism determinism, Determinism.Variant variant) {
        try {
            return determinism.run(variant);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void threadsVectorsAndTheirAbsenceChangeNoBit() {
        String java = Ours.ownJava();
        Determinism determinism = new Determinism(TRAINING);
        List<Determinism.Outcome> outcomes = Stream.of(
                        new Determinism.Variant(java, 1, 64),
                        new Determinism.Variant(java, 2, 64),
                        new Determinism.Variant(java, 4, 32),
                        new Determinism.Variant(java, 1, 16),
                        new Determinism.Variant(java, 1, 0),
                        new Determinism.Variant(java, 4, 0))
                .parallel()
                .map(variant -> run(determinism, variant))
                .toList();
        assertEquals(6, outcomes.size());
        assertTrue(Determinism.same(outcomes), outcomes.toString());
    }

    @Test
    void aProcessThatFailsIsNoAgreement() {
        Determinism.Outcome failed =
                run(new Determinism(List.of("small", "steps=none")), new Determinism.Variant(Ours.ownJava(), 1, 0));
        assertEquals(Optional.empty(), failed.hash());
        assertFalse(Determinism.same(List.of(failed, failed)));
    }

    @Test
    void theWholeMatrixHasElevenProcessesForEachJdk() {
        assertEquals(
                22, Determinism.matrix(List.of("17", "25")).stream().distinct().count());
    }
}
