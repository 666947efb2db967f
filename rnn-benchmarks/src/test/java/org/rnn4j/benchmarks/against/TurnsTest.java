package org.rnn4j.benchmarks.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static String prints(String roof) {
        return "echo a library says hello; echo PROBED work=$1 unit=ms value=1 before=100 after=" + roof;
    }

    private Turns run(int pairs, String before, String after) throws Exception {
        Turns.Plan plan = new Turns.Plan(List.of("W1", "W2"), List.of(1), pairs, new Budget(0, 0), 1000, folder);
        // A clock by which two processes take 100 seconds.
        Turns turns = new Turns(script(before), script(after), plan, log::add, () -> now.getAndAdd(100_000_000_000L));
        turns.run();
        return turns;
    }

    private static List<String> order(Turns turns) {
        return turns.readings().stream()
                .map(reading ->
                        reading.round() + reading.line() + reading.side().text())
                .toList();
    }

    @Test
    void sidesTakeTurnsAndWhoWasFirstIsLast() throws Exception {
        Turns turns = run(2, prints("100"), prints("100"));
        assertEquals(
                List.of(
                        "1W1before",
                        "1W1after",
                        "1W2before",
                        "1W2after",
                        "2W1after",
                        "2W1before",
                        "2W2after",
                        "2W2before"),
                order(turns));
        assertEquals(Map.of(), turns.failures());
        assertEquals(8, log.size());
    }

    @Test
    void whatDoesNotCountIsMeasuredAgain() throws Exception {
        // Of the side's first two starts of W1 a neighbour takes a half.
        String count =
                "n=$(cat DIR/$1 2>/dev/null || echo 0); echo $((n + 1)) > DIR/$1;".replace("DIR", folder.toString());
        String busy = count + " r=100; if [ $1 = W1 ] && [ $n -lt 2 ]; then r=60; fi; " + prints("$r");
        Turns turns = run(2, prints("100"), busy);
        List<Reading> w1 = turns.readings().stream()
                .filter(reading -> reading.line().equals("W1"))
                .toList();
        assertEquals(8, w1.size());
        assertEquals(12, turns.readings().size());
        assertEquals(2, Difference.all(turns.readings()).get(0).pairs());
    }

    @Test
    void theLimitEndsIt() throws Exception {
        Turns turns = run(2, prints("100"), prints("60"));
        // In 1,000 seconds nine workloads are begun, the tenth not.
        assertEquals(18, turns.readings().size());
        assertEquals(0, Difference.all(turns.readings()).get(0).pairs());
    }

    @Test
    void whatFailsIsNamedAndNotTriedAgain() throws Exception {
        String missing = "echo 'Exception in thread \"main\" java.lang.NoSuchMethodError: Session.step' >&2; exit 1";
        Turns turns = run(3, missing, prints("100"));
        assertEquals(List.of(), turns.readings());
        assertEquals(2, log.size());
        String reason = turns.failures().get("before, W1 with 1 thread");
        assertTrue(reason.contains("does not link with the libraries of the other commit"), reason);
        assertTrue(reason.contains("NoSuchMethodError: Session.step"), reason);
    }
}
