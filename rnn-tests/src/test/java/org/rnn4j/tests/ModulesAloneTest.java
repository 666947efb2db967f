package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeLSTM;

/**
 * Each module used alone, by a program in a JVM of its own that has what the module needs and nothing else: on the class path, and as a
 * module on the module path. The programs are in {@code src/test/resources/alone}.
 */
class ModulesAloneTest {
    private static final List<String> CORE = List.of("org.rnn4j.api", "org.rnn4j.core", "ejml.core", "ejml.ddense");
    private static final List<String> CORE_AND_LAYERS = plus(CORE, "org.rnn4j.layers");
    private static final List<String> SERIALIZATION = plus(
            CORE,
            "org.rnn4j.serialization",
            "com.fasterxml.jackson.annotation",
            "com.fasterxml.jackson.core",
            "com.fasterxml.jackson.databind",
            "com.fasterxml.jackson.dataformat.yaml",
            "org.yaml.snakeyaml");

    private static final String API = "org.rnn4j.api.Tensor";
    private static final String EJML = "org.ejml.data.DMatrixRMaj";
    private static final String LAYERS = "org.rnn4j.layers.Layers";
    private static final String JACKSON = "com.fasterxml.jackson.core.JsonFactory";
    private static final String DATABIND = "com.fasterxml.jackson.databind.ObjectMapper";
    private static final String SNAKEYAML = "org.yaml.snakeyaml.Yaml";
    private static final String SERIALIZATION_CLASS = "org.rnn4j.serialization.checkpoint.CheckpointFile";
    private static final String TRAINING = "org.rnn4j.training.Trainer";
    private static final String RUN = "org.rnn4j.run.TrainingRun";
    private static final String GUICE = "com.google.inject.Guice";
    private static final String XCHART = "org.knowm.xchart.XYChart";
    private static final String PROGRESS_BAR = "me.tongfei.progressbar.ProgressBar";

    private static final long TIMEOUT_SECONDS = 60;

