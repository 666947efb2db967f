package org.rnn4j.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system knows of this process; NaN where it does not say, as outside Linux. */
public final class ProcessFacts {
    private static final double TICKS_A_SECOND = 100;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ProcessFacts() {}

    /** Seconds since the process was started, before there was a JVM; to a hundredth. */
    public static double secondsSinceStart() {
        // The second field is the program's name in parentheses, which may hold anything; start time is field 22.
        String stat = read("/proc/self/stat");
        String uptime = read("/proc/uptime");
        if (stat.isEmpty() || uptime.isEmpty()) {
            return Double.NaN;
        }
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        double started = Long.parseLong(fields.get(19)) / TICKS_A_SECOND;
        return Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - started;
    }

    /** The largest resident memory so far, in MiB. */
    public static double peakMebibytes() {
        return read("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Bytes that all live threads have allocated so far. */
    public static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(bytes, 0); // -1 for a thread that has ended meanwhile
        }
        return sum;
    }

    /** Bytes that this thread has allocated so far; asking allocates nothing. */
    public static long allocatedByThisThread() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Nanoseconds of CPU that this thread has used so far. */
    public static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
