package org.rnn4j.core.input;

/**
 * Makes names and problems from an untrusted file printable in a message: a terminal obeys control characters, and an unpaired surrogate cannot be
 * printed.
 */
public final class Printable {
    /** How long a message about a file may be. */
    public static final int MESSAGE_CHARS = 5_000;

    /** Of the limit, for a line's number and for how long the whole would be. */
    private static final int ROOM = 100;

    private Printable() {}

    /** The problem of a file, cut so that the message keeps to {@link #MESSAGE_CHARS}. */
    public static String brief(String problem) {
        return begin(text(problem), MESSAGE_CHARS - ROOM);
    }

    /** The text if it is not longer than the limit, else its beginning and its length: {@code aaaa... (5000000 characters)}. */
    public static String begin(String word, int longest) {
        if (word.length() <= longest) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(longest - 1)) ? longest - 1 : longest;
        return word.substring(0, end) + "... (" + word.length() + " characters)";
    }

    /** The text with an escape, as JSON has them, in place of each such character. */
    public static String text(String text) {
        boolean unicode = isUnicode(text);
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !unicode)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Whether the text has a UTF-8 form: no half of a surrogate pair stands alone. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> Character.isBmpCodePoint(c) && Character.isSurrogate((char) c));
    }
}
