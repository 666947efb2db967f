package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;

class SessionTest {
    private final Model model = Model.create(Toys.languageModel(false), 3);

    /** The outputs of one row of ids as one long window gives them. */
    private float[] window(int... ids) {
        return model.forward(Ids.of(ids)).toFloats();
    }

    private static float[] stream(Session session, int... ids) {
        float[] all = new float[ids.length * 7];
        float[] y = new float[7];
        for (int t = 0; t < ids.length; t++) {
            session.step(new int[] {ids[t]}, y);
            System.arraycopy(y, 0, all, t * 7, 7);
        }
        return all;
    }

    @Property(tries = 50)
    void aStreamGivesTheBitsOfOneLongWindow(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 6) Integer> ids) {
        int[] row = ids.stream().mapToInt(Integer::intValue).toArray();
        assertArrayEquals(window(row), stream(model.session(1), row));
    }

    @Test
    void aForkGoesOnOnItsOwn() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Session fork = session.fork();
        float[] forked = stream(fork, 4, 5);
        float[] original = stream(session, 6, 0);
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 3, 4, 5), 21, 35), forked);
        assertArrayEquals(Arrays.copyOfRange(window(1, 2, 3, 6, 0), 21, 35), original);
    }

    @Test
    void aStateCanBeSavedAndRestoredAndForgotten() {
        Session session = model.session(1);
        stream(session, 1, 2, 3);
        Carry saved = Carry.ofTensors(session.state().tensors());
        float[] first = stream(session, 4);
        session.restore(saved);
        assertArrayEquals(first, stream(session, 4));
        session.reset();
        assertArrayEquals(window(4), stream(session, 4));
    }

    @Test
    void rowsStreamSideBySide() {
        Session session = model.session(2);
        float[] y = new float[14];
        session.step(new int[] {1, 2}, y);
        session.step(new int[] {3, 4}, y);
        assertArrayEquals(Arrays.copyOfRange(window(1, 3), 7, 14), Arrays.copyOfRange(y, 0, 7));
        assertArrayEquals(Arrays.copyOfRange(window(2, 4), 7, 14), Arrays.copyOfRange(y, 7, 14));
    }

    @Test
    void eightThreadsShareAModel() throws Exception {
        List<float[]> expected = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            expected.add(stream(model.session(1), row(thread)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int[] ids = row(thread);
                results.add(pool.submit(() -> stream(model.session(1), ids)));
            }
            for (int thread = 0; thread < 8; thread++) {
                assertArrayEquals(expected.get(thread), results.get(thread).get());
            }
        } finally {
            pool.shutdown();
        }
    }

    private static int[] row(int thread) {
        int[] ids = new int[200];
        for (int t = 0; t < ids.length; t++) {
            ids[t] = (t * (thread + 2) + thread) % 7;
        }
        return ids;
    }

    @Test
    void refusesToGoOnWithOtherParameters() {
        Session session = model.session(1);
        model.parameter("leaky.cell.a").set(0, 0, 0, 0, 0);
        assertEquals(
                "the model's parameters were changed since this session began;"
                        + " serve from model.copy(), or begin a new session",
                assertThrows(IllegalStateException.class, () -> stream(session, 1))
                        .getMessage());
    }

    @Test
    void refusesArraysThatDoNotFit() {
        Session session = model.session(2);
        assertEquals(
                "1 ids for 2 rows",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[1], new float[14]))
                        .getMessage());
        assertEquals(
                "the output has the shape (2,1,7), which is 14 numbers, but y has 7",
                assertThrows(IllegalArgumentException.class, () -> session.step(new int[2], new float[7]))
                        .getMessage());
        assertEquals(
                "3 numbers cannot be 2 rows",
                assertThrows(IllegalArgumentException.class, () -> session.step(new float[3], new float[14]))
                        .getMessage());
    }
}
