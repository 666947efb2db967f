package org.rnn4j.serialization.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rnn4j.api.Spec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.input.Components;
import org.rnn4j.core.input.InputFile;
import org.rnn4j.core.input.Kinds;
import org.rnn4j.serialization.Limits;

/**
 * A configuration, or a section of one: JSON where the file's name ends in {@code .json}, otherwise YAML. It begins with
 * {@code format: 1}. Every mistake in it is a {@link ConfigException} that names the file, the line and the place.
 *
 * <pre>{@code
 * Config config = Config.read(Path.of("run.yaml")).with(TypeRegistry.load());
 * config.only("seed", "data", "model");
 * long seed = config.get("seed", Long.class);
 * Text data = config.get("data", Text.class);              // a record: its components are the keys
 * ModelSpec model = config.with(Map.of("vocabulary", 65)).get("model", ModelSpec.class);
 * }</pre>
 *
 * <p>A value is read as a type:
 *
 * <ul>
 * <li>A public record, by its canonical constructor. A component of a primitive type is required; a component of an object type is optional and is
 * null if it is missing. The place is put in front of the constructor's messages about the values. <li>An interface that the {@link TypeRegistry} has
 * types of, and any sealed one: the key {@code type}, anywhere in the section, names the record. A word in place of the section is shorthand for a
 * section with only the type. <li>A list or a map of such, an enum (its constants in either case), a string, a number, or true and false. A number
 * may be replaced by {@code $name}, see {@link #with(Map)}.
 * </ul>
 *
 * <p>Of YAML it accepts what JSON can express: no tags, anchors or aliases. Immutable.
 */
public final class Config {
    /** The format that this version reads. */
    private static final int FORMAT = 1;

    private final String text;
    private final Tree.Keys keys;
    private final String path;
    private final Binder binder;

    private Config(String text, Tree.Keys keys, String path, Binder binder) {
        this.text = text;
        this.keys = keys;
        this.path = path;
        this.binder = binder;
    }

    /**
     * Reads a file of UTF-8.
     *
     * @throws IOException if it cannot be read, is not a regular file, or is larger than {@link Limits#CONFIGURATION_CHARS}
     * @throws ConfigException if it is malformed, empty, or of another format
     */
    public static Config read(Path file) throws IOException {
        return parse(utf8(new InputFile(file, "a configuration"), Limits.CONFIGURATION_CHARS), file.toString());
    }

    /**
     * Reads a text.
     *
     * @param name the name of the file in messages; its ending says whether the text is JSON
     */
    public static Config parse(String text, String name) {
        return of(text, name, TreeParser.parse(text, name));
    }

    /** The configuration from a parsed text. */
    static Config of(String text, String name, Tree root) {
        Binder binder = new Binder(name, new TypeNames(null), Map.of());
        if (!(root instanceof Tree.Keys keys)) {
            throw binder.error(root.line(), "", "expected a section of keys with format: " + FORMAT);
        }
        if (keys.get("format") == null) {
            throw binder.missing(keys, "", "format", "format: " + FORMAT);
        }
        int format = (int) binder.bind(keys.get("format"), "format", int.class);
        if (format != FORMAT) {
            throw binder.error(
                    keys.get("format").line(),
                    "format",
                    "is " + format + ", expected " + FORMAT + ": the file is of another version of RNN4J");
        }
        return new Config(text, keys.without(List.of("format")), "", binder);
    }

    /** The whole document as it was written. */
    public String text() {
        return text;
    }

    /** With the types that names refer to. */
    public Config with(TypeRegistry types) {
        return new Config(text, keys, path, new Binder(binder.file(), new TypeNames(types), binder.variables()));
    }

    /** With these numbers for {@code $name}, beside those that are there. */
    public Config with(Map<String, ? extends Number> variables) {
        Map<String, Number> all = new TreeMap<>(binder.variables());
        all.putAll(variables);
        return new Config(text, keys, path, new Binder(binder.file(), binder.types(), all));
    }

