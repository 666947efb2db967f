package org.rnn4j.serialization.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.input.Components;
import org.rnn4j.serialization.Limits;

/**
 * Reads a document of JSON or YAML into a {@link Tree}. Of YAML it accepts what JSON can express: no tags, and no anchors and aliases, with which a
 * short document can represent an endless one.
 */
final class TreeParser {
    /** Anything longer than the {@link Limits} is refused here, with our own messages; a text is short enough for the library to read it first. */
    private static final StreamReadConstraints LIBRARY = StreamReadConstraints.builder()
            .maxNameLength(Limits.JSON_CHARS)
            .maxNumberLength(Limits.JSON_CHARS)
            .maxStringLength(Limits.JSON_CHARS)
            .build();

    /** Made once: one for each line of a metrics file would take longer, and more memory, than the line. */
    private static final JsonFactory JSON = JsonFactory.builder()
            // A checkpoint's best loss may be infinite.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(LIBRARY)
            .build();

    private static final JsonFactory YAML =
            YAMLFactory.builder().streamReadConstraints(LIBRARY).build();

    /** How Jackson names a place in a message. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source:[^\\]]*line: (\\d+), column: \\d+\\]");

    /** How SnakeYAML does. */
    private static final Pattern MARK = Pattern.compile("(?m)^ in .*, line (\\d+), column (\\d+)");

    /** Its message for a list or a section where a key was expected. */
    private static final Pattern NO_KEY = Pattern.compile("^Expected a field name.*");

    private final String file;
    private final JsonParser parser;

    /** The number of lines of the file before the text. */
    private final int before;

    private TreeParser(String file, JsonParser parser, int before) {
        this.file = file;
        this.parser = parser;
        this.before = before;
    }

