package org.rnn4j.training.text;

import java.util.List;
import java.util.function.Consumer;

/**
 * Splits a text into tokens, and joins tokens to a text.
 *
 * <p>For all tokens that {@code split} can return, {@code split(join(tokens))} returns them again; {@code join(split(text))} may lose information
 * that tokens do not have, such as the case of letters. Implementations are stateless and equal to each
 * other (a record without components is), because a {@link Vocabulary} compares them.
 */
public interface Tokenizer {

    /** Returns the name by which a configuration or a saved vocabulary refers to this tokenizer. */
    String name();

    /** Passes the tokens of a text on, in order; none is empty. */
    void split(String text, Consumer<String> tokens);

    /** Returns a text with these tokens. */
    String join(List<String> tokens);

    /** Returns the token that represents all tokens that a vocabulary does not have; {@code split} does not split it. */
    String unknown();

    /**
     * Returns the token at the beginning and at the end of every sequence, if each line of a text is a sequence;
     * {@code split} does not find it inside a line.
     */
    String boundary();
}
