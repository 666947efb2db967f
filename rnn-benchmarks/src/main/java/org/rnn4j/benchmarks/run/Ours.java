package org.rnn4j.benchmarks.run;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rnn4j.benchmarks.against.SideBySide;
import org.rnn4j.benchmarks.report.Comparison;
import org.rnn4j.benchmarks.work.Workload;

/** RNN4J as a contender: the flags are those with which this process itself was started. */
public final class Ours {
    /** As the launcher starts programs. */
    public static final String DEFAULT = "default";

    /** With transparent huge pages for the heap. */
    public static final String HUGE_PAGES = "huge pages";

    private final String java;
    private final String classPath;

    /**
     * On a JDK, with this process' class path.
     *
     * @param java the program {@code java}
     */
    public Ours(String java) {
        this.java = java;
        this.classPath = System.getProperty("java.class.path");
    }

    /** The program {@code java} of this process. */
    public static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The flags of this process' JVM but for what concerns the command line alone. */
    public static List<String> launcherFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Drnn.") && !flag.startsWith("-Djava.awt."))
                .toList();
    }

    /** With the launcher's flags. */
    public Contender standard() {
        return contender(DEFAULT, List.of());
    }

    /** With huge pages too. */
    public Contender hugePages() {
        return contender(HUGE_PAGES, List.of("-XX:+UseTransparentHugePages"));
    }

    /** Another commit's jars in one process with those of this one; see {@link SideBySide}. */
    public Contender besides(List<Path> jars) {
        String before = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return contender("beside a commit", List.of("-D" + SideBySide.BEFORE + "=" + before), SideBySide.class);
    }

    private Contender contender(String setting, List<String> flags) {
        return contender(setting, flags, Workload.class);
    }

    private Contender contender(String setting, List<String> flags, Class<?> program) {
        return new Contender(
                Comparison.OURS, setting, command(flags, List.of(program.getName())), Map.of(), Contender.EVERYTHING);
    }

    /** A command line of a program of this module with the launcher's flags and more. */
    public List<String> command(List<String> flags, List<String> program) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(launcherFlags());
        command.addAll(flags);
        command.add("-Drnn4j.threads=" + Contender.THREADS);
        command.addAll(List.of("-cp", classPath));
        command.addAll(program);
        return command;
    }
}
