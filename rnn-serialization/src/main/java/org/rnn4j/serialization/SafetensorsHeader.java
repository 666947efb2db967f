package org.rnn4j.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, read with every check and written.
 *
 * <p>A file is: the header's length N as a little-endian u64, N bytes of JSON, the data. The JSON is one object from
 * tensor names to {@code {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}}, and {@code "__metadata__"}
 * to an object of strings.
 *
 * @param metadata the {@code __metadata__} strings, in file order
 * @param entries the tensors by name, in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, SafetensorsEntry> entries) {

    /** The size of the header's length, which opens the file. */
    static final int LENGTH_BYTES = 8;

    /** The format's limit on N; a reader that believed any u64 could be made to allocate what it says. */
    static final int MAX_LENGTH = 100_000_000;

    static final String METADATA = "__metadata__";

    /** Order of the UTF-8 bytes, which differs from that of Java's chars where surrogates come in. */
    static final Comparator<String> UTF8_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** Returns whether the text has a UTF-8 form: no half of a surrogate pair stands alone. */
    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** A name in quotes, fit for a message: control characters escaped and not longer than a line. */
    static String quoted(String name) {
        StringBuilder out = new StringBuilder("'");
        int shown = Math.min(name.length(), 80);
        boolean printable = isUnicode(name.substring(0, shown));
        for (int i = 0; i < shown; i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !printable)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append(shown < name.length() ? "...' (" + name.length() + " characters)" : "'");
        return out.toString();
    }

    /** Returns the start of the file up to the data: length, JSON, and spaces up to a multiple of 8. */
    static byte[] encode(Map<String, String> metadata, Collection<SafetensorsEntry> entries) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        // UTF-8 as other writers have it: without this, characters beyond U+FFFF become two escapes.
        JsonFactory factory = new JsonFactoryBuilder()
                .configure(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8, true)
                .build();
        try (JsonGenerator out = factory.createGenerator(json)) {
            out.writeStartObject();
            if (!metadata.isEmpty()) {
                out.writeObjectFieldStart(METADATA);
                for (Map.Entry<String, String> e : metadata.entrySet()) {
                    out.writeStringField(e.getKey(), e.getValue());
                }
                out.writeEndObject();
            }
            for (SafetensorsEntry e : entries) {
                out.writeObjectFieldStart(e.name());
                out.writeStringField("dtype", e.dtype().name());
                writeNumbers(out, "shape", e.shape());
                writeNumbers(out, "data_offsets", List.of(e.begin(), e.end()));
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        int length = (json.size() + 7) / 8 * 8;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("the header of " + entries.size() + " tensors and " + metadata.size()
                    + " metadata strings has " + length + " bytes; expected at most " + MAX_LENGTH);
        }
        ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(length).put(json.toByteArray());
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        return start.array();
    }

    private static void writeNumbers(JsonGenerator out, String field, List<Long> numbers) throws IOException {
        out.writeArrayFieldStart(field);
        for (long number : numbers) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    /**
     * Reads and checks a header.
     *
     * @param file named in errors, not opened
     * @param utf8 the N bytes after the length, not modified
     * @param dataLength the number of bytes in the file after these
     * @throws SafetensorsException at the first thing that the format does not allow
     */
    static SafetensorsHeader parse(Path file, byte[] utf8, long dataLength) throws IOException {
        if (utf8.length == 0 || utf8[0] != '{') {
            String found = utf8.length == 0 ? "is empty" : String.format("begins with byte 0x%02x", utf8[0]);
            throw new SafetensorsException(file, "the header at byte 8 " + found + "; expected '{' (0x7b)");
        }
        CharBuffer text = decode(file, utf8);
        // A string may fill the header. Names are not interned: there can be many, and none comes twice.
        JsonFactory factory = new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_LENGTH)
                        .maxNameLength(MAX_LENGTH)
                        .build())
                .build();
        SafetensorsHeader header;
        try (JsonParser json = factory.createParser(text.array(), 0, text.limit())) {
            header = new Parser(file, text, json).header();
        } catch (JsonProcessingException e) {
            throw notJson(file, text, e);
        }
        return new SafetensorsHeader(header.metadata, layout(file, header.entries, dataLength));
    }

    private static CharBuffer decode(Path file, byte[] utf8) throws SafetensorsException {
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer text = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
        if (result.isError()) {
            throw new SafetensorsException(
                    file,
                    String.format(
                            "the header is not UTF-8 at byte %d (0x%02x)",
                            LENGTH_BYTES + in.position(), in.get(in.position())));
        }
        return text.flip();
    }

    private static SafetensorsException notJson(Path file, CharBuffer text, JsonProcessingException e) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
        int to = (int) Math.max(0, Math.min(at, text.limit()));
        // The library's own wording changes between its versions: it stays in the cause.
        return new SafetensorsException(
                file,
                "the header is not JSON at byte " + fileByte(text, to) + ", after "
                        + quoted(text.subSequence(Math.max(0, to - 20), to).toString()),
                e);
    }

    private static int fileByte(CharBuffer text, int chars) {
        return LENGTH_BYTES + text.subSequence(0, chars).toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Sorts the tensors by place and checks that they fill the data: no hole, no overlap, nothing missing, nothing
     * after. Empty tensors at one place stay in the order of the header.
     */
    private static Map<String, SafetensorsEntry> layout(
            Path file, Map<String, SafetensorsEntry> entries, long dataLength) throws SafetensorsException {
        List<SafetensorsEntry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
        Map<String, SafetensorsEntry> byName = new LinkedHashMap<>();
        SafetensorsEntry previous = null;
        SafetensorsEntry cut = null;
        long end = 0;
        for (SafetensorsEntry e : sorted) {
            if (e.begin() != end) {
                String before = previous == null
                        ? "the start of the data"
                        : "the end of tensor " + quoted(previous.name()) + " " + offsets(previous);
                throw new SafetensorsException(
                        file,
                        "tensor " + quoted(e.name()) + " " + offsets(e)
                                + (e.begin() > end
                                        ? " leaves a hole of " + (e.begin() - end) + " bytes after " + before
                                        : " overlaps the tensor before it: it begins " + (end - e.begin())
                                                + " bytes before " + before)
                                + "; expected it to begin at " + end);
            }
            if (e.end() > dataLength && cut == null) {
                cut = e;
            }
            byName.put(e.name(), e);
            previous = e;
            end = e.end();
        }
        if (cut != null) {
            throw new SafetensorsException(
                    file,
                    "truncated: the tensors need " + end + " bytes of data, the file has " + dataLength + ": "
                            + (end - dataLength) + " bytes missing, from inside tensor " + quoted(cut.name()) + " "
                            + offsets(cut));
        }
        if (end < dataLength) {
            String last = previous == null
                    ? "the header, which names no tensor"
                    : "the last tensor " + quoted(previous.name());
            throw new SafetensorsException(
                    file, (dataLength - end) + " bytes follow " + last + "; expected the file to end there");
        }
        return byName;
    }

    private static String offsets(SafetensorsEntry e) {
        return "at data bytes [" + e.begin() + ", " + e.end() + ")";
    }

    /** One pass over the tokens of a header. */
    private static final class Parser {
        private final Path file;
        private final CharBuffer text;
        private final JsonParser json;

        Parser(Path file, CharBuffer text, JsonParser json) {
            this.file = file;
            this.text = text;
            this.json = json;
        }

        SafetensorsHeader header() throws IOException {
            json.nextToken();
            Map<String, String> metadata = null;
            Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = unicode(json.currentName());
                json.nextToken();
                if (name.equals(METADATA)) {
                    if (metadata != null) {
                        throw wrong(METADATA, "stands twice in the header; expected once");
                    }
                    metadata = metadata();
                } else if (entries.put(name, entry(name)) != null) {
                    throw wrong(tensor(name), "stands twice in the header; expected unique names");
                }
            }
            for (int i = (int) json.currentLocation().getCharOffset(); i < text.limit(); i++) {
                if (text.get(i) != ' ') {
                    throw new SafetensorsException(
                            file,
                            "after the header's object, byte " + fileByte(text, i) + " is "
                                    + quoted(String.valueOf(text.get(i))) + "; expected spaces only");
                }
            }
            return new SafetensorsHeader(metadata == null ? Map.of() : Collections.unmodifiableMap(metadata), entries);
        }

        private Map<String, String> metadata() throws IOException {
            expect(JsonToken.START_OBJECT, METADATA);
            Map<String, String> metadata = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = unicode(json.currentName());
                String where = METADATA + " " + quoted(key);
                json.nextToken();
                expect(JsonToken.VALUE_STRING, where);
                if (metadata.put(key, unicode(json.getText())) != null) {
                    throw wrong(where, "stands twice; expected unique keys");
                }
            }
            return metadata;
        }

        private SafetensorsEntry entry(String name) throws IOException {
            String where = tensor(name);
            expect(JsonToken.START_OBJECT, where);
            Dtype dtype = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                Object before;
                switch (field) {
                    case "dtype" -> {
                        before = dtype;
                        dtype = dtype(where);
                    }
                    case "shape" -> {
                        before = shape;
                        shape = numbers(where + ": shape");
                    }
                    case "data_offsets" -> {
                        before = offsets;
                        offsets = numbers(where + ": data_offsets");
                    }
                    default ->
                        throw wrong(
                                where, "unknown field " + quoted(field) + "; expected dtype, shape and data_offsets");
                }
                if (before != null) {
                    throw wrong(where, field + " stands twice; expected once");
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
                throw wrong(where, missing + " is missing; expected dtype, shape and data_offsets");
            }
            if (offsets.size() != 2) {
                throw wrong(where, "data_offsets has " + offsets.size() + " numbers; expected begin and end");
            }
            SafetensorsEntry entry = new SafetensorsEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
            checkSize(where, entry);
            return entry;
        }

        private Dtype dtype(String where) throws IOException {
            expect(JsonToken.VALUE_STRING, where + ": dtype");
            String name = json.getText();
            return Dtype.named(name)
                    .orElseThrow(() -> wrong(
                            where,
                            "unknown dtype " + quoted(name) + "; expected one of " + Arrays.toString(Dtype.values())));
        }

        private List<Long> numbers(String where) throws IOException {
            expect(JsonToken.START_ARRAY, where);
            List<Long> numbers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                String at = where + "[" + numbers.size() + "]";
                expect(JsonToken.VALUE_NUMBER_INT, at);
                String digits = json.getText();
                if (digits.startsWith("-") || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw wrong(at, "found " + quoted(digits) + "; expected 0 to " + Long.MAX_VALUE);
                }
                numbers.add(json.getLongValue());
            }
            return numbers;
        }

        /** Checks {@code end - begin = product(shape) * size}, in integers that may not overflow. */
        private void checkSize(String where, SafetensorsEntry e) throws SafetensorsException {
            if (e.end() < e.begin()) {
                throw wrong(where, "data_offsets [" + e.begin() + ", " + e.end() + "] end before they begin");
            }
            String what = e.dtype() + " " + e.shape();
            long bits;
            try {
                bits = e.dtype().bits();
                for (long dim : e.shape()) {
                    bits = Math.multiplyExact(bits, dim);
                }
            } catch (ArithmeticException overflow) {
                throw new SafetensorsException(
                        file,
                        where + ": " + what + " overflows: expected at most " + Long.MAX_VALUE + " bits",
                        overflow);
            }
            if (bits % 8 != 0) {
                throw wrong(where, what + " has " + bits + " bits; expected whole bytes");
            }
            if (bits / 8 != e.bytes()) {
                throw wrong(
                        where,
                        what + " needs " + bits / 8 + " bytes, but data_offsets [" + e.begin() + ", " + e.end()
                                + "] give it " + e.bytes());
            }
        }

        private String unicode(String string) throws SafetensorsException {
            if (!isUnicode(string)) {
                throw new SafetensorsException(
                        file,
                        "the header's string " + quoted(string) + " has half a surrogate pair; expected Unicode text");
            }
            return string;
        }

        private void expect(JsonToken expected, String where) throws IOException {
            JsonToken found = json.currentToken();
            if (found != expected) {
                throw wrong(where, "found " + kind(found) + "; expected " + kind(expected));
            }
        }

        private SafetensorsException wrong(String where, String problem) {
            return new SafetensorsException(file, where + ": " + problem);
        }

        private static String tensor(String name) {
            return "tensor " + quoted(name);
        }

        private static String kind(JsonToken token) {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> "a string";
                case VALUE_NUMBER_INT -> "an integer";
                case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                case VALUE_NULL -> "null";
                default -> token.toString();
            };
        }
    }
}
