package org.rnn4j.core.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;

class AveragesTest {
    private static Model model() {
        return Model.create(
                ModelSpec.chain().then("line", new OptimizerTest.Line()).build(), 1);
    }

    @Test
    void meansOfAllParametersSinceTheBeginning() {
        Model model = model();
        model.parameter("line.w").set(9, 9, 9);
        model.parameter("line.w").set(1, 2, 3);
        Averages averages = new Averages(model);
        assertArrayEquals(new float[] {1, 2, 3}, means(averages));
        model.parameter("line.w").set(3, 2, -3);
        averages.add();
        assertArrayEquals(new float[] {2, 2, 0}, means(averages));
        model.parameter("line.w").set(8, 2, 6);
        averages.add();
        assertArrayEquals(new float[] {4, 2, 2}, means(averages));
        assertEquals(3, averages.count());
        assertArrayEquals(new float[] {8, 2, 6}, model.parameter("line.w").values());
        assertArrayEquals(
                new float[] {1, 1, 1}, averages.model().parameter("line.b").values());
    }

    private static float[] means(Averages averages) {
        return averages.model().parameter("line.w").values();
    }

    @Test
    void goesOnFromItsMeans() {
        Model model = model();
        Averages whole = new Averages(model);
        Averages parts = new Averages(model);
        Random random = new Random(2);
        double[] sums = {2, 2, 2};
        for (int step = 1; step <= 1000; step++) {
            float[] w = {random.nextFloat(), 5 * random.nextFloat(), -random.nextFloat()};
            for (int i = 0; i < 3; i++) {
                sums[i] += w[i];
            }
            model.parameter("line.w").set(w);
            whole.add();
            parts.add();
            if (step % 300 == 0) {
                Map<String, Tensor> values = new LinkedHashMap<>();
                parts.model().parameters().forEach(p -> values.put(p.name(), p.snapshot()));
                parts = new Averages(model, values, parts.count());
            }
        }
        assertArrayEquals(means(whole), means(parts));
        for (int i = 0; i < 3; i++) {
            assertEquals(sums[i] / 1001, means(whole)[i], 1e-5);
        }
    }

    /** Worse than the best of those more than n before it: the last 1 and 2 are not asked. */
    @Test
    void whenItIsTime() {
        assertFalse(Averages.areDue(List.of(), 1));
        assertFalse(Averages.areDue(List.of(1.0, 2.0), 1));
        assertTrue(Averages.areDue(List.of(1.0, 0.5, 2.0), 1));
        assertFalse(Averages.areDue(List.of(3.0, 1.0, 2.0), 1));
        assertFalse(Averages.areDue(List.of(1.0, 0.5, 1.0), 1));
        assertFalse(Averages.areDue(List.of(5.0, 4.0, 3.0, 2.0, 4.0), 3));
        assertTrue(Averages.areDue(List.of(5.0, 4.0, 3.0, 2.0, 4.5), 2));
        assertFalse(Averages.areDue(List.of(1.0, 2.0, 3.0), Long.MAX_VALUE));
    }

    @Test
    void otherMeansAreRefused() {
        Model model = model();
        assertEquals(
                "the mean of line.w is missing, expected (3)",
                assertThrows(IllegalArgumentException.class, () -> new Averages(model, Map.of(), 3))
                        .getMessage());
        assertEquals(
                "count is 0, expected 1 or more",
                assertThrows(IllegalArgumentException.class, () -> new Averages(model, Map.of(), 0))
                        .getMessage());
    }
}
