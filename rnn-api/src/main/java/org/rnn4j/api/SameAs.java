package org.rnn4j.api;

/**
 * Says in a layer's configuration that it uses another layer's parameter: {@code "weight": {"sameAs": "embed.weight"}}.
 *
 * @param sameAs the full path of the parameter
 */
public record SameAs(String sameAs) {
    /** Checks that a path is given. */
    public SameAs {
        if (sameAs == null || sameAs.isEmpty()) {
            throw new IllegalArgumentException("sameAs: expected the path of a parameter, such as embed.weight");
        }
    }
}
