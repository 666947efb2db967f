package org.rnn4j.serialization.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
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
import org.rnn4j.core.input.Printable;
import org.rnn4j.serialization.Limits;

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

    static final String METADATA = "__metadata__";

    /** Order of the UTF-8 bytes, which differs from that of Java's chars where surrogates come in. */
    static final Comparator<String> UTF8_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

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
        if (length > Limits.HEADER_BYTES) {
            throw new IllegalArgumentException("the header of " + entries.size() + " tensors and " + metadata.size()
                    + " metadata strings has " + length + " bytes; expected at most " + Limits.HEADER_BYTES);
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
     * @throws SafetensorsException at the first violation of the format
     */
    static SafetensorsHeader parse(Path file, byte[] utf8, long dataLength) throws IOException {
        if (utf8.length == 0 || utf8[0] != '{') {
            String found = utf8.length == 0 ? "is empty" : String.format("begins with byte 0x%02x", utf8[0]);
            throw new SafetensorsException(file, "the header at byte 8 " + found + "; expected '{' (0x7b)");
        }
        checkUtf8(file, utf8);
        // A string may fill the header. Names are not interned: there can be many, and none comes twice.
        JsonFactory factory = new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Limits.HEADER_BYTES)
                        .maxNameLength(Limits.HEADER_BYTES)
                        .maxNumberLength(Limits.HEADER_BYTES)
                        .build())
                .build();
        SafetensorsHeader header;
        // Not of the bytes: what begins with a zero would be taken for UTF-16.
        Reader text = new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8);
        try (JsonParser json = factory.createParser(text)) {
            header = new Parser(file, utf8, json).header();
        } catch (JsonProcessingException e) {
            throw notJson(file, utf8, e);
        }
        return new SafetensorsHeader(header.metadata, layout(file, header.entries, dataLength));
    }

    private static void checkUtf8(Path file, byte[] utf8) throws SafetensorsException {
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer piece = CharBuffer.allocate(Math.min(utf8.length, 1 << 13));
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, piece.clear(), true);
        }
        if (result.isError()) {
            throw new SafetensorsException(
                    file,
                    String.format(
                            "the header is not UTF-8 at byte %d (0x%02x)",
                            LENGTH_BYTES + in.position(), in.get(in.position())));
        }
    }

    private static SafetensorsException notJson(Path file, byte[] utf8, JsonProcessingException e) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
        int from = offset(utf8, at - 20);
        int to = offset(utf8, at);
        // The library's own wording changes between its versions: it stays in the cause.
        return new SafetensorsException(
                file,
                "the header is not JSON at byte " + (LENGTH_BYTES + to) + ", after "
                        + SafetensorsException.quoted(new String(utf8, from, to - from, StandardCharsets.UTF_8)),
                e);
    }

    /** Where in the bytes a number of UTF-16 characters ends. */
    private static int offset(byte[] utf8, long chars) {
        int at = 0;
        for (long seen = 0; seen < chars && at < utf8.length; at += length(utf8[at])) {
            seen += length(utf8[at]) == 4 ? 2 : 1;
        }
        return Math.min(at, utf8.length);
    }

    /** How many bytes the character has of which this is the first. */
    private static int length(byte first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return Math.max(1, ones);
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
                        : "the end of tensor " + SafetensorsException.quoted(previous.name()) + " " + offsets(previous);
                throw new SafetensorsException(
                        file,
                        "tensor " + SafetensorsException.quoted(e.name()) + " " + offsets(e)
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
                            + (end - dataLength) + " bytes missing, from inside tensor "
                            + SafetensorsException.quoted(cut.name()) + " "
                            + offsets(cut));
        }
        if (end < dataLength) {
            String last = previous == null
                    ? "the header, which names no tensor"
                    : "the last tensor " + SafetensorsException.quoted(previous.name());
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
        private final byte[] utf8;
        private final JsonParser json;
        private String tensor;

        Parser(Path file, byte[] utf8, JsonParser json) {
            this.file = file;
            this.utf8 = utf8;
            this.json = json;
        }

        SafetensorsHeader header() throws IOException {
            json.nextToken();
            Map<String, String> metadata = null;
            Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = name("a tensor's name");
                json.nextToken();
                if (name.equals(METADATA)) {
                    if (metadata != null) {
                        throw at(METADATA, "stands twice in the header; expected once");
                    }
                    metadata = metadata();
                } else if (entries.size() == Limits.TENSORS) {
                    throw new SafetensorsException(
                            file, "the header has more tensors than " + Limits.TENSORS + "; expected at most so many");
                } else if (entries.put(name, entry(name)) != null) {
                    throw at(tensor(name), "stands twice in the header; expected unique names");
                }
            }
            for (int i = offset(utf8, json.currentLocation().getCharOffset()); i < utf8.length; i++) {
                if (utf8[i] != ' ') {
                    throw new SafetensorsException(
                            file,
                            "after the header's object, byte " + (LENGTH_BYTES + i) + " is "
                                    + SafetensorsException.quoted(
                                            new String(utf8, i, length(utf8[i]), StandardCharsets.UTF_8))
                                    + "; expected spaces only");
                }
            }
            return new SafetensorsHeader(metadata == null ? Map.of() : Collections.unmodifiableMap(metadata), entries);
        }

        private Map<String, String> metadata() throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw at(METADATA, "found " + kind(json.currentToken()) + "; expected an object");
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = name("a key of " + METADATA);
                if (metadata.size() == Limits.METADATA_STRINGS) {
                    throw at(
                            METADATA,
                            "has more strings than " + Limits.METADATA_STRINGS + "; expected at most so many");
                }
                json.nextToken();
                if (json.currentToken() != JsonToken.VALUE_STRING) {
                    throw at(
                            METADATA + " " + SafetensorsException.quoted(key),
                            "found " + kind(json.currentToken()) + "; expected a string");
                }
                if (metadata.put(key, unicode(json.getText())) != null) {
                    throw at(METADATA + " " + SafetensorsException.quoted(key), "stands twice; expected unique keys");
                }
            }
            return metadata;
        }

        private SafetensorsEntry entry(String name) throws IOException {
            tensor = name;
            expect(JsonToken.START_OBJECT, "");
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
                        dtype = dtype();
                    }
                    case "shape" -> {
                        before = shape;
                        shape = numbers(": shape");
                    }
                    case "data_offsets" -> {
                        before = offsets;
                        offsets = numbers(": data_offsets");
                    }
                    default ->
                        throw wrong(
                                "",
                                "unknown field " + SafetensorsException.quoted(field)
                                        + "; expected dtype, shape and data_offsets");
                }
                if (before != null) {
                    throw wrong("", field + " stands twice; expected once");
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
                throw wrong("", missing + " is missing; expected dtype, shape and data_offsets");
            }
            if (offsets.size() != 2) {
                throw wrong("", "data_offsets has " + offsets.size() + " numbers; expected begin and end");
            }
            SafetensorsEntry entry = new SafetensorsEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
            checkSize(entry);
            return entry;
        }

        private Dtype dtype() throws IOException {
            expect(JsonToken.VALUE_STRING, ": dtype");
            String name = json.getText();
            return Dtype.named(name)
                    .orElseThrow(() -> wrong(
                            "",
                            "unknown dtype " + SafetensorsException.quoted(name) + "; expected one of "
                                    + Arrays.toString(Dtype.values())));
        }

        private List<Long> numbers(String field) throws IOException {
            expect(JsonToken.START_ARRAY, field);
            List<Long> numbers = new ArrayList<>(2);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (numbers.size() == Limits.DIMENSIONS) {
                    throw wrong(field, "has more numbers than " + Limits.DIMENSIONS + "; expected at most so many");
                }
                numbers.add(number(field, numbers.size()));
            }
            return numbers;
        }

        private long number(String field, int index) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                expect(JsonToken.VALUE_NUMBER_INT, field + "[" + index + "]");
            }
            // No number of 64 bits has more digits, and reading one takes time by the square of their number.
            if (json.getTextLength() > 19
                    || json.getTextCharacters()[json.getTextOffset()] == '-'
                    || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw wrong(
                        field + "[" + index + "]",
                        "found " + SafetensorsException.quoted(json.getText()) + "; expected 0 to " + Long.MAX_VALUE);
            }
            return json.getLongValue();
        }

        /** Checks {@code end - begin = product(shape) * size}, in integers that may not overflow. */
        private void checkSize(SafetensorsEntry e) throws SafetensorsException {
            if (e.end() < e.begin()) {
                throw wrong("", "data_offsets [" + e.begin() + ", " + e.end() + "] end before they begin");
            }
            long bits;
            try {
                bits = e.dtype().bits();
                for (long dim : e.shape()) {
                    bits = Math.multiplyExact(bits, dim);
                }
            } catch (ArithmeticException overflow) {
                throw new SafetensorsException(
                        file,
                        tensor(tensor) + ": " + what(e) + " overflows: expected at most " + Long.MAX_VALUE + " bits",
                        overflow);
            }
            if (bits % 8 != 0) {
                throw wrong("", what(e) + " has " + bits + " bits; expected whole bytes");
            }
            if (bits / 8 != e.bytes()) {
                throw wrong(
                        "",
                        what(e) + " needs " + bits / 8 + " bytes, but data_offsets [" + e.begin() + ", " + e.end()
                                + "] give it " + e.bytes());
            }
        }

        private static String what(SafetensorsEntry e) {
            return e.dtype() + " " + e.shape();
        }

        private String name(String what) throws IOException {
            String name = json.currentName();
            if (name.length() > Limits.NAME_CHARS) {
                throw new SafetensorsException(
                        file,
                        what + " is too long: " + SafetensorsException.quoted(name) + "; expected at most "
                                + Limits.NAME_CHARS);
            }
            return unicode(name);
        }

        private String unicode(String string) throws SafetensorsException {
            if (!Printable.isUnicode(string)) {
                throw new SafetensorsException(
                        file,
                        "the header's string " + SafetensorsException.quoted(string)
                                + " has half a surrogate pair; expected Unicode text");
            }
            return string;
        }

        private void expect(JsonToken expected, String field) throws IOException {
            JsonToken found = json.currentToken();
            if (found != expected) {
                throw wrong(field, "found " + kind(found) + "; expected " + kind(expected));
            }
        }

        /** A mistake in the tensor that is being read. */
        private SafetensorsException wrong(String field, String problem) {
            return at(tensor(tensor) + field, problem);
        }

        private SafetensorsException at(String where, String problem) {
            return new SafetensorsException(file, where + ": " + problem);
        }

        private static String tensor(String name) {
            return "tensor " + SafetensorsException.quoted(name);
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
