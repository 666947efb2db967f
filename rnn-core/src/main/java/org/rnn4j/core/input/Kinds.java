package org.rnn4j.core.input;

import java.util.Locale;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;

/** The nouns that messages use for the kinds of named types in a configuration. */
public final class Kinds {
    private Kinds() {}

    /** A kind in words: {@code update rule}. */
    public static String noun(Class<?> kind) {
        if (kind == LayerSpec.class || kind == Spec.class) {
            return "layer";
        }
        return kind == CellSpec.class || kind == Recurrent.class
                ? "recurrent cell"
                : kind.getSimpleName()
                        .replaceAll("Spec$", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT);
    }

    /** {@code an update rule}. */
    public static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }
}
