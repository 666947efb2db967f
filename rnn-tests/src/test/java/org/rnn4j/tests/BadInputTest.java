package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.safetensors.SafetensorsReader;

/**
 * What a user is told of bad input, whole: messages/bad-input.txt has one entry for each case. There DIR stands for the folder of the test, and
 * LAYERS for the names of all layers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String LAYERS =
            String.join(", ", TypeRegistry.load().types(Spec.class).keySet());
    private static final String YAML = """
            format: 1
            seed: 3
            data: {type: Text, file: 'DIR/corpus.txt', rows: 3, steps: 5}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 4}
                lstm:   {type: TimeLSTM, inputs: 4, hidden: 6, stateful: true}
                output: {type: Affine, inputs: 6, outputs: $vocabulary}
            loss: {type: SoftmaxCrossEntropy}
            optimizer: {type: Sgd}
            schedule: {type: ConstantRate, rate: 0.1}
            training: {steps: 4}
            listeners: [Metrics, {type: Checkpoints, every: 1}]
            """;
    private static final String NET = """
            net:
                  type: Sequential
                  layers:
                    lstm: {type: TimeLSTM, inputs: 5, hidden: 6}
            """;

    private final Map<String, ThrowingSupplier<String>> cases = new LinkedHashMap<>();
    private Path directory;
    /** The folder of a run that has ended well. */
    private Path done;

    @BeforeAll
    void collect(@TempDir Path shared) throws Exception {
        directory = shared;
        done = shared.resolve("done");
        write("corpus.txt", "a small text, of which little can be learnt, again and again. ".repeat(3));
        run(YAML, done).start();

        modelCases();
        configurationCases();
        providerCases();
        fileCases();
        folderCases();
        dataCases();
        trainingCases();
    }

    @Test
    void entriesAndCasesCorrespondOneToOne() throws IOException {
        assertEquals(List.copyOf(entries().keySet()), List.copyOf(cases.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> messages() throws IOException {
        Map<String, String> entries = entries();
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertEquals(
                                entries.get(entry.getKey()), entry.getValue().get())));
    }

    // ---- the cases, by what is wrong

    private void modelCases() {
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(5, 4))
                        .then("lstm", new TimeLSTM(4, 6))
                        .then("output", new Affine(6, 5))
                        .build(),
                1);
        Ids ids = Ids.of(new int[] {0, 1, 2}, new int[] {3, 4, 0});
        configured("wrong shapes inside a stack", "inputs: 4, hidden: 6", "inputs: 5, hidden: 6");
        configured(
                "wrong shapes deeper inside a stack",
                "lstm:   {type: TimeLSTM, inputs: 4, hidden: 6, stateful: true}",
                NET);
        configured(
                "wrong shape of a shared weight",
                "inputs: 6, outputs: $vocabulary",
                "inputs: 6, outputs: $vocabulary, weight: {sameAs: embed.weight}");
        add("numbers where ids are expected", () -> model.forward(Tensors.zeros(Shape.of(2, 3, 4))));
        add("an id outside the vocabulary", () -> model.forward(Ids.of(new int[] {0, 1, 2}, new int[] {3, 5, 0})));
        configured("a label outside the vocabulary", "outputs: $vocabulary", "outputs: 5");
        add(
                "a length longer than the window",
                () -> model.forward(Window.of(ids).with(Spans.of(3, 4))));
        add(
                "lengths of another number of rows",
                () -> model.forward(Window.of(ids).with(Spans.of(3))));
        configured(
                "a cell where a layer is expected",
                "type: TimeLSTM, inputs: 4, hidden: 6, stateful: true",
                "type: LSTM, inputs: 4, hidden: 6");
        configured(
                "a layer where a cell is expected",
                "type: TimeLSTM, inputs: 4, hidden: 6, stateful: true",
                "type: Time, cell: {type: Affine, inputs: 4, outputs: 6}");
    }

    private void configurationCases() {
        configured("an unknown layer type", "type: TimeLSTM", "type: TimeLSMT");
        configured("an unknown layer type far from all", "type: TimeLSTM", "type: acme.Transformer");
        configured("a misspelt key", "steps: 4}", "step: 4}");
        configured("a misspelt key of a layer", "hidden: 6", "hiden: 6");
        configured("an unknown key", "training: {steps: 4}", "training: {steps: 4, momentum: 0.9}");
        configured("a missing value", ", hidden: 6", "");
        configured("a missing section", "loss: {type: SoftmaxCrossEntropy}\n", "");
        configured("a value of another type", "hidden: 6", "hidden: many");
        configured("a value out of range", "hidden: 6", "hidden: 0");
        configured("malformed YAML", "training: {steps: 4}", "training: {steps: 4");
        add("no configuration", () -> RunModule.run(directory.resolve("absent.yaml"), directory.resolve("new")));
        commandLine("a misspelt key, on the command line", "steps: 4}", "step: 4}");
    }

    private void providerCases() throws IOException {
        Path one = provider("one", "");
        Path two = provider("two", "");
        Path ill = provider("ill", "static final int NUMBER = Integer.parseInt(\"ten\");");
        add("a provider that cannot be initialized", () -> loadWith(ill));
        add("two providers of one id", () -> loadWith(one, two));
        Path services = Files.createDirectories(directory.resolve("gone/META-INF/services"));
        Files.writeString(services.resolve(TypeProvider.class.getName()), "acme.Gone");
        add("a provider whose class is missing", () -> loadWith(directory.resolve("gone")));
        List<String> layers = Child.classPath().stream()
                .filter(entry -> entry.replace(File.separatorChar, '/').matches(".*/rnn-layers[^/]*(/target/classes)?"))
                .toList();
        assertEquals(1, layers.size(), "rnn-layers is one entry of the class path");
        List<String> withoutServices = new ArrayList<>(Child.classPath());
        withoutServices.set(
                withoutServices.indexOf(layers.get(0)),
                withoutServices(Path.of(layers.get(0))).toString());
        commandLine("no provider at all, on the command line", withoutServices, directory.resolve("new"), YAML);
    }

    /** The classes of a folder or jar without its META-INF, as in one jar of everything that was put together carelessly. */
    private Path withoutServices(Path classes) throws IOException {
        Path copy = directory.resolve("without-services");
        if (Files.isDirectory(classes)) {
            copyClasses(classes, copy);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                copyClasses(jar.getPath("/"), copy);
            }
        }
        return copy;
    }

    private static void copyClasses(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void fileCases() throws IOException {
        byte[] sound = Files.readAllBytes(new RunFolder(done).checkpoint());
        Path truncated = write("truncated.safetensors", Arrays.copyOf(sound, sound.length - 100));
        Path tampered = write("tampered.safetensors", replaced(sound, "\"dtype\":\"F32\"", "\"dtype\":\"F16\""));
        Path misshapen = write("misshapen.safetensors", replaced(sound, "\"shape\":[6,", "\"shape\":[7,"));
        Path foreign = write("text.safetensors", "this is a text and no tensors".getBytes(StandardCharsets.UTF_8));
        add("a truncated safetensors file", () -> SafetensorsReader.open(truncated));
        add("a tampered safetensors file", () -> SafetensorsReader.open(tampered));
        add("a safetensors file with another shape", () -> SafetensorsReader.open(misshapen));
        add("a file that is no safetensors file", () -> SafetensorsReader.open(foreign));
        add("no safetensors file", () -> SafetensorsReader.open(directory.resolve("absent.safetensors")));
        // As of the first format, which has no digests: in the second, one notices the change before what it means.
        byte[] unsealed =
                replaced(replaced(sound, "\"format\":\"2\"", "\"format\":\"1\""), "\"sha256\":", "\"sha-no\":");
        add(
                "a checkpoint with another configuration",
                () -> CheckpointFile.load(
                        write("changed.safetensors", replaced(unsealed, "\\\"hidden\\\":6", "\\\"hidden\\\":7")),
                        TypeRegistry.load()));
        resumed("a checkpoint of another model", "hidden: 6", "hidden: 7");
        resumed("a checkpoint with another layer", "type: TimeLSTM", "type: TimeGRU");
        resumed("a checkpoint of another seed", "seed: 3", "seed: 4");
        resumed("a checkpoint of another optimizer", "type: Sgd", "type: Adam");
        resumed("a checkpoint of other data", "steps: 5", "steps: 6");
        Path broken = Files.createDirectory(directory.resolve("broken"));
        Files.copy(truncated, new RunFolder(broken).checkpoint());
        commandLine("a truncated checkpoint, on the command line", Child.classPath(), broken, YAML, "--resume");
        commandLine(
                "a change that is not allowed, on the command line",
                Child.classPath(),
                done,
                changed("rate: 0.1", "rate: 0.2").replace("steps: 4}", "steps: 4, clip: 2}"),
                "--resume",
                "--allow-changed",
                "training.clip,optimizer");
        commandLine(
                "changes allowed to a new run, on the command line",
                Child.classPath(),
                directory.resolve("new"),
                YAML,
                "--allow-changed",
                "schedule");
    }

    private void folderCases() throws IOException {
        Path file = write("file", "in its place");
        add("a file in the run folder's place", () -> run(YAML, file).start());
        add(
                "a file on the way to the run folder",
                () -> run(YAML, file.resolve("runs/1")).start());
        add("a run folder with another run", () -> run(YAML, done).start());
        add("nothing to resume", () -> run(YAML, directory.resolve("new")).resume());
        commandLine("a file in the run folder's place, on the command line", Child.classPath(), file, YAML);
    }

    private void dataCases() throws IOException {
        String usual = "file: 'DIR/corpus.txt'";
        write("empty.txt", "");
        write("short.txt", "a text");
        write("latin1.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        configured("an empty corpus", usual, "file: 'DIR/empty.txt'");
        configured("a corpus shorter than one window", usual, "file: 'DIR/short.txt'");
        configured("a corpus that is not UTF-8", usual, "file: 'DIR/latin1.txt'");
        configured("a missing data file", usual, "file: 'DIR/absent.txt'");
        configured("a missing resource", usual, "resource: absent.txt");
        configured("neither a file nor a resource", usual + ", ", "");
    }

    private void trainingCases() {
        // The first step makes weights of which the products are too large for a float.
        add("a loss that is not finite", () -> {
            Path folder = directory.resolve("wild");
            try {
                run(changed("rate: 0.1", "rate: 3e38"), folder).start();
            } finally {
                // The state after the first step is one that nobody could go on from.
                assertFalse(Files.exists(new RunFolder(folder).checkpoint()));
            }
        });
        add(
                "a loss that is not finite, without a checkpoint",
                () -> run(
                                changed("rate: 0.1", "rate: 3e38").replace(", {type: Checkpoints, every: 1}", ""),
                                directory.resolve("wilder"))
                        .start());
    }

    // ---- how they are given

    private void add(String name, ThrowingSupplier<String> message) {
        assertFalse(cases.containsKey(name), () -> name + " is there twice");
        cases.put(name, message);
    }

    /** What is thrown. */
    private void add(String name, Executable part) {
        add(name, (ThrowingSupplier<String>)
                () -> pinned(assertThrows(Exception.class, part).getMessage()));
    }

    /** A new run with a change in its configuration; it leaves nothing half-done. */
    private void configured(String name, String from, String to) {
        Path folder = directory.resolve(name);
        add(name, () -> {
            try {
                run(changed(from, to), folder).start();
            } finally {
                assertNothingHalfDone(folder);
            }
        });
    }

    /** A resumed run with a change in its configuration; the folder stays as it was. */
    private void resumed(String name, String from, String to) {
        add(name, () -> {
            Map<String, String> before = contents(done);
            try {
                run(changed(from, to), done).resume();
            } finally {
                assertEquals(before, contents(done));
            }
        });
    }

    private void commandLine(String name, String from, String to) {
        commandLine(name, Child.classPath(), directory.resolve("new"), changed(from, to));
    }

    /** The command line prints the message and nothing else on standard error, ends with status 1, and writes no file. */
    private void commandLine(String name, List<String> classPath, Path folder, String yaml, String... more) {
        add(name, (ThrowingSupplier<String>) () -> {
            Path config = write(name + ".yaml", yaml.replace("DIR", directory.toString()));
            List<String> arguments = new ArrayList<>(List.of("quickstart", "--config", config.toString()));
            arguments.addAll(List.of("--folder", folder.toString()));
            arguments.addAll(List.of(more));
            Map<String, String> before = contents(folder);
            try (Child child =
                    Child.start(directory.resolve(name), classPath, Map.of(), arguments.toArray(String[]::new))) {
                assertEquals(1, child.status(), child.out());
                assertEquals(before, contents(folder));
                assertTrue(child.err().endsWith(System.lineSeparator()), child.err());
                return pinned(child.err().stripTrailing());
            }
        });
    }

    private TrainingRun run(String yaml, Path folder) throws IOException {
        return RunModule.run(write("run.yaml", yaml.replace("DIR", directory.toString())), folder);
    }

    private static String changed(String from, String to) {
        assertTrue(YAML.contains(from), () -> from + " is not in the configuration");
        return YAML.replace(from, to);
    }

    /** As with more on the class path. */
    private static void loadWith(Path... more) throws IOException {
        URL[] urls = new URL[more.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = more[i].toUri().toURL();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            TypeRegistry.load().type(Spec.class, "acme.Unit");
        } catch (IllegalArgumentException e) {
            // The list is every layer of ours.
            throw new IllegalArgumentException(e.getMessage().replaceFirst("Known are [^.]*", "Known are …"), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A jar with a provider of acme.Unit, a class of its own, and with a member more. */
    private Path provider(String name, String member) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes-" + name));
        Path source = write("Provider.java", """
                package acme.%s;

                import java.util.Map;
                import org.rnn4j.api.Layer;
                import org.rnn4j.api.TypeProvider;
                import org.rnn4j.api.Types;
                import org.rnn4j.api.LayerSpec;
                import org.rnn4j.api.Params;
                import org.rnn4j.api.Spec;

                public final class Provider implements TypeProvider {
                    %s

                    @Override
                    public Types types() {
                        return Types.of(Spec.class, () -> Map.of("acme.Unit", Unit.class));
                    }

                    public record Unit() implements LayerSpec<Layer> {
                        @Override
                        public Layer create(Params params) {
                            return (x, pass) -> x;
                        }
                    }
                }
                """.formatted(name, member));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = String.join(File.pathSeparator, Child.classPath());
        int status = compiler.run(
                null, null, null, "-proc:none", "-cp", classPath, "-d", classes.toString(), source.toString());
        assertEquals(0, status, "the provider does not compile");
        Path jar = directory.resolve("acme-" + name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (String type : List.of("Provider", "Provider$Unit")) {
                String entry = "acme/" + name + "/" + type + ".class";
                zip.putNextEntry(new JarEntry(entry));
                zip.write(Files.readAllBytes(classes.resolve(entry)));
            }
            zip.putNextEntry(new JarEntry("META-INF/services/" + TypeProvider.class.getName()));
            zip.write(("acme." + name + ".Provider").getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    /** The first occurrence of some bytes replaced by as many others. */
    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(from);
        assertTrue(
                at >= 0 && from.length() == to.length(),
                () -> from + " is not in the file, or " + to + " does not fit");
        return (text.substring(0, at) + to + text.substring(at + from.length())).getBytes(StandardCharsets.ISO_8859_1);
    }

    // ---- what is compared

    private String pinned(String message) {
        assertFalse(message.contains("\n"), () -> "more than one line: " + message);
        return message.replace(directory.toString(), "DIR").replace(LAYERS, "LAYERS");
    }

    private static void assertNothingHalfDone(Path folder) throws IOException {
        List<String> known = List.of("", "config.yaml", "metrics.jsonl", "run.json");
        contents(folder).keySet().forEach(file -> assertTrue(known.contains(file), file));
    }

    /** The files in a folder, by their names; of a file itself, its content; nothing where there is nothing. */
    private static Map<String, String> contents(Path path) throws IOException {
        Map<String, String> result = new LinkedHashMap<>();
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path part : all.sorted().toList()) {
                    String name = path.relativize(part).toString();
                    result.put(
                            name,
                            Files.isDirectory(part) ? "a folder" : Files.readString(part, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return result;
    }

    /** The golden file: name = message. */
    private static Map<String, String> entries() throws IOException {
        try (InputStream in = BadInputTest.class.getResourceAsStream("/messages/bad-input.txt")) {
            Map<String, String> entries = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] parts = line.split(" = ", 2);
                assertEquals(2, parts.length, line);
                assertEquals(null, entries.put(parts[0], parts[1]), () -> parts[0] + " is there twice");
            });
            return entries;
        }
    }
}
