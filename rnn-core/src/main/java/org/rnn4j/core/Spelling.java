package org.rnn4j.core;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.rnn4j.core.input.Printable;

/**
 * Words of users in messages: suggests the known word for a misspelt one, and abbreviates words that are too long to repeat.
 */
public final class Spelling {
    /** What is longer is no misspelt name; comparing costs the product of two lengths. */
    private static final int LONGEST_NAME = 100;

    private static final int LONGEST_IN_MESSAGE = 80;

    private Spelling() {}

    /**
     * The known word nearest to {@code word} by edit distance, if one is near enough; the first in the alphabet of several. A word of more
     * than 100 characters is near to none.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = Math.max(2, word.length() / 2) + 1;
        for (String candidate : known.stream().sorted().toList()) {
            if (Math.abs(candidate.length() - word.length()) >= bestDistance) {
                continue;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean TimeLSTM?}, or nothing where no known word is near. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /** A word as a message repeats it: whole up to 80 characters, else these and how long it is: {@code aaaa... (5000000 characters)}. */
    public static String brief(String word) {
        return brief(word, LONGEST_IN_MESSAGE);
    }

    /** The same with another number of characters than 80. */
    public static String brief(String word, int longest) {
        return Printable.begin(word, longest);
    }

    /** How many letters must be inserted, deleted or replaced (Levenshtein, 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
