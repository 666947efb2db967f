package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.TimeRNN;

class SamplerTest {
    private static final Vocabulary ABC = new Vocabulary(new CharTokenizer(), List.of("\uFFFD", "a", "b", "c"));

    /** A model that gives the same scores always. */
    private static Model constant(float... scores) {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(scores.length, 1))
                .then("output", new Affine(1, scores.length))
                .build();
        Model model = Model.create(spec, 1);
        model.parameter("output.weight").set(new float[scores.length]);
        model.parameter("output.bias").set(scores);
        return model;
    }

    private static Model recurrent() {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(4, 3))
                .then("rnn", new TimeRNN(3, 5))
                .then("output", new Affine(5, 4))
                .build();
        return Model.create(spec, 1);
    }

    @Test
    void frequenciesAreTheSoftmaxAtTheTemperature() {
        // p(a) : p(b) : p(c) = 1 : 2 : 4, and at temperature 1/2 it is 1 : 4 : 16; the unknown token would be certain.
        float[] scores = {50, 0, (float) StrictMath.log(2), (float) StrictMath.log(4)};
        for (double temperature : new double[] {1, 0.5}) {
            String text = new Sampler(temperature, 3).sample(constant(scores).session(1), ABC, "a", 4000);
            assertEquals(4000, text.length());
            double[] expected = temperature == 1 ? new double[] {1, 2, 4} : new double[] {1, 4, 16};
            double sum = Arrays.stream(expected).sum();
            for (int i = 0; i < 3; i++) {
                char token = "abc".charAt(i);
                double share = text.chars().filter(c -> c == token).count() / 4000.0;
                assertEquals(expected[i] / sum, share, 0.04); // five standard deviations
            }
            assertFalse(text.contains("\uFFFD"));
        }
    }

    @Test
    void theSeedDecides() {
        Sampler sampler = new Sampler(1, 7);
        String text = sampler.sample(recurrent().session(1), ABC, "ab", 50);
        assertEquals(text, sampler.sample(recurrent().session(1), ABC, "ab", 50));
        assertNotEquals(text, new Sampler(1, 8).sample(recurrent().session(1), ABC, "ab", 50));
        assertEquals(text.substring(0, 20), sampler.sample(recurrent().session(1), ABC, "ab", 20));
        assertEquals("", sampler.sample(recurrent().session(1), ABC, "ab", 0));
    }

    @Test
    void aLowTemperatureTakesTheLikeliest() {
        assertEquals("bbbbb", new Sampler(1e-30, 1).sample(constant(0, 1, 3, 2).session(1), ABC, "a", 5));
    }

    @Test
    void badInput() {
        Sampler sampler = new Sampler(1, 1);
        assertEquals(
                "temperature is 0.0, expected a number above 0",
                assertThrows(IllegalArgumentException.class, () -> new Sampler(0, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Sampler(Double.NaN, 1));
        assertEquals(
                "prompt: expected at least one token, got \"\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> sampler.sample(recurrent().session(1), ABC, "", 1))
                        .getMessage());
        assertEquals(
                "sampling with a session of 2 rows, expected 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> sampler.sample(recurrent().session(2), ABC, "a", 1))
                        .getMessage());
        assertEquals(
                "the model's output is NaN for id 2, expected finite numbers",
                assertThrows(
                                ArithmeticException.class,
                                () -> sampler.sample(
                                        constant(0, 1, Float.NaN, 2).session(1), ABC, "a", 1))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> sampler.sample(recurrent().session(1), ABC, "a", -1));
        assertEquals(
                "count is -1, expected 0 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> sampler.write(recurrent().session(1), 0, 1, -1, 4))
                        .getMessage());
        assertEquals(
                "count is -1, expected 0 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new BeamSearch(1, 0).search(recurrent().session(1), 0, 1, -1, 4))
                        .getMessage());
        // A model of another vocabulary.
        assertThrows(
                IllegalArgumentException.class,
                () -> sampler.sample(constant(0, 1, 2, 3, 4).session(1), ABC, "a", 1));
    }
}
