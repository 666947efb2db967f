package org.rnn4j.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rnn4j.benchmarks.report.Sample;

/** Contenders that are shell scripts, which print what the test says. */
class RoundsTest {
    private final List<String> log = new ArrayList<>();

    private static Contender script(String peer, String setting, String script) {
        return new Contender(peer, setting, List.of("sh", "-c", script, "script"), Map.of(), Contender.WORKLOADS);
    }

    private static String prints(double median) {
        return "echo a library says hello; echo RESULT work=$1 unit=ms median=" + median + " min=" + median;
    }

    private Rounds run(int rounds, double drop, Contender... contenders) throws Exception {
        Rounds.Plan plan = new Rounds.Plan(List.of("W1", "W2"), List.of(1), rounds, new Budget(0, 0), drop);
        Rounds run = new Rounds(List.of(contenders), plan, log::add);
        run.run();
        return run;
    }

    private static List<String> order(Rounds rounds) {
        return rounds.samples().stream()
                .map(sample -> sample.round() + sample.result().work() + sample.setting())
                .toList();
    }

    @Test
    void contendersTakeTurns() throws Exception {
        Rounds run = run(2, 0, script("djl", "a", prints(1)), script("djl", "b", prints(2)));
        assertEquals(List.of("1W1a", "1W1b", "1W2a", "1W2b", "2W1a", "2W1b", "2W2a", "2W2b"), order(run));
        assertEquals(8, log.size());
        assertEquals(Map.of(), run.failures());
    }

    @Test
    void whatIsFarBehindIsLeftOutUnlessItIsItsPeersBest() throws Exception {
        Rounds run = run(
                3,
                1.5,
                script("rnn4j", "default", prints(0.1)),
                script("djl", "fast", prints(1)),
                script("djl", "near", prints(1.4)),
                script("djl", "far", prints(2)),
                script("dl4j", "best", prints(10)),
                script("dl4j", "worse", prints(11)));
        Map<String, Long> processes =
                run.samples().stream().collect(Collectors.groupingBy(Sample::setting, Collectors.counting()));
        assertEquals(Map.of("default", 6L, "fast", 6L, "near", 6L, "far", 4L, "best", 6L, "worse", 4L), processes);
    }

    @Test
    void whoFailsIsNamedWithTheReason() throws Exception {
        Rounds run = run(
                1,
                0,
                script("djl", "default", "echo no memory >&2; exit 3"),
                script("dl4j", "default", prints(1)),
                new Contender("python", "silent", List.of("true"), Map.of(), Pattern.compile("W2")));
        assertEquals(
                List.of(
                        "djl (default) W1 with 1 threads",
                        "djl (default) W2 with 1 threads",
                        "python (silent) W2 with 1 threads"),
                List.copyOf(run.failures().keySet()));
        String reason = run.failures().get("djl (default) W1 with 1 threads");
        assertTrue(reason.contains("status 3") && reason.contains("no memory"), reason);
        assertEquals(2, run.samples().size());
    }
}
