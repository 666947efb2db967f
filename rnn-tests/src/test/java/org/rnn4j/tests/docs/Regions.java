package org.rnn4j.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The regions of a test class between {@code // snippet: name} and {@code // end}: what a page shows of it. */
final class Regions {
    private static final Pattern BEGIN = Pattern.compile("// snippet: (\\w+)");
    private static final String END = "// end";

    private Regions() {}

    /** The regions of a test class by name, in order, each without the indentation that its lines have in common. */
    static Map<String, String> of(Class<?> type) throws IOException {
        Path file = source(type);
        Map<String, String> regions = new LinkedHashMap<>();
        String name = null;
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            Matcher begin = BEGIN.matcher(text);
            if (name == null && begin.matches()) {
                name = begin.group(1);
            } else if (name != null && text.equals(END)) {
                if (regions.put(name, withoutIndentation(lines)) != null) {
                    throw new IllegalArgumentException(file + " has two snippets named " + name);
                }
                name = null;
                lines.clear();
            } else if (name != null) {
                lines.add(line);
            }
        }
        if (name != null) {
            throw new IllegalArgumentException(file + ": the snippet " + name + " has no end");
        }
        return Collections.unmodifiableMap(regions);
    }

    /** The whole source of a test class of this module. */
    static Path source(Class<?> type) {
        return Path.of("src", "test", "java").resolve(type.getName().replace('.', '/') + ".java");
    }

    private static String withoutIndentation(List<String> lines) {
        return String.join("\n", lines).stripIndent().replaceAll("^\n+", "") + "\n";
    }
}
