package org.rnn4j.training.text;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every line that is not empty is a token, unchanged: for texts that are already split into tokens. */
public record LineTokenizer() implements Tokenizer {
    @Override
    public String name() {
        return "lines";
    }

    @Override
    public void split(String text, Consumer<String> tokens) {
        text.lines().filter(Predicate.not(String::isEmpty)).forEach(tokens);
    }

    @Override
    public String join(List<String> tokens) {
        return String.join("\n", tokens);
    }

    @Override
    public String unknown() {
        return "<unk>";
    }

    @Override
    public String boundary() {
        return "\n";
    }
}
