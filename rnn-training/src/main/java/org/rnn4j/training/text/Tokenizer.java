package org.rnn4j.training.text;

import java.util.List;
import java.util.function.Consumer;

/**
 * How a text is cut into tokens, and how tokens are put together again.
 *
 * <p>For all tokens that {@code split} can give, {@code split(join(tokens))} gives them again; {@code join(split(text))}
 * may lose what the tokens do not hold, such as the case of letters. Implementations are stateless and equal to each
 * other (a record without components is), because a {@link Vocabulary} compares them.
 */
public interface Tokenizer {

    /** Returns the name by which a configuration or a saved vocabulary refers to this tokenizer. */
    String name();

    /** Passes the tokens of a text on, in order; none is empty. */
    void split(String text, Consumer<String> tokens);

    /** Returns a text with these tokens. */
    String join(List<String> tokens);

    /** Returns the token that stands for all those a vocabulary does not hold; {@code split} leaves it whole. */
    String unknown();

    /**
     * Returns the token that stands at the beginning and at the end of every sequence, where each line of a text is one;
     * {@code split} does not find it inside a line.
     */
    String boundary();
}
