package org.rnn4j.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The other frameworks, each with all settings that may be its best: with and without huge pages for the C library's allocator, with and
 * without oneDNN, and for DL4J with the OpenBLAS kernels that fit the processor, which its OpenBLAS 0.3.19 does not find by itself.
 *
 * <p>A peer that cannot run here is missing, with the reason.
 */
public final class Peers {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Map<String, String> SMALL_PAGES = Map.of();
    private static final Map<String, String> HUGE_PAGES = Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    private static final long PYTHON_SECONDS = 120;

    private final Path folder;
    private final Path models;
    private final String java;
    private final String cpuFlags;
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    /**
     * Looks for them.
     *
     * @param home the folder of the project
     * @param java the program {@code java} for those that are Java
     */
    public Peers(Path home, String java) throws IOException, InterruptedException {
        this.folder = home.resolve("rnn-benchmarks/peers");
        this.models = home.resolve("rnn-benchmarks/target/models");
        this.java = java;
        Path cpuinfo = Path.of("/proc/cpuinfo");
        this.cpuFlags = Files.exists(cpuinfo) ? Files.readString(cpuinfo) : "";
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            for (String peer : List.of("javacpp", "djl", "dl4j", "onnxruntime", "python")) {
                missing.put(peer, "its libraries are here for Linux amd64 alone, and this is " + system);
            }
            return;
        }
        javacpp();
        djl();
        dl4j();
        python();
    }

    /** Those that can be run. */
    public List<Contender> contenders() {
        return List.copyOf(contenders);
    }

    /** The others, and why. */
    public Map<String, String> missing() {
        return Map.copyOf(missing);
    }

    private void javacpp() throws IOException {
        for (String oneDnn : List.of("on", "off")) {
            add("javacpp", "oneDNN " + oneDnn, List.of("-Dpeer.onednn=" + oneDnn), SMALL_PAGES);
            add("javacpp", "oneDNN " + oneDnn + ", huge pages", List.of("-Dpeer.onednn=" + oneDnn), HUGE_PAGES);
        }
    }

    private void djl() throws IOException {
        List<String> flags = List.of("-Dai.djl.offline=true");
        add("djl", "default", flags, SMALL_PAGES);
        add("djl", "huge pages", flags, HUGE_PAGES);
    }

    private void dl4j() throws IOException {
        add("dl4j", "default", List.of(), SMALL_PAGES);
        String core = has("avx512f") ? "SkylakeX" : has("avx2") ? "Haswell" : "";
        if (!core.isEmpty()) {
            Map<String, String> environment = new LinkedHashMap<>(Map.of("OPENBLAS_CORETYPE", core));
            add("dl4j", core, List.of(), environment);
            environment.putAll(HUGE_PAGES);
            add("dl4j", core + ", huge pages", List.of(), environment);
        }
    }

    private void python() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON)) || !succeeds("-c", "import torch, numpy")) {
            missing.put("python", "there is no PyTorch for " + PYTHON + " (Debian's package is python3-torch)");
        } else {
            List<String> program =
                    List.of(PYTHON, folder.resolve("python/bench.py").toString());
            contenders.add(new Contender("python", "default", program, SMALL_PAGES, Contender.WORKLOADS));
            contenders.add(new Contender("python", "huge pages", program, HUGE_PAGES, Contender.WORKLOADS));
        }
        if (!Files.exists(models.resolve("lstm.onnx"))) {
            Files.createDirectories(models);
            if (missing.containsKey("python")
                    || !succeeds(folder.resolve("python/export_onnx.py").toString(), models.toString())) {
                missing.put("onnxruntime", "its model is made with PyTorch for " + PYTHON + ", which failed");
                return;
            }
        }
        List<String> flags = List.of("-Dpeer.models=" + models);
        add("onnxruntime", "default", flags, SMALL_PAGES);
        add("onnxruntime", "huge pages", flags, HUGE_PAGES);
    }

    private static boolean succeeds(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(Arrays.asList(arguments));
        return Child.run(command, Map.of(), PYTHON_SECONDS).status() == 0;
    }

    /** Adds one that is Java, where Maven has built it. */
    private void add(String peer, String setting, List<String> flags, Map<String, String> environment)
            throws IOException {
        Path target = folder.resolve(peer).resolve("target");
        Path list = target.resolve("class-path.txt");
        if (!Files.exists(list)) {
            missing.put(peer, "it is not built: its Maven profile \"peers\" failed or was not run");
            return;
        }
        List<String> program = new ArrayList<>(List.of(java, "-Xmx4g", "-XX:+UseSerialGC"));
        program.addAll(flags);
        program.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + classPath(list)));
        program.add("org.rnn4j.peers." + peer.substring(0, 1).toUpperCase(Locale.ROOT) + peer.substring(1));
        Pattern workloads = peer.equals("onnxruntime") ? Pattern.compile("W6") : Contender.WORKLOADS;
        contenders.add(new Contender(peer, setting, program, environment, workloads));
    }

    /** Without the native libraries that are for other processors. */
    private String classPath(Path list) throws IOException {
        String others = has("avx512f") ? "-avx2.jar" : "-avx512.jar";
        return Arrays.stream(Files.readString(list).strip().split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith(others))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean has(String flag) {
        return cpuFlags.contains(" " + flag + " ");
    }
}
