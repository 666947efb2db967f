package org.rnn4j.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs Jazzer, in a process for each target.
 *
 * @param inputs where the targets' first inputs are, in a folder for each
 * @param work where each process leaves its log, the inputs that reached new code, and what it found
 * @param seed of what is made up; 0 for another in each run
 */
record Fuzzer(Path inputs, Path work, int seed) {
    private static final String INSTRUMENTED = "org.rnn4j.**:com.fasterxml.jackson.**:org.yaml.snakeyaml.**";

    /** Jazzer looks for what no reader of ours does, such as statements of SQL. */
    private static final String NOT_LOOKED_FOR = Stream.of(
                    "BigDecimal",
                    "ClojureLangHooks",
                    "Deserialization",
                    "ExpressionLanguageInjection",
                    "FilePathTraversal",
                    "LdapInjection",
                    "NamingContextLookup",
                    "OsCommandInjection",
                    "ReflectiveCall",
                    "RegexInjection",
                    "RegexRoadblocks",
                    "ScriptEngineInjection",
                    "ServerSideRequestForgery",
                    "SqlInjection",
                    "TemplateInjection",
                    "UnsafeSanitizer",
                    "XPathInjection",
                    "XmlParserSsrfGuidance")
            .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
            .collect(Collectors.joining(":"));

    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    /**
     * How it went.
     *
     * @param executed how many inputs were read
     * @param seen what the target's {@link Probe} saw
     * @param problem what was found, and where the input is; empty for nothing
     */
    record Outcome(long executed, String seen, String problem) {}

    /** Fuzzes a target for so many seconds, or until something is found. */
    Outcome run(Target target, long seconds) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(target.name()).toAbsolutePath());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log");
        Path scratch = Files.createTempDirectory(fast(), "rnn-fuzz");
        try {
            Process process = new ProcessBuilder(command(target, seconds, folder, corpus, scratch))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                boolean ended = process.waitFor(2 * seconds + 120, TimeUnit.SECONDS);
                Outcome outcome = outcome(target, ended ? process.exitValue() : -1, log);
                return outcome.problem().isEmpty() ? again(target, corpus, scratch, outcome) : outcome;
            } finally {
                process.destroyForcibly();
            }
        } finally {
            delete(scratch);
        }
    }

    /** A file system in memory, where there is one: each input is a file. */
    private static Path fast() {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private List<String> command(Target target, long seconds, Path folder, Path corpus, Path scratch) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                // Newer JDKs warn of what Jazzer does, and older ones do not know the flags.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + scratch,
                "-D" + Entry.TARGET + "=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Entry.class.getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_includes=" + INSTRUMENTED,
                "--disabled_hooks=" + NOT_LOOKED_FOR,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-seed=" + seed,
                "-max_len=4096",
                // Of a hang: the first input loads and changes classes, which takes long on a busy machine. What is
                // slow is seen by the
                // probe, and the heap has its limit above.
                "-timeout=150",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                corpus.toString()));
        Path first = inputs.resolve(target.name());
        if (Files.isDirectory(first)) {
            command.add(first.toAbsolutePath().toString());
        }
        return command;
    }

    private static Outcome outcome(Target target, int status, Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        Matcher executed = EXECUTED.matcher(text);
        long inputs = executed.find() ? Long.parseLong(executed.group(1)) : 0;
        String seen = text.lines()
                .filter(line -> line.startsWith(target.name() + ": "))
                .reduce("", (before, line) -> line);
        if (status == 0) {
            return new Outcome(inputs, seen, "");
        }
        String what = text.lines()
                .filter(line -> line.startsWith("== Java Exception: ") || line.contains("ERROR: libFuzzer"))
                .findFirst()
                .orElse(status < 0 ? "the fuzzer did not end" : "the fuzzer ended with status " + status);
        String input = text.lines()
                .filter(line -> line.contains("Test unit written to "))
                .map(line -> line.substring(line.indexOf("written to ") + "written to ".length()))
                .findFirst()
                .orElse("none was written");
        return new Outcome(
                inputs,
                seen,
                what.substring(0, Math.min(what.length(), 500)) + "; the input: " + input + "; the log: " + log);
    }

    /** Reads what reached new code once more, without Jazzer's code in the readers: how much they allocate themselves. */
    private static Outcome again(Target target, Path corpus, Path scratch, Outcome outcome) throws IOException {
        Probe probe = new Probe(target, 1, scratch);
        try (Stream<Path> inputs = Files.list(corpus)) {
            for (Path input : inputs.sorted().toList()) {
                try {
                    probe.read(Files.readAllBytes(input));
                } catch (Finding e) {
                    return new Outcome(outcome.executed(), outcome.seen(), e.getMessage() + "; the input: " + input);
                }
            }
        }
        return new Outcome(outcome.executed(), outcome.seen() + "; without Jazzer " + probe.memory(), "");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
