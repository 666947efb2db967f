package org.rnn4j.examples.initial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.core.Model;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.RunOptions;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains from our default initial values, from others, and PyTorch from its own, on the same batches: what the defaults were chosen by.
 * {@code docs/initial-values.md} has the results.
 */
@Command(
        name = "initial-values",
        description = "Trains from several initial values, and PyTorch from its own, on the same batches.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class InitialValues implements Runnable {
    private static final String NOW = "the defaults";
    private static final String PYTORCH = "PyTorch";

    @Option(names = "--tasks", split = ",", description = "Some of adding, traffic, dates, dickens; default: all.")
    private List<String> tasks = InitialTask.names();

    @Option(names = "--seeds", description = "How many.", defaultValue = "5")
    private int seeds;

    @Option(names = "--tried", description = "With everything that was tried.")
    private boolean tried;

    @Option(names = "--only", description = "Only those whose whole name this pattern matches.", defaultValue = ".*")
    private String only;

    @Option(
            names = "--python",
            description = "A Python that has PyTorch; 'none' to do without.",
            defaultValue = "python3")
    private String python;

    @Mixin
    private RunOptions options;

    /** For the command line. */
    public InitialValues() {}

    /** How one side trains. */
    private interface Side {
        double result(InitialTask task, Runs runs);
    }

    @Override
    public void run() {
        for (String name : tasks) {
            InitialTask task = InitialTask.of(name);
            Map<String, List<Double>> results = new LinkedHashMap<>();
            for (long seed = 1; seed <= seeds; seed++) {
                Runs runs = options.of("initial-values", seed);
                for (Map.Entry<String, Side> side : sides().entrySet()) {
                    long began = System.nanoTime();
                    double result = side.getValue().result(task, runs);
                    results.computeIfAbsent(side.getKey(), key -> new ArrayList<>())
                            .add(result);
                    System.out.printf(
                            Locale.ROOT,
                            "%s, seed %d: %.4f %s (%.1f s)%n",
                            name,
                            seed,
                            result,
                            side.getKey(),
                            (System.nanoTime() - began) / 1e9);
                }
            }
            System.out.println(name + ", " + task.unit() + ":");
            results.forEach((side, values) -> System.out.println("  " + Repeats.line(side, values)));
        }
    }

    private Map<String, Side> sides() {
        Map<String, Side> sides = new LinkedHashMap<>();
        for (InitialChoice choice : tried ? InitialChoice.TRIED : List.of(InitialChoice.BEFORE)) {
            sides.put(choice.name(), (task, runs) -> task.result(trained(task, runs, choice.name(), choice::model)));
        }
        sides.put(NOW, (task, runs) -> task.result(trained(task, runs, NOW, Model::create)));
        if (!python.equals("none")) {
            sides.put(PYTORCH, (task, runs) -> new PyTorch(python).result(task, runs.read(task.label())));
        }
        sides.keySet().removeIf(name -> !name.matches(only));
        return sides;
    }

    /** Trains a model that begins so. */
    static Trained trained(InitialTask task, Runs runs, String side, RunServices.ModelFactory begun) {
        return runs.train(
                task.label() + "/" + side.replaceAll("\\W+", "-"),
                runs.read(task.label()),
                RunServices.usual().with(begun));
    }
}
