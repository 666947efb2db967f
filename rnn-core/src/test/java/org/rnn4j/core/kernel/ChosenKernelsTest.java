package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.core.Acceleration;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.tensor.FloatTensor;

/** The choice is made once for a JVM, so each of these has one of its own. */
class ChosenKernelsTest {
    private static final int WIDTH = 37;

    /** As many steps as {@code args} says, or until the kernels are vectors and a few more; prints the steps, the kernels of the first and the last, and the bits. */
    public static void main(String[] args) throws InterruptedException {
        int limit = Integer.parseInt(args[0]);
        Shape shape = Shape.of(WIDTH, WIDTH);
        FloatTensor x = FloatTensor.wrap(shape, normals(1));
        float[] w = normals(2);
        String first = kernels();
        int steps = 0;
        int vectorSteps = 0;
        // Three minutes at most: who waits for a switch that never comes should be told so.
        while (limit > 0 ? steps < limit : vectorSteps < 5 && steps < 9_000) {
            FloatTensor weight = FloatTensor.variable(shape, w.clone());
            FloatTensor loss =
                    (FloatTensor) x.matmul(weight).tanh().logSoftmax().sum();
            float[] gradient = Gradients.of(loss).get(weight).toFloats();
            for (int i = 0; i < w.length; i++) {
                w[i] += 1e-3f * gradient[i];
            }
            steps++;
            if (kernels().equals("VectorKernels")) {
                vectorSteps++;
            } else if (limit == 0) {
                Thread.sleep(20);
            }
        }
        boolean vectors = Acceleration.ready().isDone() && Acceleration.ready().join();
        System.out.println(steps + " " + first + " " + kernels() + " " + Arrays.hashCode(w) + " " + vectors);
    }

    static String kernels() {
        return ChosenKernels.get().getClass().getSimpleName();
    }

    private static float[] normals(int seed) {
        Draws draws = Draws.of(seed);
        float[] values = new float[WIDTH * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.normal(i);
        }
        return values;
    }

    @Test
    void beginsPlainAndGoesOnInVectorsWithTheSameBits() throws IOException, InterruptedException {
        List<String> switching = run(List.of("--add-modules", "jdk.incubator.vector"), "0");
        assertEquals(List.of("PlainKernels", "VectorKernels"), switching.subList(1, 3));
        List<String> plain = run(List.of(), switching.get(0));
        assertEquals(List.of("PlainKernels", "PlainKernels"), plain.subList(1, 3));
        assertEquals(switching.get(3), plain.get(3));
        assertEquals("true", switching.get(4));
        assertEquals("false", plain.get(4));
    }

    /** In this JVM, which has the Vector API. */
    @Test
    void whoWaitsIsToldWhenTheKernelsAreReady() throws Exception {
        CompletableFuture<Boolean> mine = Acceleration.ready();
        mine.cancel(true);
        assertTrue(Acceleration.ready().get(5, TimeUnit.MINUTES));
        assertEquals("VectorKernels", kernels());
    }

    @Test
    void aNumberOfThreadsIsFromOneToAThousandOrSo() {
        assertEquals(3, ChosenKernels.threads(null, 3));
        assertEquals(1, ChosenKernels.threads("1", 3));
        assertEquals(1024, ChosenKernels.threads(" 1024 ", 3));
        for (String wrong : List.of("2147483647", "1025", "0", "-1", "99999999999", "abc", "")) {
            assertEquals(3, ChosenKernels.threads(wrong, 3), wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "99999999999", "abc", ""})
    void aNumberOfThreadsThatIsNoneIsToldAndNotObeyed(String wrong) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(List.of("-Drnn4j.threads=" + wrong), "1"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(
                output.contains("the system property rnn4j.threads is \"" + wrong
                        + "\", expected a whole number from 1 to 1024; RNN4J uses "
                        + Runtime.getRuntime().availableProcessors() + ", one for each core"),
                output);
    }

    /** The words of a line that a JVM of its own prints. */
    private static List<String> run(List<String> options, String steps) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(options, steps))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.matches("(\\S+ ){4}\\S+\\s+"), output);
        return List.of(output.strip().split(" "));
    }

    private static List<String> command(List<String> options, String steps) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), ChosenKernelsTest.class.getName(), steps));
        return command;
    }

    /** Of this process, which may have its modules elsewhere and its tests as a patch of one. */
    static String classPath() {
        return String.join(
                System.getProperty("path.separator"),
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""),
                Path.of("target", "classes").toString(),
                Path.of("target", "test-classes").toString());
    }
}
