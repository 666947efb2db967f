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
import java.util.stream.Stream;
import org.rnn4j.benchmarks.report.Contest;
import org.rnn4j.benchmarks.report.Report;
import org.rnn4j.benchmarks.run.Budget;
import org.rnn4j.benchmarks.run.Contender;
import org.rnn4j.benchmarks.run.Ours;
import org.rnn4j.benchmarks.run.Peers;
import org.rnn4j.benchmarks.run.Rounds;
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
        version = "RNN4J 0.1.0")
final class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--rounds",
            description = "Processes for each line (default: ${DEFAULT-VALUE}).",
            defaultValue = "7")
    private int rounds;

    @Option(
            names = "--workloads",
            split = ",",
            description =
                    "Some of W1, W2, W3, W4, W5, W5-lstm, W5-lstm-32x64x128x128 (any sizes N, T, D, H), W6; default: all.")
    private List<String> workloads = List.of();

    @Option(
            names = "--threads",
            split = ",",
            description = "Numbers of threads (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private List<Integer> threads;

    @Option(names = "--warm", description = "Seconds before (default: ${DEFAULT-VALUE}).", defaultValue = "2")
    private double warm;

    @Option(names = "--seconds", description = "Seconds measured (default: ${DEFAULT-VALUE}).", defaultValue = "2")
    private double seconds;

    @Option(names = "--huge-pages", description = "Ours with transparent huge pages too.")
    private boolean hugePages;

    @Option(names = "--peers", description = "Beside other frameworks, each with all settings that may be its best.")
    private boolean peers;

    @Option(
            names = "--drop",
            description =
                    "From the third round on leave out, line by line, the settings of peers that were so many times"
                            + " slower than the fastest peer and are not their own peer's best; 0 to keep all"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "1.5")
    private double drop;

    @Option(names = "--java", description = "The program java of another JDK to measure with.")
    private String java = Ours.ownJava();

    @Option(names = "--out", description = "The folder of the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of(System.getProperty("rnn.home", "."), "target", "bench");

    /** For the command line. */
    Bench() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter console = command.commandLine().getOut();
        Files.createDirectories(out);
        Ours ours = new Ours(java);
        List<Contender> contenders = new ArrayList<>(List.of(ours.standard()));
        if (hugePages) {
            contenders.add(ours.hugePages());
        }
        Map<String, String> missing = new LinkedHashMap<>();
        if (peers) {
            Peers others = new Peers(Path.of(System.getProperty("rnn.home", ".")), java);
            contenders.addAll(others.contenders());
            missing.putAll(others.missing());
        }
        Rounds.Plan plan = new Rounds.Plan(chosen(), threads, rounds, new Budget(warm, seconds), drop);
        Map<String, String> failed;
        try (PrintWriter raw = new PrintWriter(Files.newBufferedWriter(out.resolve("raw.txt")))) {
            Rounds run = new Rounds(contenders, plan, line -> {
                raw.println(line);
                raw.flush();
                console.println(line);
                console.flush();
            });
            run.run();
            failed = run.failures();
            missing.putAll(failed);
            Report report = new Report(run.samples(), missing);
            report.write(out);
            console.println();
            console.println(report.markdown());
            console.println("Written to " + out);
            console.flush();
        }
        return failed.isEmpty() ? 0 : 1;
    }

    /** {@code W5} and {@code W5-lstm} stand for several. */
    private List<String> chosen() {
        List<String> all = Contest.workloads();
        if (workloads.isEmpty()) {
            return all;
        }
        return workloads.stream()
                .flatMap(name -> {
                    List<String> several = all.stream()
                            .filter(one -> one.startsWith(name + "-"))
                            .toList();
                    return several.isEmpty() ? Stream.of(name) : several.stream();
                })
                .toList();
    }
}
