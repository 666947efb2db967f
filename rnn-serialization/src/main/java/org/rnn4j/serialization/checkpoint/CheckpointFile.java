package org.rnn4j.serialization.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.configuration.Json;
import org.rnn4j.serialization.configuration.ModelFormat;
import org.rnn4j.serialization.configuration.PlainValues;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.serialization.safetensors.SafetensorsEntry;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;
import org.rnn4j.serialization.safetensors.Seal;

/**
 * The file of a {@link Checkpoint}, in the safetensors format.
 *
 * <pre>{@code
 * CheckpointFile.save(Checkpoint.of(model), Path.of("model.safetensors"), layers);
 * Model again = CheckpointFile.load(Path.of("model.safetensors"), layers).model();
 * }</pre>
 *
 * <p>The file contains the tensors {@code model/…}, {@code optimizer/…} and {@code carry/…} and the metadata {@code format}, {@code spec} (the JSON
 * of {@link ModelFormat}), {@code seed} and {@code progress} (JSON). All of these are determined by the run, so equal checkpoints give equal files,
 * byte for byte. The metadata {@code sha256} has a digest of the header and one of each tensor. They are checked when the file is read, which detects
 * any changed bit. Files of the first format, 1, have no digests; reading one is noted in the log.
 */
public final class CheckpointFile {
    private static final System.Logger LOG = System.getLogger(CheckpointFile.class.getName());

    private static final String FORMAT = "2";

    /** The format before digests. */
    private static final String UNSEALED = "1";

    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String CARRY = "carry/";

    private CheckpointFile() {}

