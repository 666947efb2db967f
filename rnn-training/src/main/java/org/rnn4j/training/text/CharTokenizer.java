package org.rnn4j.training.text;

import java.util.List;
import java.util.function.Consumer;

/**
 * Every Unicode code point is a token.
 *
 * <p>Code points, not {@code char}s: half of a surrogate pair is not a character that a model should have to predict. The
 * unknown token is U+FFFD, Unicode's own sign for a character that cannot be shown, so that it is one code point too.
 */
public record CharTokenizer() implements Tokenizer {

    @Override
    public String name() {
        return "characters";
    }

    @Override
    public void split(String text, Consumer<String> tokens) {
        for (int i = 0; i < text.length(); ) {
            int end = text.offsetByCodePoints(i, 1);
            tokens.accept(text.substring(i, end));
            i = end;
        }
    }

    @Override
    public String join(List<String> tokens) {
        return String.join("", tokens);
    }

    @Override
    public String unknown() {
        return "\uFFFD";
    }

    @Override
    public String boundary() {
        return "\n";
    }
}
