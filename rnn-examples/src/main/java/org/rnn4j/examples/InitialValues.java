package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.core.Model;
import picocli.CommandLine.Command;
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
    private List<String> tasks = InitialTask.NAMES;

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

    /** For the command line. */
    public InitialValues() {}

    /** How one side trains. */
    private interface Side {
        double result(InitialTask task, long seed);
    }

    @Override
    public void run() {
        for (String task : tasks) {
            Map<String, List<Double>> results = new LinkedHashMap<>();
            for (long seed = 1; seed <= seeds; seed++) {
                InitialTask ofSeed = InitialTask.of(task, seed);
                for (Map.Entry<String, Side> side : sides().entrySet()) {
                    long began = System.nanoTime();
                    double result = side.getValue().result(ofSeed, seed);
                    results.computeIfAbsent(side.getKey(), key -> new ArrayList<>())
                            .add(result);
                    System.out.printf(
                            Locale.ROOT,
                            "%s, seed %d: %.4f %s (%.1f s)%n",
                            task,
                            seed,
                            result,
                            side.getKey(),
                            (System.nanoTime() - began) / 1e9);
                }
            }
            System.out.println(task + ", " + InitialTask.of(task, 1).unit() + ":");
            results.forEach((name, values) -> System.out.println("  " + Repeats.line(name, values)));
        }
    }

    private Map<String, Side> sides() {
        Map<String, Side> sides = new LinkedHashMap<>();
        for (InitialChoice choice : tried ? InitialChoice.TRIED : List.of(InitialChoice.BEFORE)) {
            sides.put(choice.name(), (task, seed) -> task.result(choice.model(task, seed)));
        }
        sides.put(NOW, (task, seed) -> task.result(Model.create(task.spec(), seed)));
        if (!python.equals("none")) {
            sides.put(PYTORCH, (task, seed) -> new PyTorch(python).result(task, seed));
        }
        sides.keySet().removeIf(name -> !name.matches(only));
        return sides;
    }
}
