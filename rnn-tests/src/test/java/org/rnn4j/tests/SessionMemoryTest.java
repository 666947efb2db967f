package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.Time;

/**
 * A session's step allocates nothing, once the JVM has compiled it. In a JVM of its own, with the plain kernels: those of the Vector API make
 * objects wherever the compiler leaves one in, which the benchmarks watch.
 */
class SessionMemoryTest {
    private static final int ROWS = 3;
    private static final int WIDTH = 8;
    private static final int HIDDEN = 12;
    private static final int VOCABULARY = 11;

    @Test
    void aStepAllocatesNothing() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Streams.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals(
                List.of("a model of ids: 0 bytes", "a cell of tensor operations: 0 bytes"),
                out.lines().toList());
    }

    /** A third-party cell that uses only tensor operations: a gated unit whose content is divided by its length. */
    private record ThirdPartyCell(Tensor w, Tensor u, Tensor b) implements Recurrent {
        ThirdPartyCell(Params params) {
            this(
                    params.get("w", Init.lecun(), WIDTH, 2 * HIDDEN),
                    params.get("u", Init.lecun(), 2 * HIDDEN, HIDDEN),
                    params.get("b", Init.zeros(), 2 * HIDDEN));
        }

        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", HIDDEN), StatePart.of("before", HIDDEN));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor h = previous.get("h");
            Tensor gates = x.matmul(w).plus(h.matmulTransposed(u)).plus(b);
            Tensor gate = gates.columns(0, HIDDEN).sigmoid();
            Tensor content = gates.columns(HIDDEN, 2 * HIDDEN).tanh();
            Tensor unit = content.dividedBy(content.times(content).sumColumns().plus(1));
            Tensor next = gate.times(h).plus(gate.oneMinus().times(unit));
            return new Step(
                    Tensor.join(List.of(next.softplus(), previous.get("before").relu())),
                    State.of("h", next, "before", h));
        }
    }

    /** The child process. */
    static final class Streams {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private static final int STEPS = 500;
        private static final int MOST_ROUNDS = 2_000;

        private Streams() {}

        public static void main(String[] args) {
            Model model = Model.create(
                    ModelSpec.chain()
                            .then("embed", new Embedding(VOCABULARY, WIDTH))
                            .then("convolution", new Convolution(WIDTH, WIDTH, 3))
                            .then("lstm", new Time(new LSTM(WIDTH, HIDDEN)))
                            .then("output", new Affine(HIDDEN, VOCABULARY))
                            .build(),
                    1);
            Session ofIds = model.session(ROWS);
            int[] ids = new int[ROWS];
            float[] logits = new float[ROWS * VOCABULARY];
            print("a model of ids", t -> {
                ids[t % ROWS] = t % VOCABULARY;
                ofIds.step(ids, logits);
                if (t % 100 == 99) {
                    ofIds.reset();
                }
            });
            CellSpec thirdParty = ThirdPartyCell::new;
            Session ofNumbers = Model.create(
                            ModelSpec.chain().then("time", new Time(thirdParty)).build(), 1)
                    .session(ROWS);
            float[] x = new float[ROWS * WIDTH];
            float[] y = new float[ROWS * 2 * HIDDEN];
            print("a cell of tensor operations", t -> {
                x[t % x.length] = t % 7;
                ofNumbers.step(x, y);
            });
        }

        /** The bytes of a round of compiled steps: the interpreter makes objects of which the compiler then finds that nobody needs them. */
        private static void print(String what, IntConsumer step) {
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && fewest > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int t = 0; t < STEPS; t++) {
                    step.accept(t);
                }
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            System.out.println(what + ": " + fewest + " bytes");
        }
    }
}
