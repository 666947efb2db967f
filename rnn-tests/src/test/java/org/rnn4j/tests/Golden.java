package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Tensors;

/**
 * One case of a file of golden numbers; see {@code src/test/golden/README.md} for the files, their tensors and what made them.
 *
 * @param name for error messages: the file's and the case's
 * @param config the settings
 * @param arrays the tensors by name
 */
record Golden(String name, JsonNode config, JsonNode arrays) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a number may be off by, as a part of the greatest of its array; float32 has 6e-8 for one operation. */
    private static final double TOLERANCE = 1e-5;

    /** What is allowed where the whole array is zeros, so that there is no scale. */
    private static final double FLOOR = 1e-9;

    /** All cases of a file. */
    static List<Golden> cases(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file + ".json")) {
            List<Golden> cases = new ArrayList<>();
            for (JsonNode node : JSON.readTree(in).get("cases")) {
                cases.add(new Golden(file + " " + node.get("name").asText(), node.get("config"), node.get("tensors")));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String key) {
        return config.get(key).asText();
    }

    /** A setting that a case may do without. */
    Optional<String> setting(String key) {
        return Optional.ofNullable(config.get(key)).map(JsonNode::asText);
    }

    int number(String key) {
        return config.get(key).asInt();
    }

    Spans lengths() {
        return config.has("lengths") ? lengths(config.get("lengths")) : Spans.full();
    }

    /** Of each row, as the file lists them. */
    static Spans lengths(JsonNode rows) {
        int[] lengths = new int[rows.size()];
        for (int n = 0; n < lengths.length; n++) {
            lengths[n] = rows.get(n).asInt();
        }
        return Spans.of(lengths);
    }

    /** The tensors whose names begin so. */
    Set<String> names(String beginning) {
        Set<String> names = new TreeSet<>();
        arrays.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(beginning)) {
                names.add(name);
            }
        });
        return names;
    }

    boolean has(String tensor) {
        return arrays.has(tensor);
    }

    Shape shape(String tensor) {
        JsonNode dims = array(tensor).get("shape");
        int[] result = new int[dims.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = dims.get(i).asInt();
        }
        return Shape.of(result);
    }

    double[] values(String tensor) {
        JsonNode values = array(tensor).get("values");
        double[] result = new double[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = values.get(i).asDouble();
        }
        assertEquals(shape(tensor).size(), result.length, () -> name + ": " + tensor);
        return result;
    }

    Tensor constant(String tensor) {
        return Tensors.of(shape(tensor), floats(tensor));
    }

    Tensor variable(String tensor) {
        return Tensors.variable(shape(tensor), floats(tensor));
    }

    float[] floats(String tensor) {
        double[] values = values(tensor);
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    Ids ids(String tensor) {
        double[] values = values(tensor);
        int[] result = new int[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) values[i];
        }
        return Ids.of(shape(tensor), result);
    }

    /** Fails where a number is not that of the file. */
    void check(String tensor, Tensor actual) {
        assertEquals(shape(tensor), actual.shape(), () -> name + ": " + tensor);
        check(tensor, actual.toDoubles());
    }

    /** The same for numbers that stand in no tensor. */
    void check(String tensor, double... actual) {
        check(TOLERANCE, tensor, actual);
    }

    /**
     * The same with another tolerance. It is a part of the array's greatest number, so that zeros do not pass for an array of numbers near 1e-5;
     * in an array of large ones it is a part of the number itself, or of 1.
     */
    void check(double tolerance, String tensor, double... actual) {
        double[] expected = values(tensor);
        assertEquals(expected.length, actual.length, () -> name + ": " + tensor);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            int position = i;
            double allowed = tolerance * Math.min(scale, Math.max(1, Math.abs(expected[i])));
            assertEquals(
                    expected[i],
                    actual[i],
                    scale == 0 ? FLOOR : allowed,
                    () -> name + ": " + tensor + " at position " + position);
        }
    }

    private JsonNode array(String tensor) {
        JsonNode array = arrays.get(tensor);
        if (array == null) {
            throw new IllegalArgumentException(name + " has no tensor " + tensor);
        }
        return array;
    }
}
