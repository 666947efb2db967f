package org.rnn4j.tests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.rnn4j.examples.Main;

/** The command line ({@link Main}), or another program, in a process of its own, with what it prints in two files. */
final class Child implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** This process' class path. */
    static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /**
     * Starts the command line.
     *
     * @param output the beginning of the names of the two files
     * @param properties of the JVM
     */
    static Child start(Path output, List<String> classPath, Map<String, String> properties, String... arguments)
            throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        options.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        return start(output, Path.of(System.getProperty("java.home")), options, Main.class, arguments);
    }

    /**
     * Starts a program.
     *
     * @param output the beginning of the names of the two files
     * @param java the home of the JDK that runs it
     * @param options of the JVM, its class path among them
     */
    static Child start(Path output, Path java, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        return start(output, java, options, main.getName(), arguments);
    }

    /** Starts a program that this process need not have: its class by name, or with {@code -m} as the last option its module and class. */
    static Child start(Path output, Path java, List<String> options, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        Path out = Path.of(output + ".out");
        Path err = Path.of(output + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        // With these, a JVM says on standard error that it has read them.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        return new Child(builder.start(), out, err);
    }

    /** Waits for the end and gives the exit status. */
    int status() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s; printed:\n" + out() + err());
        }
        return process.exitValue();
    }

    /** Waits until it is inside {@link Hold}. */
    void awaitHold() throws IOException, InterruptedException {
        if (!says(Hold.HOLDS)) {
            throw new AssertionError("ended without holding; printed:\n" + out() + err());
        }
    }

    /** Waits until it has printed something or has ended. */
    boolean says(String what) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            // In this order: what it said last is said before it ends.
            boolean alive = process.isAlive();
            if (out().contains(what)) {
                return true;
            }
            if (!alive) {
                return false;
            }
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new AssertionError(
                        "says not \"" + what + "\" in " + LIMIT_SECONDS + " s; printed:\n" + out() + err());
            }
            Thread.sleep(10);
        }
    }

    /** Waits, and says whether it has ended. */
    boolean endsIn(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** SIGKILL, also to one that has just ended, which nothing happens to. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        int status = kill.waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + name + " ended with status " + status);
        }
    }

    /** What it has printed on standard output. */
    String out() throws IOException {
        return Files.readString(out);
    }

    /** What it has printed on standard error, but for {@link KernelNotice}. */
    String err() throws IOException {
        return KernelNotice.without(Files.readString(err));
    }

    /** Ends it, where it has not ended. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
