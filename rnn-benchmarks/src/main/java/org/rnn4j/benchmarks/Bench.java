package org.rnn4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import org.rnn4j.benchmarks.against.AgainstReport;
import org.rnn4j.benchmarks.against.Commit;
import org.rnn4j.benchmarks.against.Reading;
import org.rnn4j.benchmarks.against.Turns;
import org.rnn4j.benchmarks.kernel.AllocationReport;
import org.rnn4j.benchmarks.kernel.KernelReport;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.report.Contest;
import org.rnn4j.benchmarks.report.Machine;
import org.rnn4j.benchmarks.report.Report;
import org.rnn4j.benchmarks.run.Budget;
import org.rnn4j.benchmarks.run.Contender;
import org.rnn4j.benchmarks.run.Determinism;
import org.rnn4j.benchmarks.run.MemoryReport;
import org.rnn4j.benchmarks.run.Ours;
import org.rnn4j.benchmarks.run.Peers;
import org.rnn4j.benchmarks.run.Rounds;
import org.rnn4j.benchmarks.run.Scaling;
import org.rnn4j.benchmarks.work.Saving;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures RNN4J, alone or beside its peers. */
@Command(
        name = "rnn bench",
        description = {
            "Measures how fast RNN4J is: workloads W1 to W6, each in processes of its own.",
            "The JVM's flags are the launcher's and those of RNN_JAVA_OPTS."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        version = "RNN4J 0.1.0")
final class Bench implements Callable<Integer> {
    private static final int ROUNDS = 7;
    private static final int PAIRS = 10;

    @Spec
    private CommandSpec command;

    @Option(names = "--peers", description = "Beside other frameworks, each with all settings that may be its best.")
    private boolean peers;

    @Option(
            names = "--settings",
            description =
                    "With --peers, only those whose peer and setting this pattern is found in: 'javacpp oneDNN on|python'.")
    private Pattern settings = Contender.EVERYTHING;

    @ArgGroup
    private Instead instead = new Instead();

    @Option(
            names = "--rounds",
            description = "Processes for each line (default: " + ROUNDS + "; with --against " + PAIRS + ").")
    private Integer rounds;

    @Option(
            names = "--workloads",
            split = ",",
            description =
                    "Some of W1, W2, W3, W4, W5, W5-lstm, W5-lstm-32x64x128x128 (any sizes N, T, D, H), W6, W7 (a cell within another); with"
                            + " --against, checkpoint too; default: all but W7.")
    private List<String> workloads = List.of();

    @Option(
            names = "--threads",
            split = ",",
            description = "Numbers of threads (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private List<Integer> threads;

    @Option(names = "--warm", description = "Seconds before (default: ${DEFAULT-VALUE}).", defaultValue = "5")
    private double warm;

    @Option(names = "--seconds", description = "Seconds measured (default: ${DEFAULT-VALUE}).", defaultValue = "2")
    private double seconds;

    @Option(names = "--huge-pages", description = "Ours with transparent huge pages too.")
    private boolean hugePages;

    @Option(
            names = "--drop",
            description =
                    "From the third round on leave out, line by line, the settings of peers that were so many times"
                            + " slower than the fastest peer and are not their own peer's best; 0 to keep all"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "1.5")
    private double drop;

    @Option(
            names = "--steps",
            description = "With --determinism, how many (default: 200); with --memory, train W2 so long in 256 MB too"
                    + " (default: not).")
    private int steps;

    @Option(
            names = "--limit",
            description = "With --against, minutes after which no process begins (default: ${DEFAULT-VALUE}).",
            defaultValue = "60")
    private long limit;

    @Option(
            names = "--java",
            split = ",",
            description = "The program java of another JDK to measure with; with --determinism, of several.")
    private List<String> javas = List.of(Ours.ownJava());

    @Option(names = "--out", description = "The folder of the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of(System.getProperty("rnn.home", "."), "target", "bench");

    /** What to do instead of the workloads. */
    static final class Instead {
        @Option(
                names = "--determinism",
                description = "Train W2 with several threads, vector widths and JDKs; all must end with the same bits.")
        private boolean determinism;

        @Option(names = "--scaling", description = "How the time of an LSTM layer grows with H, T and N.")
        private boolean scaling;

        @Option(
                names = "--kernels",
                description = "Products and activations beside the roof; fails where a product is below 35 %% of it.")
        private boolean kernels;

        @Option(
                names = "--against",
                paramLabel = "COMMIT",
                description = {
                    "The working tree beside a commit, which is built in a worktree under target: both in one process in turns, and only samples"
                            + " between two probes of the roof that reach 95 %% of it.",
                    "Fails where a line is not shown to stay within 3 %% of before (save and load: a second a GB)."
                })
        private String against;

        @Option(names = "--memory", description = "Cold start, peak memory, and what a step allocates.")
        private boolean memory;

        Instead() {}
    }

    /** For the command line. */
    Bench() {}

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Files.createDirectories(out);
        if (instead.determinism) {
            return determinism();
        }
        if (instead.scaling) {
            return scaling();
        }
        if (instead.kernels) {
            return kernels();
        }
        if (instead.against != null) {
            return against();
        }
        return instead.memory ? memory() : workloads();
    }

    private int rounds(int otherwise) {
        return rounds == null ? otherwise : rounds;
    }

    private int workloads() throws IOException, InterruptedException {
        Map<String, String> missing = new LinkedHashMap<>();
        List<Contender> contenders = contenders(missing);
        Rounds.Plan plan = new Rounds.Plan(chosen(), threads, rounds(ROUNDS), new Budget(warm, seconds), drop);
        try (PrintWriter raw = new PrintWriter(Files.newBufferedWriter(out.resolve("raw.txt")))) {
            Rounds run = new Rounds(contenders, plan, line -> {
                raw.println(line);
                raw.flush();
                say(line);
            });
            run.run();
            missing.putAll(run.failures());
            Report report = new Report(Machine.describe(javas), run.samples(), missing);
            report.write(out);
            say("\n" + report.markdown() + "\nWritten to " + out);
            return run.failures().isEmpty() ? 0 : 1;
        }
    }

    private List<Contender> contenders(Map<String, String> missing) throws IOException, InterruptedException {
        Ours ours = new Ours(javas.get(0));
        List<Contender> contenders = new ArrayList<>(List.of(ours.standard()));
        if (hugePages) {
            contenders.add(ours.hugePages());
        }
        if (peers) {
            Peers others = new Peers(Path.of(System.getProperty("rnn.home", ".")), javas.get(0));
            others.contenders().stream()
                    .filter(other -> settings.matcher(other.peer() + " " + other.setting())
                            .find())
                    .forEach(contenders::add);
            missing.putAll(others.missing());
        }
        return contenders;
    }

    private int against() throws IOException, InterruptedException {
        Path home =
                Path.of(System.getProperty("rnn.home", ".")).toAbsolutePath().normalize();
        Commit commit = Commit.of(home, instead.against);
        say("Commit " + commit.hash() + " is built where it was not before.");
        Contender both = new Ours(javas.get(0)).besides(commit.jars(home.resolve("target/against")));
        List<String> lines = new ArrayList<>(chosen());
        lines.remove(Contest.ROOF); // which every process measures
        if (workloads.isEmpty()) {
            lines.add(Saving.NAME);
        }
        Turns.Plan plan = new Turns.Plan(
                lines, threads, rounds(PAIRS), new Budget(warm, seconds), limit * 60, out.toAbsolutePath());
        Turns turns = new Turns(both, plan, this::say);
        turns.run();
        AgainstReport report = AgainstReport.of(commit.hash(), turns);
        Files.write(
                out.resolve("against.txt"),
                turns.readings().stream().map(Reading::toString).toList());
        say("\n" + finish("against.md", report.markdown()) + "\nWritten to " + out);
        return report.holds() ? 0 : 1;
    }

    private int determinism() throws InterruptedException, IOException {
        Determinism determinism = new Determinism(List.of("W2", "steps=" + (steps == 0 ? 200 : steps)));
        List<Determinism.Outcome> outcomes = new ArrayList<>();
        StringBuilder table = new StringBuilder("| process | SHA-256 of parameters and optimizer | |\n|---|---|---|\n");
        for (Determinism.Variant variant : Determinism.matrix(javas)) {
            Determinism.Outcome outcome = determinism.run(variant);
            outcomes.add(outcome);
            String row = "| " + variant + " | " + outcome.hash().orElse("none") + " | " + outcome.said() + " |";
            say(row);
            table.append(row).append("\n");
        }
        String verdict = Determinism.same(outcomes) ? "All have the same bits." : "Not all have the same bits.";
        finish("determinism.md", table + "\n" + verdict + "\n");
        say(verdict);
        return Determinism.same(outcomes) ? 0 : 1;
    }

    private int scaling() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (int number : threads) {
            Scaling scaling = new Scaling(new Ours(javas.get(0)).standard(), number, new Budget(warm, seconds));
            text.append("### ").append(number).append(number == 1 ? " thread\n\n" : " threads\n\n");
            text.append(scaling.run()).append("\n");
        }
        say(finish("scaling.md", text.toString()));
        return 0;
    }

    private int kernels() throws IOException, RunnerException {
        KernelReport report = new KernelReport(javas.get(0), Ours.launcherFlags(), out.resolve("jmh.txt"));
        say(finish("kernels.md", report.run()));
        return report.slow().isEmpty() ? 0 : 1;
    }

    private int memory() throws IOException, InterruptedException, RunnerException {
        Map<String, String> missing = new LinkedHashMap<>();
        StringBuilder text =
                new StringBuilder("Flags of the JVM of rnn4j: " + String.join(" ", Ours.launcherFlags()) + "\n\n");
        text.append(new MemoryReport(contenders(missing), rounds(ROUNDS)).run()).append("\n");
        missing.forEach((who, why) ->
                text.append(who).append(" is missing: ").append(why).append("\n\n"));
        text.append(AllocationReport.run(javas.get(0), Ours.launcherFlags(), out.resolve("jmh.txt")));
        if (steps > 0) {
            text.append("\n").append(MemoryReport.endurance(new Ours(javas.get(0)), steps));
        }
        say(finish("memory.md", text.toString()));
        return 0;
    }

    /** Writes a result beside the machine that it is of. */
    private String finish(String name, String text) throws IOException {
        String all = Machine.describe(javas) + "\n\n" + text;
        Files.writeString(out.resolve(name), all);
        return all;
    }

    private void say(String line) {
        PrintWriter console = command.commandLine().getOut();
        console.println(line);
        console.flush();
    }

    /** {@code W5} and {@code W5-lstm} stand for several; the roof, of which W5 reaches some percent, is measured beside them. */
    private List<String> chosen() {
        List<String> all = Contest.workloads();
        List<String> some = workloads.isEmpty()
                ? all
                : workloads.stream()
                        .flatMap(name -> {
                            List<String> several = all.stream()
                                    .filter(one -> one.startsWith(name + "-"))
                                    .toList();
                            return several.isEmpty() ? Stream.of(name) : several.stream();
                        })
                        .toList();
        return some.stream().anyMatch(LayerAlone::isOne)
                ? Stream.concat(Stream.of(Contest.ROOF), some.stream()).toList()
                : some;
    }
}
