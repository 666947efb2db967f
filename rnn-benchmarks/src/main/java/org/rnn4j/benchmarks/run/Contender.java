package org.rnn4j.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A program that runs workloads, with one of its settings.
 *
 * @param peer who is measured: {@code rnn4j}, {@code djl}
 * @param setting what is special: {@code default}, {@code huge pages}
 * @param program the command line up to the workload's name; {@value #THREADS} in it stands for the number of threads
 * @param environment what is set beside the number of threads
 * @param workloads the names of those that it can run
 */
public record Contender(
        String peer, String setting, List<String> program, Map<String, String> environment, Pattern workloads) {
    /** Stands for the number of threads. */
    public static final String THREADS = "{threads}";

    /** Runs every workload, and the roof. */
    public static final Pattern EVERYTHING = Pattern.compile(".*");

    /** Runs every workload. */
    public static final Pattern WORKLOADS = Pattern.compile("W.*");

    /** Copies. */
    public Contender {
        program = List.copyOf(program);
        environment = Map.copyOf(environment);
    }

    /** Whether it can run a workload. */
    public boolean runs(String workload) {
        return workloads.matcher(workload).matches();
    }

    /** The peer with its setting. */
    public String name() {
        return peer + " (" + setting + ")";
    }

    /** What is set in the environment of its process, with the number of threads as the native libraries read it. */
    public Map<String, String> environment(int threads) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            all.put(name, Integer.toString(threads));
        }
        return all;
    }

    /** The command line for a workload. */
    public List<String> command(int threads, List<String> arguments) {
        List<String> command = new ArrayList<>();
        program.forEach(word -> command.add(word.replace(THREADS, Integer.toString(threads))));
        command.addAll(arguments);
        command.add("threads=" + threads);
        return command;
    }
}