    /**
     * Replaces a file, see {@link AtomicFile}.
     *
     * @param layers of which the model's layers are
     * @throws IllegalArgumentException if a tensor contains a number that is not finite, if the progress contains something other than plain values,
     *     or if the file would exceed the {@link Limits}; an existing file is left as it is then
     */
    public static void save(Checkpoint checkpoint, Path file, TypeRegistry layers) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter()
                .metadata("format", FORMAT)
                .metadata("spec", readable("spec", Json.compact(ModelFormat.plain(checkpoint.spec(), layers))))
                .metadata("seed", Long.toString(checkpoint.seed()))
                .metadata(
                        "progress",
                        readable("progress", Json.compactWithNonFinite(PlainValues.sorted(checkpoint.progress()))));
        add(writer, MODEL, checkpoint.parameters());
        add(writer, OPTIMIZER, checkpoint.optimizer());
        add(writer, CARRY, checkpoint.carry());
        writer.writeSealed(file);
    }

    /** Refuses to write what could not be read. */
    private static String readable(String key, String json) {
        if (json.length() > Limits.JSON_CHARS) {
            throw new IllegalArgumentException("the checkpoint's " + key + " has " + json.length()
                    + " characters as JSON; expected at most " + Limits.JSON_CHARS);
        }
        return json;
    }

    private static void add(SafetensorsWriter writer, String prefix, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            float[] numbers = tensor.toFloats();
            requireFinite(prefix + name, numbers, tensor.shape());
            writer.add(prefix + name, numbers, tensor.shape().dims());
        });
    }

    private static void requireFinite(String tensor, float[] numbers, Shape shape) {
        int position = Tensors.firstNonFinite(numbers);
        if (position >= 0) {
            throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(tensor) + " has "
                    + numbers[position] + " at " + place(position, shape.dims()) + "; expected finite numbers");
        }
    }

    /** The indices of a number, outermost first. */
    private static String place(int index, int[] dims) {
        int[] place = new int[dims.length];
        int rest = index;
        for (int i = dims.length - 1; i >= 0; i--) {
            place[i] = rest % dims[i];
            rest /= dims[i];
        }
        return Arrays.toString(place);
    }

    /**
     * Reads a file and checks that nothing in it has changed since it was written, and that its parts fit each other.
     *
     * @param layers of which the model's layers are
     * @throws SafetensorsException naming the file, if it is damaged or not a checkpoint, or if it has an unknown layer, parameters that do not
     *     belong to the model, or numbers that are not finite
     * @throws IOException if it cannot be read
     */
    public static Checkpoint load(Path file, TypeRegistry layers) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            Numbers numbers = numbers(file, reader);
            ModelSpec spec = ModelFormat.ofJson(metadata(file, reader, "spec"), "metadata 'spec'", layers);
            Map<String, Object> progress = Json.object(metadata(file, reader, "progress"), "metadata 'progress'", 1);
            long seed = wholeNumber(file, "seed", metadata(file, reader, "seed"));
            Map<String, Map<String, Tensor>> tensors = tensors(file, reader, numbers);
            Checkpoint checkpoint = new Checkpoint(
                    spec, seed, tensors.get(MODEL), tensors.get(OPTIMIZER), tensors.get(CARRY), progress);
            checkTensors(checkpoint);
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw new SafetensorsException(file, e.getMessage(), e);
        }
    }

    /** Reads the numbers of a tensor. */
    @FunctionalInterface
    private interface Numbers {
        float[] of(String tensor) throws IOException;
    }

    /** Reads with the checks that the file's format has. */
    private static Numbers numbers(Path file, SafetensorsReader reader) throws IOException {
        String format = metadata(file, reader, "format");
        if (format.equals(UNSEALED)) {
            if (reader.metadata().containsKey(Seal.KEY)) {
                throw new SafetensorsException(
                        file,
                        "metadata 'format' is '" + UNSEALED + "', which has no digests, but this file has ('" + Seal.KEY
                                + "'): its format was changed; expected " + FORMAT);
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    file + ": format 1 has no digests, so that damage to its numbers cannot be noticed; saved again, it"
                            + " gets them");
            return reader::floats;
        }
        if (!format.equals(FORMAT)) {
            throw new SafetensorsException(
                    file,
                    "metadata 'format' is " + SafetensorsException.quoted(format) + "; expected " + FORMAT + " or "
                            + UNSEALED + ", a checkpoint of this version of RNN4J or an older one");
        }
        Seal seal = reader.seal();
        return tensor -> reader.floats(tensor, seal);
    }

    private static String metadata(Path file, SafetensorsReader reader, String key) throws SafetensorsException {
        String value = reader.metadata().get(key);
        if (value == null) {
            throw new SafetensorsException(
                    file,
                    "metadata '" + key + "' is missing; expected a checkpoint of RNN4J, with format, spec, seed and"
                            + " progress");
        }
        return value;
    }

    private static long wholeNumber(Path file, String key, String value) throws SafetensorsException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new SafetensorsException(
                    file,
                    "metadata '" + key + "' is " + SafetensorsException.quoted(value) + "; expected a whole number",
                    e);
        }
    }

    /** The tensors by the beginning of their names, and by the rest of it. */
    private static Map<String, Map<String, Tensor>> tensors(Path file, SafetensorsReader reader, Numbers numbers)
            throws IOException {
        Map<String, Map<String, Tensor>> result = new LinkedHashMap<>();
        for (String prefix : List.of(MODEL, OPTIMIZER, CARRY)) {
            result.put(prefix, new LinkedHashMap<>());
        }
        for (SafetensorsEntry entry : reader.entries().values()) {
            String name = entry.name();
            String prefix = name.substring(0, name.indexOf('/') + 1);
            if (!result.containsKey(prefix)) {
                throw new SafetensorsException(
                        file,
                        "tensor " + SafetensorsException.quoted(name) + ": expected a name that begins with "
                                + String.join(", ", result.keySet()));
            }
            float[] values = numbers.of(name);
            Shape shape = shape(file, entry);
            // Such a file is never written; a file of the first format has no digests to prove this.
            requireFinite(name, values, shape);
            result.get(prefix).put(name.substring(prefix.length()), Tensors.of(shape, values));
        }
        return result;
    }

    private static Shape shape(Path file, SafetensorsEntry entry) throws SafetensorsException {
        try {
            return Shape.of(entry.dims());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new SafetensorsException(
                    file,
                    "tensor " + SafetensorsException.quoted(entry.name()) + " has the shape " + entry.shape()
                            + "; expected dimensions whose product is at most " + Integer.MAX_VALUE,
                    e);
        }
    }

    /** Refuses parameters that are not those of the spec, and memory and states that belong to none of its parts. */
    private static void checkTensors(Checkpoint checkpoint) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        checkpoint.model().parameters().forEach(parameter -> shapes.put(parameter.name(), parameter.shape()));
        checkpoint.optimizer().forEach((name, memory) -> {
            Shape shape = known(OPTIMIZER + name, "parameter", parent(OPTIMIZER, name), shapes);
            if (!memory.shape().equals(shape)) {
                throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(OPTIMIZER + name)
                        + " has the shape " + memory.shape() + ", but the parameter has " + shape);
            }
        });
        checkpoint
                .carry()
                .keySet()
                .forEach(name -> known(
                        CARRY + name,
                        "node",
                        parent(CARRY, name).split("\\.", 2)[0],
                        checkpoint.spec().nodes()));
    }

    private static <V> V known(String tensor, String what, String name, Map<String, V> known) {
        V value = known.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "tensor " + SafetensorsException.quoted(tensor) + ": the model has no " + what + " "
                            + Spelling.brief(name)
                            + Spelling.hint(name, known.keySet()));
        }
        return value;
    }

    /** The name up to its last slash. */
    private static String parent(String prefix, String name) {
        int slash = name.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(prefix + name)
                    + ": expected a name of the form " + prefix + "path/name");
        }
        return name.substring(0, slash);
    }
}
