package org.rnn4j.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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

/**
 * Reads a document of JSON or YAML into a {@link Tree}. Of YAML it takes what JSON can say: no tags, and no anchors and aliases, with which a
 * short document can stand for an endless one.
 */
final class TreeParser {
    /** Deeper than any configuration, and far from the end of the stack. */
    private static final int MAX_DEPTH = 100;

    /** How Jackson names a place in a message. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source:[^\\]]*line: (\\d+), column: \\d+\\]");

    /** How SnakeYAML does. */
    private static final Pattern MARK = Pattern.compile("(?m)^ in .*, line (\\d+), column (\\d+)");

    private final String file;
    private final JsonParser parser;

    /** How many lines of the file stand before the text. */
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
     * @throws ConfigException where the text is malformed, empty, or has a key twice
     */
    static Tree parse(String text, String file) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        return parse(text, file, json, 0);
    }

    /** Reads a document of JSON that begins at a line of the file. */
    static Tree parseJson(String text, String file, int firstLine) {
        return parse(text, file, true, firstLine - 1);
    }

    private static Tree parse(String text, String file, boolean json, int before) {
        JsonFactory factory = json
                ? JsonFactory.builder()
                        // A checkpoint's best loss may be infinite.
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build()
                : YAMLFactory.builder().build();
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
        String problem = parts.stream()
                .skip(parts.size() > 1 && parts.get(0).startsWith("while ") ? 1 : 0)
                .collect(Collectors.joining(" "))
                .replaceAll("^Expected a field name.*", "expected a key of a single word");
        return new ConfigException(
                file,
                before + Math.max(1, line),
                "",
                "not " + language + " at column " + Math.max(1, column) + ": "
                        + SOURCE.matcher(problem).replaceAll("line $1"),
                e);
    }

    private Tree document() throws IOException {
        if (parser.nextToken() == null) {
            throw new ConfigException(file, before + 1, "", "the file is empty, expected keys and values", null);
        }
        Tree root = value(line(), "", 0);
        if (parser.nextToken() != null) {
            throw error(line(), "", "a second document begins here; expected one");
        }
        return root;
    }

    private Tree value(int line, String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw error(line, path, "is nested more than " + MAX_DEPTH + " deep");
        }
        if (parser instanceof YAMLParser yaml) {
            refuseReferences(yaml, line, path);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> keys(line, path, depth);
            case START_ARRAY -> items(line, path, depth);
            case VALUE_STRING -> leaf(Tree.Kind.TEXT, line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> leaf(Tree.Kind.NUMBER, line);
            // YAML has other words for these.
            case VALUE_TRUE -> new Tree.Leaf(Tree.Kind.BOOLEAN, "true", line);
            case VALUE_FALSE -> new Tree.Leaf(Tree.Kind.BOOLEAN, "false", line);
            default -> leaf(Tree.Kind.NULL, line);
        };
    }

    private void refuseReferences(YAMLParser yaml, int line, String path) throws IOException {
        if (yaml.isCurrentAlias()) {
            throw error(line, path, "the alias *" + yaml.getText() + " is not read; write the value again");
        }
        if (yaml.getObjectId() != null) {
            throw error(line, path, "the anchor &" + yaml.getObjectId() + " is not read");
        }
        if (yaml.getTypeId() != null) {
            throw error(line, path, "the tag " + yaml.getTypeId() + " is not read");
        }
    }

    private Tree keys(int line, String path, int depth) throws IOException {
        Map<String, Tree> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = line();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            Tree earlier = entries.get(key);
            if (earlier != null) {
                throw error(keyLine, keyPath, "this key is here twice, first in line " + earlier.line());
            }
            parser.nextToken();
            entries.put(key, value(keyLine, keyPath, depth + 1));
        }
        return new Tree.Keys(entries, line);
    }

    private Tree items(int line, String path, int depth) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(line(), path + "[" + items.size() + "]", depth + 1));
        }
        return new Tree.Items(items, line);
    }

    private Tree.Leaf leaf(Tree.Kind kind, int line) throws IOException {
        return new Tree.Leaf(kind, parser.getText(), line);
    }

    private int line() {
        return before + parser.currentTokenLocation().getLineNr();
    }

    private ConfigException error(int line, String path, String problem) {
        return new ConfigException(file, line, path, problem, null);
    }
}