    /**
     * Reads a document: JSON where the file's name ends in {@code .json}, otherwise YAML.
     *
     * @param file for messages
     * @throws ConfigException if the text is malformed, empty, or has a key twice
     */
    static Tree parse(String text, String file) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        refuseLonger(text, file, 0, Limits.CONFIGURATION_CHARS, "a configuration");
        return parse(text, file, json, 0);
    }

    /** Reads a document of JSON that begins at a line of the file. */
    static Tree parseJson(String text, String file, int firstLine) {
        refuseLonger(text, file, firstLine - 1, Limits.JSON_CHARS, "JSON");
        return parse(text, file, true, firstLine - 1);
    }

    private static void refuseLonger(String text, String file, int before, int most, String what) {
        if (text.length() > most) {
            throw new ConfigException(
                    file,
                    before + 1,
                    "",
                    "the text has " + text.length() + " characters; expected " + what + " of at most " + most,
                    null);
        }
    }

    private static void refuseLongLines(String text, String file) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '\n') {
                continue;
            }
            if (i - begin > Limits.YAML_LINE_CHARS) {
                throw new ConfigException(
                        file,
                        line,
                        "",
                        "the line has " + (i - begin) + " characters; expected at most " + Limits.YAML_LINE_CHARS
                                + " in YAML",
                        null);
            }
            line++;
            begin = i + 1;
        }
    }

    private static Tree parse(String text, String file, boolean json, int before) {
        if (!json) {
            refuseLongLines(text, file);
        }
        JsonFactory factory = json ? JSON : YAML;
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = factory.createParser(body)) {
            return new TreeParser(file, parser, before).document();
        } catch (JsonProcessingException e) {
            throw malformed(file, json ? "JSON" : "YAML", before, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigException malformed(String file, String language, int before, JsonProcessingException e) {
        String message = e.getOriginalMessage();
        JsonLocation location = e.getLocation();
        int line = location == null ? 1 : location.getLineNr();
        int column = location == null ? 1 : location.getColumnNr();
        // SnakeYAML says first what it was doing and then what went wrong, each with its place.
        Matcher mark = MARK.matcher(message);
        while (mark.find()) {
            line = Integer.parseInt(mark.group(1));
            column = Integer.parseInt(mark.group(2));
        }
        List<String> parts = message.lines()
                .filter(part -> !part.isBlank() && !part.startsWith(" "))
                .toList();
        String joined = parts.stream()
                .skip(parts.size() > 1 && parts.get(0).startsWith("while ") ? 1 : 0)
                .collect(Collectors.joining(" "));
        String problem = NO_KEY.matcher(joined).replaceAll("expected a key of a single word");
        return new ConfigException(
                file,
                before + Math.max(1, line),
                "",
                "not " + language + " at column " + Math.max(1, column) + ": "
                        + SOURCE.matcher(problem).replaceAll("line $1"),
                e);
    }

    /** A place in the document, which is formatted only for an error. */
    private record Place(Place outer, String key, int index) {
        private static final Place ROOT = new Place(null, "", -1);

        Place key(String inner) {
            return new Place(this, inner, -1);
        }

        Place item(int inner) {
            return new Place(this, "", inner);
        }

        String words() {
            if (outer == null) {
                return "";
            }
            return index < 0 ? Components.path(outer.words(), key) : outer.words() + "[" + index + "]";
        }
    }

    private Tree document() throws IOException {
        if (parser.nextToken() == null) {
            throw new ConfigException(file, before + 1, "", "the file is empty, expected keys and values", null);
        }
        Tree root = value(line(), Place.ROOT, 0);
        if (parser.nextToken() != null) {
            throw error(line(), Place.ROOT, "a second document begins here; expected one");
        }
        return root;
    }

    private Tree value(int line, Place place, int depth) throws IOException {
        if (depth > Limits.DEPTH) {
            throw error(line, place, "is nested more than " + Limits.DEPTH + " deep");
        }
        if (parser instanceof YAMLParser yaml) {
            refuseReferences(yaml, line, place);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> keys(line, place, depth);
            case START_ARRAY -> items(line, place, depth);
            case VALUE_STRING -> leaf(Tree.Kind.TEXT, line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(line, place);
            // YAML has other words for these.
            case VALUE_TRUE -> new Tree.Leaf(Tree.Kind.BOOLEAN, "true", line);
            case VALUE_FALSE -> new Tree.Leaf(Tree.Kind.BOOLEAN, "false", line);
            default -> leaf(Tree.Kind.NULL, line);
        };
    }

    private void refuseReferences(YAMLParser yaml, int line, Place place) throws IOException {
        if (yaml.isCurrentAlias()) {
            throw error(
                    line,
                    place,
                    "the alias *" + Spelling.brief(yaml.getText()) + " is not read; write the value again");
        }
        if (yaml.getObjectId() != null) {
            throw error(
                    line,
                    place,
                    "the anchor &" + Spelling.brief(yaml.getObjectId().toString()) + " is not read");
        }
        if (yaml.getTypeId() != null) {
            throw error(
                    line, place, "the tag " + Spelling.brief(yaml.getTypeId().toString()) + " is not read");
        }
    }

    private Tree keys(int line, Place place, int depth) throws IOException {
        Map<String, Tree> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            if (key.length() > Limits.NAME_CHARS) {
                throw error(
                        keyLine,
                        place,
                        "the key " + Spelling.brief(key) + " is too long, expected at most " + Limits.NAME_CHARS);
            }
            Place keyPlace = place.key(key);
            Tree earlier = entries.get(key);
            if (earlier != null) {
                throw error(keyLine, keyPlace, "this key is here twice, first in line " + earlier.line());
            }
            parser.nextToken();
            entries.put(key, value(keyLine, keyPlace, depth + 1));
        }
        return new Tree.Keys(entries, line);
    }

    private Tree items(int line, Place place, int depth) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(line(), place.item(items.size()), depth + 1));
        }
        return new Tree.Items(items, line);
    }

    private Tree number(int line, Place place) throws IOException {
        String digits = parser.getText();
        if (digits.length() > Limits.NUMBER_CHARS) {
            throw error(
                    line,
                    place,
                    "the number " + Spelling.brief(digits) + " is too long, expected at most " + Limits.NUMBER_CHARS);
        }
        return new Tree.Leaf(Tree.Kind.NUMBER, digits, line);
    }

    private Tree.Leaf leaf(Tree.Kind kind, int line) throws IOException {
        return new Tree.Leaf(kind, parser.getText(), line);
    }

    private int line() {
        return before + parser.currentTokenLocation().getLineNr();
    }

    private ConfigException error(int line, Place place, String problem) {
        return new ConfigException(file, line, place.words(), problem, null);
    }
}
