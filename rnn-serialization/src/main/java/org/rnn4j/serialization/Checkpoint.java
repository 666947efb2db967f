package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.Tensors;

/**
 * Everything that determines how a training run goes on; with empty optimizer, carry and progress, a saved model. One safetensors file holds
 * it.
 *
 * <pre>{@code
 * Checkpoint.of(model).save(Path.of("model.safetensors"), layers);
 * Model again = Checkpoint.load(Path.of("model.safetensors"), layers).model();
 * }</pre>
 *
 * <p>In the file stand the tensors {@code model/…}, {@code optimizer/…} and {@code carry/…} and the metadata {@code format}, {@code spec} (the
 * JSON of {@link ModelFormat}), {@code seed} and {@code progress} (JSON): nothing but what is determined by the run, so that equal checkpoints
 * give equal files, byte for byte. The metadata {@code sha256} has a digest of the header and one of each tensor, which are checked when the file
 * is read: a changed bit is noticed. Files of the first format, 1, have none; they are read with a note in the log.
 *
 * @param spec the model's configuration
 * @param seed what random numbers are drawn from
 * @param parameters the parameters by path
 * @param optimizer what the optimizer remembers, by {@code parameter/name}
 * @param carry the states with which the last window ended, by {@code path/part}
 * @param progress the rest, as plain values: maps, lists, strings, numbers, booleans; from a file, whole numbers are {@link Long} and others
 *     {@link Double}, and maps are in alphabetical order
 */
