package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Shape;
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

    /** What is allowed at a value v is this times max(1, |v|). */
    static final double TOLERANCE = 1e-5;

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

    Lengths lengths() {
        if (!config.has("lengths")) {
            return Lengths.full();
        }
        int[] lengths = new int[config.get("lengths").size()];
        for (int n = 0; n < lengths.length; n++) {
            lengths[n] = config.get("lengths").get(n).asInt();
        }
        return Lengths.of(lengths);
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
        double[] expected = values(tensor);
        double[] found = actual.toDoubles();
        for (int i = 0; i < expected.length; i++) {
            int position = i;
            assertEquals(
                    expected[i],
                    found[i],
                    TOLERANCE * Math.max(1, Math.abs(expected[i])),
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
