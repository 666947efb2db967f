package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Shape;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.cell.PeepholeLSTM;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.run.inject.RunModule;

/** What does not fit a heap of 64 MB is said: where, how much, and what to do. In a JVM of its own. */
class SmallHeapTest {
    @Test
    void whatDoesNotFitIsSaid() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Programs.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor());
        assertEquals(3, out.size(), out.toString());
        assertTrue(
                out.get(0)
                        .matches(
                                "lstm.cell: the model's parameters need 1,848 MB, and this JVM's heap has at most \\d+ MB; the largest is"
                                        + " lstm.cell.wh\\(11000,44000\\) with 1,847 MB. Take smaller layers or a larger heap \\(-Xmx\\); training"
                                        + " needs up to four times the parameters"),
                out.get(0));
        assertTrue(
                out.get(1)
                        .matches(
                                "peephole: the heap of \\d+ MB is too small for an input of shape \\(1,20000,8\\): what a window computes is"
                                        + " held until its end, in training all of it for the gradients. Take shorter windows .*"),
                out.get(1));
        assertTrue(
                out.get(2)
                        .matches(
                                "step 1: the checkpoint was not saved: it is a copy of the parameters and of what the optimizer remembers, for"
                                        + " which this JVM's heap of \\d+ MB has no room beside the training. Take a larger heap \\(-Xmx\\)"),
                out.get(2));
    }

    /** The child process. */
    static final class Programs {
        private Programs() {}

        public static void main(String[] args) {
            print(() -> Model.create(
                    ModelSpec.chain().then("lstm", new TimeLSTM(8, 11_000)).build(), 1));
            Model model = Model.create(
                    ModelSpec.chain()
                            .then("peephole", new Time(new PeepholeLSTM(8, 64)))
                            .build(),
                    1);
            print(() -> model.forward(Tensors.zeros(Shape.of(1, 20_000, 8))));
            print(Programs::train);
        }

        /** Some 7 MB of parameters, as many of gradients and twice as many that Adam remembers fit; a copy of them does not. */
        private static void train() {
            try {
                Path directory = Files.createTempDirectory("small-heap");
                Path text = Files.writeString(directory.resolve("text.txt"), "the old shop was dark. ".repeat(8));
                Path config = Files.writeString(directory.resolve("run.yaml"), """
                        format: 1
                        seed: 3
                        data: {type: Text, file: '%s', rows: 1, steps: 1}
                        model:
                          chain:
                            embed:  {type: Embedding, ids: $vocabulary, width: 1}
                            widen:  {type: Affine, inputs: 1, outputs: 100000}
                            narrow: {type: Affine, inputs: 100000, outputs: $vocabulary}
                        loss: {type: SoftmaxCrossEntropy}
                        optimizer: {type: Adam}
                        schedule: {type: ConstantRate, rate: 0.05}
                        training: {steps: 1}
                        listeners: [Checkpoints]
                        """.formatted(text));
                RunModule.run(config, directory.resolve("run")).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void print(Runnable what) {
            try {
                what.run();
                System.out.println("it fitted");
            } catch (IllegalArgumentException | IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
