package org.rnn4j.examples.sentiment;

import java.util.List;
import java.util.function.Consumer;
import org.rnn4j.training.text.Tokenizer;
import org.rnn4j.training.text.WordTokenizer;

/**
 * The beginnings of words: {@code cruel}, {@code cruelly} and {@code cruelty} are one token. Where texts are few, that says more than the whole
 * words, most of which are too rare to be learnt; and it needs no list of endings.
 *
 * @param letters how many letters are kept; tokens in angle brackets stay whole
 */
record Stems(int letters) implements Tokenizer {
    private static final WordTokenizer WORDS = new WordTokenizer();

    @Override
    public String name() {
        return "stems of " + letters + " letters";
    }

    @Override
    public void split(String text, Consumer<String> tokens) {
        WORDS.split(text, word -> {
            boolean whole = word.codePointCount(0, word.length()) <= letters || word.charAt(0) == '<';
            tokens.accept(whole ? word : word.substring(0, word.offsetByCodePoints(0, letters)));
        });
    }

    @Override
    public String join(List<String> tokens) {
        return WORDS.join(tokens);
    }

    @Override
    public String unknown() {
        return WORDS.unknown();
    }

    @Override
    public String boundary() {
        return WORDS.boundary();
    }
}
