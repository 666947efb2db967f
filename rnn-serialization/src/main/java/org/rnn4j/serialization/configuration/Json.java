package org.rnn4j.serialization.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes plain values (maps, lists, strings, numbers, booleans, null) as text. Equal values in equal order give equal text on every JDK; a
 * number is as short as it can be and reads back the same.
 */
public final class Json {
    private Json() {}

    /** One line; a number that is not finite becomes a string, because JSON has no such numbers. */
    public static String compact(Object plain) {
        return text(new JsonFactory(), null, plain);
    }

    /** One line; a number that is not finite is written as {@code NaN} or {@code Infinity}, which {@link #object} reads as a number. */
    public static String compactWithNonFinite(Object plain) {
        return text(
                JsonFactory.builder()
                        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                        .build(),
                null,
                plain);
    }

    /** Indented, with a line end after the last line. */
    public static String pretty(Object plain) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return text(new JsonFactory(), printer, plain) + "\n";
    }

    /** As YAML. */
    static String yaml(Object plain) {
        return text(
                YAMLFactory.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .stringQuotingChecker(new QuoteLineBreaks())
                        .build(),
                null,
                plain);
    }

    /**
     * Reads an object.
     *
     * @param file for messages
     * @param firstLine the line of the file at which the text begins
     * @throws ConfigException if the text is not a JSON object
     */
    public static Map<String, Object> object(String text, String file, int firstLine) {
        Tree tree = TreeParser.parseJson(text, file, firstLine);
        if (!(tree instanceof Tree.Keys keys)) {
            throw new ConfigException(file, tree.line(), "", "expected a JSON object", null);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        keys.entries().forEach((key, value) -> {
            try {
                result.put(key, value.plain());
            } catch (NumberFormatException e) {
                throw new ConfigException(file, value.line(), key, "a whole number of more than 64 bits", e);
            }
        });
        return result;
    }

    private static String text(JsonFactory factory, DefaultPrettyPrinter printer, Object plain) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = factory.createGenerator(text)) {
            if (printer != null) {
                out.setPrettyPrinter(printer);
            }
            write(out, plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Object plain) throws IOException {
        if (plain instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (plain instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(out, item);
            }
            out.writeEndArray();
        } else if (plain instanceof Double || plain instanceof Float) {
            writeDecimal(out, ((Number) plain).doubleValue());
        } else if (plain instanceof Long
                || plain instanceof Integer
                || plain instanceof Short
                || plain instanceof Byte) {
            out.writeNumber(((Number) plain).longValue());
        } else if (plain instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (plain instanceof String string) {
            out.writeString(string);
        } else if (plain == null) {
            out.writeNull();
        } else {
            throw new IllegalArgumentException("a " + plain.getClass().getName()
                    + " is no plain value; expected a map, a list, a string, a number, a boolean or null");
        }
    }

    /** As few digits as are needed to read the same number; Java's own way to write a number changed with JDK 19. */
    private static void writeDecimal(JsonGenerator out, double number) throws IOException {
        if (Double.isFinite(number)) {
            out.writeNumber(NumberOutput.toString(number, true));
        } else {
            out.writeNumber(number);
        }
    }

    /** Also quotes what YAML 1.1 treats as a line end, because outside quotes it would be read as a space. */
    private static final class QuoteLineBreaks extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n\\u0085\\u2028\\u2029]");

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || LINE_BREAKS.matcher(name).find();
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || LINE_BREAKS.matcher(value).find();
        }
    }
}
