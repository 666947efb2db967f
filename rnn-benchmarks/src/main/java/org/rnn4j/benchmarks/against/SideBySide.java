package org.rnn4j.benchmarks.against;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.rnn4j.benchmarks.kernel.Probe;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.work.Samples;

/**
 * Runs a workload with two commits' libraries in one process, a sample of the one and then a sample of the other: whatever a neighbour takes, it
 * takes from both. The program of a process; it prints every sample, with what the roof was before and behind it.
 */
public final class SideBySide {
    /** The system property with the class path of the other commit's jars; that of the working tree's is this process' own. */
    public static final String BEFORE = "rnn.before";

    private static final int FEWEST_WARM = 2;
    private static final int FEWEST = 3;
    private static final int MOST = 1000;

    /** Until it has ended, ops run as plain loops. */
    private static final String WARM_UP = "rnn4j-warm-up";

    /** How long a process waits for that, unless {@code patience} says otherwise. */
    private static final double PATIENCE_SECONDS = 120;

    private final Probe probe;
    private final Settings settings;
    private final Map<Side, Map<String, DoubleSupplier>> sides;

    private SideBySide(Probe probe, Settings settings, Map<Side, Map<String, DoubleSupplier>> sides) {
        this.probe = probe;
        this.settings = settings;
        this.sides = sides;
    }

    /** See {@link Settings} for the arguments; {@code first=after} swaps the turns. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Settings settings = Settings.of(arguments);
        String own = System.getProperty("java.class.path");
        Map<Side, Map<String, DoubleSupplier>> sides = new EnumMap<>(Side.class);
        sides.put(Side.BEFORE, before(System.getProperty(BEFORE), own, arguments));
        sides.put(Side.AFTER, samples(loader(Side.AFTER, own), arguments));
        if (!sides.get(Side.BEFORE).keySet().equals(sides.get(Side.AFTER).keySet())) {
            throw new IllegalStateException("the sides measure different lines: "
                    + sides.get(Side.BEFORE).keySet() + " before, "
                    + sides.get(Side.AFTER).keySet() + " after");
        }
        try (Probe probe = new Probe(settings.threads())) {
            SideBySide both = new SideBySide(probe, settings, sides);
            for (String line : sides.get(Side.AFTER).keySet()) {
                both.measure(line);
            }
        }
    }

    /**
     * The other commit's libraries under its own benchmarks, which are written for their API; under this process' own where it has none with
     * {@link Samples}, as the commits before 93d9a32.
     */
    private static Map<String, DoubleSupplier> before(String libraries, String own, String... arguments)
            throws ReflectiveOperationException, IOException {
        URLClassLoader loader = loader(Side.BEFORE, libraries);
        if (loader.findResource(Samples.class.getName().replace('.', '/') + ".class") != null) {
            return samples(loader, arguments);
        }
        String classes = own.substring(0, own.indexOf(File.pathSeparatorChar)); // as the launcher orders them
        return samples(loader(Side.BEFORE, classes + File.pathSeparator + libraries), arguments);
    }

    /** Through it nothing of the other side is to be found, nor of this process' own class path. */
    private static URLClassLoader loader(Side side, String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(side.text(), urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings("unchecked") // the same method of the same class, by another loader
    private static Map<String, DoubleSupplier> samples(ClassLoader loader, String... arguments)
            throws ReflectiveOperationException, IOException {
        // Providers of layers are looked up by it.
        Thread.currentThread().setContextClassLoader(loader);
        return (Map<String, DoubleSupplier>) Class.forName(Samples.class.getName(), true, loader)
                .getMethod("of", String[].class)
                .invoke(null, (Object) arguments);
    }

    private void measure(String line) throws Exception {
        double warm = settings.get("warm", 2.0);
        double seconds = settings.get("seconds", 2.0);
        double patience = settings.get("patience", PATIENCE_SECONDS);
        long began = System.nanoTime();
        for (int i = 0; i < FEWEST_WARM || since(began) < 2 * warm || (since(began) < patience && isWarmingUp()); i++) {
            for (Side side : Side.values()) {
                double unused = sides.get(side).get(line).getAsDouble();
            }
        }
        String[] name = line.split(" ", -1);
        StringBuilder text = new StringBuilder();
        double before = probe.gflops();
        began = System.nanoTime();
        boolean swapped = settings.get("first", Side.BEFORE.text()).equals(Side.AFTER.text());
        for (int i = 0; i < FEWEST || (i < MOST && since(began) < 2 * seconds); i++) {
            // Whoever comes second finds the caches full of the other's numbers, so that changes too.
            for (Side side : swapped == (i % 2 == 0) ? List.of(Side.AFTER, Side.BEFORE) : List.of(Side.values())) {
                double value = sides.get(side).get(line).getAsDouble();
                double after = probe.gflops();
                text.append(String.format(
                        Locale.ROOT,
                        "PROBED side=%s work=%s unit=%s value=%.6f before=%.1f after=%.1f%n",
                        side.text(),
                        name[0],
                        name[1],
                        value,
                        before,
                        after));
                before = after;
            }
        }
        System.out.print(text);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean isWarmingUp() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(WARM_UP)) {
                return true;
            }
        }
        return false;
    }
}
