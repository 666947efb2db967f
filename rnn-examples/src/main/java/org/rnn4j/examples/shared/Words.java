package org.rnn4j.examples.shared;

import java.util.regex.Pattern;

/** Words of a command, as a user types them. */
public final class Words {
    private static final Pattern PLAIN = Pattern.compile("[\\w./,+:@%-]+");

    private Words() {}

    /** For a shell. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