public record Checkpoint(
        ModelSpec spec,
        long seed,
        Map<String, Tensor> parameters,
        Map<String, Tensor> optimizer,
        Map<String, Tensor> carry,
        Map<String, Object> progress) {

    private static final System.Logger LOG = System.getLogger(Checkpoint.class.getName());

    private static final String FORMAT = "2";

    /** The format before digests. */
    private static final String UNSEALED = "1";

    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String CARRY = "carry/";

    /** Copies the maps. */
    public Checkpoint {
        parameters = copy(parameters);
        optimizer = copy(optimizer);
        carry = copy(carry);
        progress = copy(progress);
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The configuration and the parameters of a model, as they are now: of one step, also while another thread trains it. */
    public static Checkpoint of(Model model) {
        return new Checkpoint(model.spec(), model.seed(), model.snapshot(), Map.of(), Map.of(), Map.of());
    }

    /** A model to train with these parameters; see {@link Model#inference} and {@link Model#copy} for one to serve. */
    public Model model() {
        return Model.restore(spec, seed, parameters);
    }

    /**
     * Refuses a checkpoint of another model.
     *
     * @throws IllegalArgumentException naming the first difference: the node, the component, and both values
     */
    public void requireModel(ModelSpec expected, long expectedSeed) {
        SpecDifference.first("", spec, expected).ifPresent(difference -> {
            throw new IllegalArgumentException("the checkpoint is of another model: " + Printable.brief(difference));
        });
        if (seed != expectedSeed) {
            throw new IllegalArgumentException(
                    "the checkpoint was made with the seed " + seed + ", but this run has the seed " + expectedSeed);
        }
    }

    /**
     * A count among plain values, as {@link #progress} and a listener's state are: a whole number of 0 or more.
     *
     * @throws IllegalArgumentException naming the key and what stands there, where that is something else: a number with a fraction too
     */
    public static long number(Map<String, ?> plain, String key) {
        Object value = plain.get(key);
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        if (!whole || ((Number) value).longValue() < 0) {
            throw wrong(plain, key, "a whole number from 0 to " + Long.MAX_VALUE);
        }
        return ((Number) value).longValue();
    }

    /** A number among plain values, which need be neither whole nor finite; refuses anything else, as {@link #number} does. */
    public static double decimal(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(plain, key, "a number");
    }

    /** A text among plain values; refuses anything else, as {@link #number} does. */
    public static String text(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof String text) {
            return text;
        }
        throw wrong(plain, key, "a text");
    }

    /** A list of plain values among others; refuses anything else, as {@link #number} does. Not modifiable. */
    public static List<Object> list(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        throw wrong(plain, key, "a list");
    }

    /** A list of numbers among plain values, which need be neither whole nor finite; refuses anything else, as {@link #number} does. */
    public static List<Double> decimals(Map<String, ?> plain, String key) {
        List<Double> result = new ArrayList<>();
        for (Object item : list(plain, key)) {
            String place = key + "[" + result.size() + "]";
            result.add(decimal(Collections.singletonMap(place, item), place));
        }
        return result;
    }

    /** A map of plain values among others; refuses anything else, as {@link #number} does. */
    public static Map<String, Object> section(Map<String, ?> plain, String key) {
        if (!(plain.get(key) instanceof Map<?, ?> map)) {
            throw wrong(plain, key, "a section of keys");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((name, value) -> result.put((String) name, value));
        return result;
    }

    private static IllegalArgumentException wrong(Map<String, ?> plain, String key, String expected) {
        String found = plain.containsKey(key) ? "is " + Spelling.brief(String.valueOf(plain.get(key))) : "is missing";
        return new IllegalArgumentException("progress: " + key + " " + found + ", expected " + expected);
    }

    /**
     * Replaces a file, see {@link AtomicFile}.
     *
     * @param layers of which the model's layers are
     * @throws IllegalArgumentException where a tensor has a number that is not finite, where the progress holds something that is no plain value,
     *     or where the file would be larger than {@link Limits} allow; then a file that is there stays as it is
     */
    public void save(Path file, LayerRegistry layers) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter()
                .metadata("format", FORMAT)
                .metadata("spec", readable("spec", Json.compact(ModelFormat.plain(spec, layers))))
                .metadata("seed", Long.toString(seed))
                .metadata("progress", readable("progress", Json.compactWithNonFinite(PlainValues.sorted(progress))));
        add(writer, MODEL, parameters);
        add(writer, OPTIMIZER, optimizer);
        add(writer, CARRY, carry);
        writer.writeSealed(file);
    }

    /** Refuses to write what would not be read. */
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
            throw new IllegalArgumentException("tensor " + SafetensorsHeader.quoted(tensor) + " has "
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
     * @throws SafetensorsException naming the file, where it is damaged or no checkpoint, has a layer that is not known, parameters that are not
     *     the model's, or numbers that are not finite
     * @throws IOException where it cannot be read
     */
    public static Checkpoint load(Path file, LayerRegistry layers) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            Numbers numbers = numbers(file, reader);
            ModelSpec spec = ModelFormat.ofJson(metadata(file, reader, "spec"), "metadata 'spec'", layers);
            Map<String, Object> progress = Json.object(metadata(file, reader, "progress"), "metadata 'progress'", 1);
            long seed = wholeNumber(file, "seed", metadata(file, reader, "seed"));
            Map<String, Map<String, Tensor>> tensors = tensors(file, reader, numbers);
            Checkpoint checkpoint = new Checkpoint(
                    spec, seed, tensors.get(MODEL), tensors.get(OPTIMIZER), tensors.get(CARRY), progress);
            checkpoint.checkTensors();
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
                    "metadata 'format' is " + SafetensorsHeader.quoted(format) + "; expected " + FORMAT + " or "
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
                    "metadata '" + key + "' is " + SafetensorsHeader.quoted(value) + "; expected a whole number",
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
                        "tensor " + SafetensorsHeader.quoted(name) + ": expected a name that begins with "
                                + String.join(", ", result.keySet()));
            }
            float[] values = numbers.of(name);
            Shape shape = shape(file, entry);
            // None is written otherwise; a file of the first format has no digests to prove it.
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
                    "tensor " + SafetensorsHeader.quoted(entry.name()) + " has the shape " + entry.shape()
                            + "; expected dimensions whose product is at most " + Integer.MAX_VALUE,
                    e);
        }
    }

    /** Refuses parameters that are not those of the spec, and memory and states that belong to none of its parts. */
    private void checkTensors() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        model().parameters().forEach(parameter -> shapes.put(parameter.name(), parameter.shape()));
        optimizer.forEach((name, memory) -> {
            Shape shape = known(OPTIMIZER + name, "parameter", parent(OPTIMIZER, name), shapes);
            if (!memory.shape().equals(shape)) {
                throw new IllegalArgumentException("tensor " + SafetensorsHeader.quoted(OPTIMIZER + name)
                        + " has the shape " + memory.shape() + ", but the parameter has " + shape);
            }
        });
        carry.keySet()
                .forEach(name -> known(CARRY + name, "node", parent(CARRY, name).split("\\.", 2)[0], spec.nodes()));
    }

    private static <V> V known(String tensor, String what, String name, Map<String, V> known) {
        V value = known.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "tensor " + SafetensorsHeader.quoted(tensor) + ": the model has no " + what + " "
                            + Spelling.brief(name)
                            + Spelling.hint(name, known.keySet()));
        }
        return value;
    }

    /** The name up to its last slash. */
    private static String parent(String prefix, String name) {
        int slash = name.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("tensor " + SafetensorsHeader.quoted(prefix + name)
                    + ": expected a name of the form " + prefix + "path/name");
        }
        return name.substring(0, slash);
    }
}
