package org.rnn4j.benchmarks.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.benchmarks.run.Budget;
import org.rnn4j.benchmarks.run.Contender;

/** Sides that are shell scripts, which print what the test says. */
class TurnsTest {
    private final List<String> log = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();

    @TempDir
    private Path folder;

    private static Contender script(String script) {
        return new Contender("rnn4j", "script", List.of("sh", "-c", script, "script"), Map.of(), Contender.WORKLOADS);
    }

    /** A sample of each side; the roof behind that of after is as given. */
    private static String prints(String roof) {
        return "echo a library says hello;"
                + " for side in before after; do r=100; if [ $side = after ]; then r=" + roof + "; fi;"
                + " echo PROBED side=$side work=$1 unit=ms value=1 before=100 after=$r; done";
    }

    private Turns run(int pairs, String script) throws Exception {
        Turns.Plan plan = new Turns.Plan(List.of("W1", "W2"), List.of(1), pairs, new Budget(0, 0), 1000, folder);
        // A clock by which a process takes 100 seconds.
        Turns turns = new Turns(script(script), plan, log::add, () -> now.getAndAdd(100_000_000_000L));
        turns.run();
        return turns;
    }

    @Test
    void whoBeginsChangesFromRoundToRound() throws Exception {
        Turns turns = run(2, "echo $1 $4 >> DIR/order;".replace("DIR", folder.toString()) + prints("100"));
        assertEquals(
                List.of("W1 first=before", "W2 first=before", "W1 first=after", "W2 first=after"),
                Files.readAllLines(folder.resolve("order")));
        assertEquals(Map.of(), turns.failures());
        assertEquals(4, log.size());
        assertEquals(8, turns.readings().size());
    }

    @Test
    void whatDoesNotCountIsMeasuredAgain() throws Exception {
        // Of the first two starts of W1 a neighbour takes a half, on the side that is measured last.
        String count =
                "n=$(cat DIR/$1 2>/dev/null || echo 0); echo $((n + 1)) > DIR/$1;".replace("DIR", folder.toString());
        Turns turns = run(2, count + " q=100; if [ $1 = W1 ] && [ $n -lt 2 ]; then q=60; fi; " + prints("$q"));
        List<Reading> w1 = turns.readings().stream()
                .filter(reading -> reading.line().equals("W1"))
                .toList();
        assertEquals(8, w1.size());
        assertEquals(12, turns.readings().size());
        assertEquals(2, Difference.all(turns.readings()).get(0).pairs());
    }

    @Test
    void theLimitEndsIt() throws Exception {
        Turns turns = run(2, prints("60"));
        // In 1,000 seconds nine workloads are begun, the tenth not.
        assertEquals(18, turns.readings().size());
        assertEquals(0, Difference.all(turns.readings()).get(0).pairs());
    }

    @Test
    void whatFailsIsNamedAndNotTriedAgain() throws Exception {
        String missing = "echo 'Exception in thread \"main\" java.lang.NoSuchMethodError: Session.step' >&2; exit 1";
        Turns turns = run(3, missing);
        assertEquals(List.of(), turns.readings());
        assertEquals(2, log.size());
        String reason = turns.failures().get("W1 with 1 thread");
        assertTrue(reason.contains("does not link with the libraries of the other commit"), reason);
        assertTrue(reason.contains("NoSuchMethodError: Session.step"), reason);
    }
}