    /**
     * The whole document with another value: it reads as if that stood in it, and its text is written anew, without comments.
     *
     * @param place the keys that lead to the value, such as {@code training.epochs}; those that are missing are added
     * @param plain a map, a list, a string, a number or a boolean; null leaves the key out
     * @throws IllegalArgumentException where the place lies in what is no section
     */
    @SuppressWarnings("unchecked") // a section is a map
    public Config with(String place, Object plain) {
        if (!path.isEmpty()) {
            throw new IllegalArgumentException("this is the section " + path + ", expected the whole document");
        }
        Tree.Keys changed = keys.with(List.of(place.split("\\.", -1)), Tree.of(plain, keys.line()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.putAll((Map<String, Object>) changed.plain(Config::written));
        return new Config(Json.yaml(document), changed, path, binder);
    }

    /** A number that nobody can read is refused where it is read, with its place, and not here. */
    private static Object written(Tree.Leaf number) {
        try {
            return Tree.number(number);
        } catch (NumberFormatException e) {
            return number.text();
        }
    }

    /** Without some keys: a section of which they were read already. */
    public Config without(String... read) {
        return new Config(text, keys.without(List.of(read)), path, binder);
    }

    /** The keys of this section, in the order of the document; unmodifiable. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(keys.entries().keySet());
    }

    /**
     * Refuses other keys than these.
     *
     * @throws ConfigException naming the first other key, and the nearest of these
     */
    public Config only(String... known) {
        binder.only(keys, path, List.of(known));
        return this;
    }

    /** The section of a key. */
    public Config section(String key) {
        String place = Components.path(path, key);
        return new Config(text, binder.keys(required(key, "a section of keys"), place), place, binder);
    }

    /** This section as a type. */
    @SuppressWarnings("unchecked") // bind gives what it is asked for, boxed where the type is primitive
    public <T> T as(Class<T> type) {
        return (T) binder.bind(keys, path, type);
    }

    /** The value of a key as a type. */
    @SuppressWarnings("unchecked")
    public <T> T get(String key, Class<T> type) {
        return (T) binder.bind(required(key, Binder.expected(type)), Components.path(path, key), type);
    }

    /** The value of a key as a type, if there is one. */
    public <T> Optional<T> find(String key, Class<T> type) {
        return keys.get(key) == null ? Optional.empty() : Optional.of(get(key, type));
    }

    /** The list of a key, its items as a type. */
    @SuppressWarnings("unchecked")
    public <T> List<T> list(String key, Class<T> type) {
        return (List<T>) binder.list(required(key, "a list"), Components.path(path, key), type);
    }

    /** The section of a key as a map in the order of the document, its values as a type. */
    @SuppressWarnings("unchecked")
    public <T> Map<String, T> map(String key, Class<T> type) {
        return (Map<String, T>) binder.map(required(key, "a section of keys"), Components.path(path, key), type);
    }

    /**
     * The layer, cell or loss of a key.
     *
     * @param kind which of them, such as {@code LossSpec.class}
     */
    public <S extends Spec<?>> S spec(String key, Class<S> kind) {
        Tree value = required(key, Kinds.withArticle(Kinds.noun(kind)));
        return kind.cast(binder.ofKind(value, Components.path(path, key), kind, Object.class));
    }

    /** An error at a key of this section that only the caller can detect; the file, line and place are put in front. */
    public ConfigException error(String key, String problem) {
        Tree value = keys.entries().get(key);
        return binder.error(value == null ? keys.line() : value.line(), Components.path(path, key), problem);
    }

    private Tree required(String key, String expected) {
        Tree value = keys.get(key);
        if (value == null) {
            throw binder.missing(keys, path, key, expected);
        }
        return value;
    }

    /**
     * The content of a UTF-8 file.
     *
     * @throws ConfigException if it is not UTF-8
     */
    static String utf8(InputFile file, int mostBytes) throws IOException {
        byte[] utf8 = file.bytes(mostBytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.path().toString(), 1, "", "the file is not UTF-8", e);
        }
    }
}