    /**
     * A program.
     *
     * @param name of its directory and its module
     * @param classPath what it needs on the class path
     * @param modulePath what it needs on the module path
     * @param absent classes that neither is to have
     * @param output its lines between the first, which names its module, and the absent classes
     */
    private record Program(
            String name, List<String> classPath, List<String> modulePath, List<String> absent, List<String> output) {
        String module() {
            return "alone." + name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Program> PROGRAMS = List.of(
            new Program(
                    "autograd",
                    CORE,
                    CORE,
                    List.of(LAYERS, SERIALIZATION_CLASS, JACKSON, TRAINING, GUICE),
                    List.of(
                            "(x+x)*x = 18.0, slope 12.0",
                            "ab = [19.0, 22.0, 43.0, 50.0], da = [11.0, 15.0, 11.0, 15.0], db = [4.0, 4.0, 6.0, 6.0]")),
            new Program(
                    "inference",
                    CORE_AND_LAYERS,
                    CORE_AND_LAYERS,
                    List.of(SERIALIZATION_CLASS, JACKSON, SNAKEYAML, TRAINING, GUICE),
                    List.of(logitsInThisJvm(), "the stream is the window")),
            new Program(
                    "discovery",
                    CORE_AND_LAYERS,
                    CORE_AND_LAYERS,
                    List.of(SERIALIZATION_CLASS, JACKSON, TRAINING, GUICE),
                    List.of(
                            "RNN is org.rnn4j.layers.cell.RNN of $layers",
                            "TimeLSTM is org.rnn4j.layers.sequence.TimeLSTM of $layers",
                            "Affine is org.rnn4j.layers.feedforward.Affine of $layers",
                            "SoftmaxCrossEntropy is org.rnn4j.layers.loss.SoftmaxCrossEntropy of $layers")),
            new Program(
                    "training",
                    plus(CORE_AND_LAYERS, "org.rnn4j.training"),
                    plus(CORE_AND_LAYERS, "org.rnn4j.training"),
                    List.of(SERIALIZATION_CLASS, JACKSON, SNAKEYAML, RUN, GUICE, XCHART, PROGRESS_BAR),
                    List.of(
                            "ended after step 40: all 40 steps are done",
                            "the loss fell below a tenth",
                            "stopped after 20 and resumed: the same bits")),
            // On the class path the files need no YAML, no data binding and no tensor; a module needs all that its
            // descriptor names.
            new Program(
                    "safetensors",
                    List.of("org.rnn4j.serialization", "org.rnn4j.core", "com.fasterxml.jackson.core"),
                    SERIALIZATION,
                    List.of(LAYERS, TRAINING, GUICE),
                    List.of("{made by=hand} [steps, encoder.wx]", "[2, 3] [1.0, -2.0, 0.5, 4.0, 5.0, 6.0] [20]")));

    @TempDir
    static Path programs;

    private static List<String> plus(List<String> modules, String... more) {
        return Stream.concat(modules.stream(), Arrays.stream(more)).toList();
    }

    private static String logitsInThisJvm() {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(5, 3))
                .then("lstm", new TimeLSTM(3, 4))
                .then("dropout", new Dropout(0.5))
                .then("output", new Affine(4, 5))
                .build();
        Model model = Model.create(spec, 1).inference();
        float[] logits = model.forward(Ids.of(new int[] {1, 4, 0, 2})).toFloats();
        return model.size() + " numbers, bits " + Arrays.hashCode(logits);
    }

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void onTheClassPath(Program program) throws Exception {
        String path = compiled(program) + File.pathSeparator + ClassPath.of(program.classPath);
        List<String> absent = new ArrayList<>(program.absent);
        if (!program.classPath.equals(program.modulePath)) {
            absent.addAll(List.of(API, EJML, DATABIND, SNAKEYAML));
        }
        run(expected(program, "unnamed", "unnamed", absent), absent, "-cp", path, program.module() + ".Main");
    }

    @ParameterizedTest
    @FieldSource("PROGRAMS")
    void onTheModulePath(Program program) throws Exception {
        String path = compiled(program) + File.pathSeparator + ClassPath.of(program.modulePath);
        List<String> expected = expected(program, program.module(), "org.rnn4j.layers", program.absent);
        String main = program.module() + "/" + program.module() + ".Main";
        run(expected, program.absent, "--module-path", path, "--module", main);
    }

    private static List<String> expected(Program program, String module, String layers, List<String> absent) {
        List<String> lines = new ArrayList<>(List.of("module " + module));
        program.output.forEach(line -> lines.add(line.replace("$layers", "module " + layers)));
        absent.forEach(name -> lines.add(name + " is absent"));
        return lines;
    }

    /** Compiles a program as a module against what it is to have, once for both of its runs. */
    private static Path compiled(Program program) throws IOException, URISyntaxException {
        Path classes = programs.resolve(program.module());
        if (Files.exists(classes)) {
            return classes;
        }
        Modules.compile(Modules.sources("/alone/" + program.name), 2, classes, ClassPath.of(program.modulePath));
        return classes;
    }

    private static void run(List<String> expected, List<String> absent, String... arguments) throws Exception {
        for (String name : absent) {
            // Here it is, so that a misspelt name is not taken for an absent class.
            assertEquals(
                    name,
                    Class.forName(name, false, ModulesAloneTest.class.getClassLoader())
                            .getName());
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(Arrays.asList(arguments));
        command.addAll(absent);

        Path standardOutput = Files.createTempFile(programs, "output", ".txt");
        Path standardError = Files.createTempFile(programs, "error", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(programs.toFile())
                .redirectOutput(Redirect.to(standardOutput.toFile()))
                .redirectError(Redirect.to(standardError.toFile()));
        // Options from outside would be announced on standard error.
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"));
        Process process = builder.start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertEquals("", KernelNotice.without(Files.readString(standardError)));
        assertEquals(expected, Files.readAllLines(standardOutput));
        assertTrue(ended, "still running after " + TIMEOUT_SECONDS + " s");
        assertEquals(0, process.exitValue());
    }
}
