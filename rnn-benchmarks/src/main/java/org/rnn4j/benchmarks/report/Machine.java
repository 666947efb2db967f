package org.rnn4j.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What was measured on. */
public final class Machine {
    private Machine() {}

    /**
     * One line: processor, cores, vectors, system, JDKs.
     *
     * @param javas of each JDK that was measured, its launcher
     */
    public static String describe(List<String> javas) {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, vectors of %d bits, %s, %s",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                has("avx512f") ? 512 : has("avx2") ? 256 : 128,
                System.getProperty("os.name"),
                String.join(", ", javas));
    }

    private static String processor() {
        return cpuinfo()
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static boolean has(String flag) {
        return cpuinfo().contains(" " + flag + " ");
    }

    private static String cpuinfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
