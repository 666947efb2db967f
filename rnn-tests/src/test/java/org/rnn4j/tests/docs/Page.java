package org.rnn4j.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation: its fenced blocks of code, its headings and its links.
 *
 * @param path where the page lies
 * @param blocks the fenced blocks, in order
 * @param headings the levels of the headings, in order: 1 for {@code #}
 * @param links where the links in its text lead
 */
record Page(Path path, List<Block> blocks, List<Integer> headings, List<String> links) {
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    /** How a page names the file that a block shows, or a part of it. */
    private static final Pattern FILE = Pattern.compile("`(pom[.]xml|src/[^`]+)`(?:, .*)?:");

    /**
     * A fenced block.
     *
     * @param file what the line above it names; empty for no file
     * @param language {@code java}, {@code text} for what a program printed, or empty for a picture or a formula
     */
    record Block(String file, String language, String content) {}

    /** Reads a page, its name from the top of the repository down. */
    static Page read(String name) throws IOException {
        Path path = Path.of("..").resolve(name);
        List<Block> blocks = new ArrayList<>();
        List<Integer> headings = new ArrayList<>();
        List<String> links = new ArrayList<>();
        String file = "";
        String language = null;
        StringBuilder content = new StringBuilder();
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith(FENCE)) {
                if (language == null) {
                    language = line.substring(FENCE.length());
                } else {
                    blocks.add(new Block(file, language, content.toString()));
                    file = "";
                    language = null;
                    content.setLength(0);
                }
            } else if (language != null) {
                content.append(line).append('\n');
            } else if (!line.isEmpty()) {
                Matcher named = FILE.matcher(line);
                file = named.matches() ? named.group(1) : "";
                if (line.startsWith("#")) {
                    headings.add(line.indexOf(' '));
                }
                Matcher link = LINK.matcher(line);
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
        }
        if (language != null) {
            throw new IllegalArgumentException(path + ": a block of code is not closed");
        }
        return new Page(path, List.copyOf(blocks), List.copyOf(headings), List.copyOf(links));
    }

    /** The contents of the blocks of a language. */
    List<String> contents(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::content)
                .toList();
    }

    /** The content of the file that the page shows under the line that names it: {@code `pom.xml`:}. */
    String file(String name) {
        return blocks.stream()
                .filter(block -> block.file().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(path + " shows no file " + name))
                .content();
    }

    /** What the page says that a piece of Java prints: the text block right behind it, or nothing. */
    String printedBy(String java) {
        int at = blocks.indexOf(new Block("", "java", java));
        if (at < 0) {
            throw new IllegalArgumentException(path + " has no such block of Java:\n" + java);
        }
        boolean prints = at + 1 < blocks.size() && blocks.get(at + 1).language().equals("text");
        return prints ? blocks.get(at + 1).content() : "";
    }
}
