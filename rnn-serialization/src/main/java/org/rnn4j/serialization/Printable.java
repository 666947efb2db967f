package org.rnn4j.serialization;

import org.rnn4j.core.Spelling;

/** Names and problems of a file that somebody else gave, as a message can show them: a terminal obeys control characters, and half a surrogate pair cannot be printed. */
final class Printable {
    /** Of the limit, for a line's number and for how long the whole would be. */
    private static final int ROOM = 100;

    private Printable() {}

    /** What is wrong with a file, so short that the message keeps to {@link Limits#MESSAGE_CHARS}. */
    static String brief(String problem) {
        return Spelling.brief(text(problem), Limits.MESSAGE_CHARS - ROOM);
    }

    /** The text with an escape, as JSON has them, in place of each such character. */
    static String text(String text) {
        boolean unicode = SafetensorsHeader.isUnicode(text);
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
}
