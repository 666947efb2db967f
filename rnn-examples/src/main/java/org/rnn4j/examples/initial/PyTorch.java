package org.rnn4j.examples.initial;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Model;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.TrainerSettings;

/**
 * Trains a task's model in PyTorch, from PyTorch's default initial values, on the batches that ours is trained on: {@code initial_values.py}
 * reads them one after the other, and prints the loss on the validation part.
 *
 * @param python the program
 */
record PyTorch(String python) {
    private static final Path SCRIPT =
            Path.of(System.getProperty("rnn.home", "."), "rnn-examples", "src", "main", "python", "initial_values.py");

    /** The task's result, from what its configuration says. */
    double result(InitialTask task, RunConfiguration configuration) {
        try {
            DataSet data = configuration.data().load();
            Model model = Model.create(configuration.model(data.sizes()), configuration.seed());
            TrainerSettings settings = configuration.training(configuration.schedule(), data.metrics());
            Schedule schedule = settings.schedule().over(settings.steps());
            Process process = new ProcessBuilder(
                            python,
                            SCRIPT.toString(),
                            task.label(),
                            Long.toString(configuration.seed()),
                            Integer.toString(
                                    model.parameter("output.bias").shape().size()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
                for (long step = 0; step < settings.steps(); step++) {
                    write(out, data.training().batch(step), schedule.rate(step, List.of()), settings.clip());
                }
                Batches validation = data.validation();
                for (long i = 0; i < validation.perEpoch(); i++) {
                    write(out, validation.batch(i), 0, 0);
                }
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(python + " " + SCRIPT + " ended with status " + process.exitValue());
            }
            return task.result(Double.parseDouble(printed.strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(python + " " + SCRIPT + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + python + " was training", e);
        }
    }

    /** One line of numbers, and then each array: its name and shape on a line, and its bytes. */
    private static void write(OutputStream out, Batch batch, double rate, double clip) throws IOException {
        line(out, rate + " " + clip + " " + (batch.spans().anyBeginsAt(0) ? 1 : 0));
        for (Map.Entry<String, Value> input : batch.inputs().entrySet()) {
            write(out, input.getKey(), input.getValue());
        }
        write(out, "wanted", batch.target());
        if (batch.inputSpans().containsKey("source")) {
            Shape source = batch.inputs().get("source").shape();
            int[] lengths = new int[source.dim(0)];
            for (int n = 0; n < lengths.length; n++) {
                lengths[n] = batch.inputSpans().get("source").validSteps(n, source.dim(1));
            }
            write(out, "lengths", Ids.of(Shape.of(lengths.length), lengths));
        }
        line(out, "");
    }

    private static void write(OutputStream out, String name, Value value) throws IOException {
        Shape shape = value.shape();
        ByteBuffer bytes = ByteBuffer.allocate(4 * shape.size()).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder head = new StringBuilder(name);
        if (value instanceof Tensor tensor) {
            bytes.asFloatBuffer().put(tensor.toFloats());
            head.append(" f4");
        } else {
            bytes.asIntBuffer().put(((Ids) value).toArray());
            head.append(" i4");
        }
        for (int dim : shape.dims()) {
            head.append(' ').append(dim);
        }
        line(out, head.toString());
        out.write(bytes.array());
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
