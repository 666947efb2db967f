package org.rnn4j.serialization;

/** Names that somebody else gave, as a message can show them: a terminal obeys control characters, and half a surrogate pair cannot be printed. */
final class Printable {
    private Printable() {}

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
