package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.layers.Affine;
import org.rnn4j.layers.Embedding;
import org.rnn4j.layers.GRU;
import org.rnn4j.layers.LSTM;
import org.rnn4j.layers.RNN;
import org.rnn4j.layers.Time;

/** A session's step allocates nothing, once the JVM has compiled it. */
class SessionMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 3;
    private static final int WIDTH = 16;
    private static final int HIDDEN = 24;
    private static final int VOCABULARY = 11;

    private static final int STEPS = 500;
    private static final int MOST_ROUNDS = 200;

    private static Model model(LayerSpec<? extends Recurrent> cell) {
        return Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(VOCABULARY, WIDTH))
                        .then("time", new Time(cell))
                        .then("output", new Affine(HIDDEN, VOCABULARY))
                        .build(),
                1);
    }

    static List<LayerSpec<? extends Recurrent>> cells() {
        return List.of(new RNN(WIDTH, HIDDEN), new LSTM(WIDTH, HIDDEN), new GRU(WIDTH, HIDDEN));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aStepOnIdsAllocatesNothing(LayerSpec<? extends Recurrent> cell) {
        Session session = model(cell).session(ROWS);
        int[] ids = new int[ROWS];
        float[] y = new float[ROWS * VOCABULARY];
        session.step(ids, y);
        session.step(ids, y);
        assertTrue(session.replays());
        assertEquals(0, fewestBytes(t -> {
            ids[t % ROWS] = t % VOCABULARY;
            session.step(ids, y);
        }));
    }

    @Test
    void aStepOnNumbersAllocatesNothing() {
        Model model = Model.create(
                ModelSpec.chain()
                        .then("time", new Time(new LSTM(WIDTH, HIDDEN)))
                        .build(),
                1);
        Session session = model.session(1);
        float[] x = new float[WIDTH];
        float[] y = new float[HIDDEN];
        session.step(x, y);
        session.step(x, y);
        assertTrue(session.replays());
        assertEquals(0, fewestBytes(t -> {
            x[t % WIDTH] = t % 7;
            session.step(x, y);
            if (t % 50 == 0) {
                session.reset();
            }
        }));
    }

    /** What a round of steps allocates, when they are compiled: the interpreter allocates what the compiler then finds nobody needs. */
    private static long fewestBytes(IntConsumer step) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && fewest > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < STEPS; t++) {
                step.accept(t);
            }
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
