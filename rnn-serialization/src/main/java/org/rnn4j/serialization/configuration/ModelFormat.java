package org.rnn4j.serialization.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.serialization.file.AtomicFile;

/**
 * The configuration of a model as JSON or YAML.
 *
 * <pre>{@code
 * format: 1
 * chain:                                        # layers that follow one another, by name
 *   embed:  {type: Embedding, ids: 65, width: 16}
 *   lstm:   {type: TimeLSTM, inputs: 16, hidden: 128}
 *   output: {type: Affine, inputs: 128, outputs: 65}
 * }</pre>
 *
 * <p>The long form lists the graph. It is the form that is written, so a model always gives the same text:
 *
 * <pre>{@code
 * format: 1
 * inputs: [x]
 * nodes:
 *   embed: {layer: {type: Embedding, ids: 65, width: 16}, inputs: [x]}
 *   …
 * outputs: [output]
 * }</pre>
 *
 * <p>A layer whose provider has increased its version is written with {@code version: 2} or more; the default is 1. An older version is converted by
 * the provider's migrations, and a newer one is an error.
 */
public final class ModelFormat {
    private ModelFormat() {}

    /**
     * Reads a file, see {@link Config}.
     *
     * @throws IOException if it cannot be read
     * @throws ConfigException if something in it is wrong
     */
    public static ModelSpec read(Path file, TypeRegistry layers) throws IOException {
        return model(Config.read(file), layers);
    }

    /**
     * Reads a text.
     *
     * @param name the name of the file in messages; its ending says whether the text is JSON
     */
    public static ModelSpec parse(String text, String name, TypeRegistry layers) {
        return model(Config.parse(text, name), layers);
    }

    /** Reads JSON that is part of another file. */
    public static ModelSpec ofJson(String json, String name, TypeRegistry layers) {
        return model(Config.of(json, name, TreeParser.parseJson(json, name, 1)), layers);
    }

    private static ModelSpec model(Config config, TypeRegistry layers) {
        return config.with(layers).as(ModelSpec.class);
    }

    /** Replaces a file: JSON where its name ends in {@code .json}, otherwise YAML. */
    public static void write(Path file, ModelSpec spec, TypeRegistry layers) throws IOException {
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        byte[] utf8 = (json ? toJson(spec, layers) : toYaml(spec, layers)).getBytes(StandardCharsets.UTF_8);
        AtomicFile.replace(file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(utf8)));
    }

    /** The long form as JSON of several lines. */
    public static String toJson(ModelSpec spec, TypeRegistry layers) {
        return Json.pretty(plain(spec, layers));
    }

    /** The long form as YAML. */
    public static String toYaml(ModelSpec spec, TypeRegistry layers) {
        return Json.yaml(plain(spec, layers));
    }

    /** The long form as plain values. */
    public static Map<String, Object> plain(ModelSpec spec, TypeRegistry layers) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("format", 1);
        result.putAll(PlainValues.of(spec, layers));
        return result;
    }
}
