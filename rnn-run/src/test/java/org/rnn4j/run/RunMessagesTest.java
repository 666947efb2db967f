package org.rnn4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Spec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.file.LockFile;

/**
 * What a user is told of a run that cannot be, through Guice and all: messages/run.txt, where DIR stands for the folder of the test, and LAYERS
 * for the names of all layers.
 */
class RunMessagesTest {
    private static final String LAYERS =
            String.join(", ", TypeRegistry.load().types(Spec.class).keySet());

    @TempDir
    Path directory;

    private final List<String> messages = new ArrayList<>();

    @Test
    void messagesAreThoseOfTheGoldenFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Path done = directory.resolve("done");
        run(Runs.YAML, done).start();
        add("folder with a run", () -> run(Runs.YAML, done).start());
        add(
                "folder without a run",
                () -> run(Runs.YAML, directory.resolve("none")).resume());
        add("folder is a file", () -> run(Runs.YAML, file).start());
        add("folder in a file", () -> run(Runs.YAML, file.resolve("a/b")).start());
        add("no configuration", () -> RunModule.run(directory.resolve("absent.yaml"), directory));

        change("unknown section", "loss:", "los:");
        change("no loss", "loss: {type: SoftmaxCrossEntropy}", "");
        change("loss is a layer", "type: SoftmaxCrossEntropy", "type: TimeLSTM, inputs: 1, hidden: 1");
        change("unknown data", "type: Counting", "type: Countin");
        change("data key", "rows: 3", "row: 3");
        change("unknown layer", "type: TimeLSTM", "type: TimeLSMT");
        change("unknown size", "ids: $vocabulary", "ids: $vocabulry");
        change("widths do not fit", "inputs: 4, hidden: 6", "inputs: 5, hidden: 6");
        change("unknown rule", "type: Adam", "type: Adm");
        change("rule's key", "weightDecay: 0.001", "weightDeca: 0.001");
        change("rule's value", "type: Adam,", "type: Adam, beta1: 1.5,");
        change("weight decay", "weightDecay: 0.001", "weightDecay: -1");
        change("pattern fits nothing", "embed.*", "embd.*");
        change("two patterns fit", "rateFactor: 0.5}", "rateFactor: 0.5}, {pattern: '*.weight', weightDecay: 0}");
        change("unknown schedule", "type: ConstantRate", "type: ConstRate");
        change("steps and epochs", "epochs: 2", "epochs: 2, steps: 3");
        change("no epochs", "epochs: 2", "epochs: 0");
        change("average after", "epochs: 2", "epochs: 2, averageAfter: 0");
        change("unknown metric", "[bits per character", "[bits per charcter");
        change("unknown listener", "- BestCheckpoint", "- BestCheckpoints");
        change("listener's value", "{type: Checkpoints, every: 10}", "{type: Checkpoints, every: 0}");
        change("listener twice", "- BestCheckpoint", "- {type: Metrics, every: 1}");
        change("picture too large", "width: 400", "width: 20000");
        change("patience", "patience: 100", "patience: 0");
        change("resumed with another model", done, "hidden: 6", "hidden: 6, forgetBias: 2");
        change("resumed with another seed", done, "seed: 3", "seed: 4");
        change("resumed with another rule", done, "type: Adam", "type: Sgd");
        change("resumed with another rate", done, "rate: 0.05", "rate: 0.5");
        change("resumed without clipping", done, "clip: 1,", "");
        change("resumed without a listener that counts", done, "- {type: EarlyStopping, patience: 100}", "");
        change("resumed with another loss", done, "SoftmaxCrossEntropy", "SoftmaxCrossEntropy, labelSmoothing: 0.1");
        add(
                "resumed with one of two changes allowed",
                () -> run(changed("rate: 0.05", "rate: 0.5").replace("clip: 1", "clip: 2"), done)
                        .resume(Set.of("schedule.rate")));
        add("allowed to change what is not there", () -> run(Runs.YAML, done).resume(Set.of("schedule.rat")));
        add("allowed to change the model", () -> run(Runs.YAML, done).resume(Set.of("model.nodes")));
        add(
                "allowed to change the model, and changed",
                () -> run(changed("hidden: 6", "hidden: 6, forgetBias: 2"), done)
                        .resume(Set.of("model")));
        add("allowed to change the seed", () -> run(Runs.YAML, done).resume(Set.of("seed")));
        change("resumed on other data", done, "steps: 5", "steps: 6");
        assertEquals(Runs.YAML, Files.readString(done.resolve("config.yaml")), "a refused run changes nothing");
        try (LockFile lock = new RunFolder(done).resume()) {
            assertTrue(lock.keepsOthersOut());
            add("folder in use", () -> run(Runs.YAML, done).resume());
        }
        Path checkpoint = new RunFolder(done).checkpoint();
        Files.delete(checkpoint);
        Files.createDirectory(checkpoint);
        add("checkpoint is a folder", () -> run(Runs.YAML, done).resume());
        String counting = "type: Counting, rows: 3, steps: 5";
        Path tiny = Files.writeString(directory.resolve("tiny.txt"), "a text");
        change("no text", counting, text(directory.resolve("absent.txt")));
        change("empty text", counting, text(file));
        change("text shorter than a window", counting, text(tiny));
        change("no name", counting, "type: Text, file: '', rows: 3, steps: 5");
        change("no path", counting, "type: Text, file: \"a\\0b\", rows: 3, steps: 5");
        change("no resource", counting, "type: Text, resource: absent.txt, rows: 3, steps: 5");
        List<String> golden = golden();
        for (int i = 0; i < Math.min(golden.size(), messages.size()); i++) {
            assertEquals(golden.get(i), messages.get(i));
        }
        assertEquals(golden.size(), messages.size());
    }

    private TrainingRun run(String yaml, Path folder) throws IOException {
        Path file = Files.writeString(directory.resolve("run.yaml"), yaml);
        return RunModule.run(file, folder, new AbstractModule() {
            @Override
            protected void configure() {
                bind(TypeRegistry.class).toInstance(Runs.types());
            }
        });
    }

    private static String text(Path file) {
        return "type: Text, file: '" + file + "', rows: 3, steps: 5";
    }

    /** A new run with a change in its configuration. */
    private void change(String name, String from, String to) {
        add(name, () -> run(changed(from, to), directory.resolve(name)).start());
    }

    /** A resumed run with a change in its configuration. */
    private void change(String name, Path folder, String from, String to) {
        add(name, () -> run(changed(from, to), folder).resume());
    }

    private static String changed(String from, String to) {
        String yaml = Runs.YAML.replace(from, to);
        if (yaml.equals(Runs.YAML)) {
            throw new AssertionError(from + " is not in the configuration");
        }
        return yaml;
    }

    private void add(String name, Executable part) {
        Exception e = assertThrows(Exception.class, part, name);
        messages.add(name + " = "
                + e.getMessage().replace(directory.toString(), "DIR").replace(LAYERS, "LAYERS"));
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = RunMessagesTest.class.getResourceAsStream("/messages/run.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
