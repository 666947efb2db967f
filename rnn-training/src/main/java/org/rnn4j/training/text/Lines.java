package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.data.Split;

/**
 * The units of a text, such as its lines that are not blank, assigned at random to a training, a validation and a test part; within a part they stay in
 * order. At random, because files of separate lines are often sorted, and a last part of one letter or one class would be useless.
 */
record Lines<T>(List<T> train, List<T> validation, List<T> test) {
    /** With the test part in the place of the validation part. */
    Lines<T> tested() {
        return new Lines<>(train, test, test);
    }

    /** A line and its number, from 1. */
    record Line(int number, String text) {
        /**
         * The text before the first tab and after it.
         *
         * @param expected for the message if there is no tab, or nothing before it
         */
        Halves cut(String expected) {
            int tab = text.indexOf('\t');
            if (tab < 1) {
                throw new IllegalArgumentException("line " + number + ": expected " + expected);
            }
            return new Halves(
                    number,
                    text.substring(0, tab).strip(),
                    text.substring(tab + 1).strip());
        }

        /** The same of a line that may have no other tab. */
        Halves cutOnce(String expected, String otherwise) {
            Halves halves = cut(expected + otherwise);
            if (text.indexOf('\t') != text.lastIndexOf('\t')) {
                throw new IllegalArgumentException("line " + number + ": more than one tab, expected " + expected);
            }
            return halves;
        }
    }

    /** The two sides of a tab, without the white space around them, and the number of their line. */
    record Halves(int line, String before, String after) {}

    /** Assigns the lines of a text that are not blank, without the white space around them, by these fractions and this seed. */
    static Lines<Line> of(Corpus corpus, double train, double validation, long seed) {
        return dealt(
                numbered(corpus).stream().filter(line -> !line.text().isEmpty()).toList(), train, validation, seed);
    }

    /** All lines of a text, without the white space around them. */
    static List<Line> numbered(Corpus corpus) {
        List<String> texts = corpus.text().lines().toList();
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Line(i + 1, texts.get(i).strip()))
                .toList();
    }

    /** Assigns by these fractions and this seed. */
    static <T> Lines<T> dealt(List<T> all, double train, double validation, long seed) {
        Split split = Split.contiguous(all.size(), train, validation);
        int[] order = Shuffle.permutation(Draws.of(seed).at("split"), all.size());
        return new Lines<>(
                part(all, order, split.train()), part(all, order, split.validation()), part(all, order, split.test()));
    }

    private static <T> List<T> part(List<T> all, int[] order, Span span) {
        return IntStream.range(span.from(), span.to())
                .map(i -> order[i])
                .sorted()
                .mapToObj(all::get)
                .toList();
    }

    /** The vocabulary of some lines, with the boundary around them. */
    static Vocabulary vocabulary(List<String> lines, Tokenizer tokenizer, int minimumCount, int maximumSize) {
        Vocabulary words = Vocabulary.of(tokenizer, String.join("\n", lines), minimumCount, maximumSize - 1);
        if (words.contains(tokenizer.boundary())) {
            return words;
        }
        List<String> tokens = new ArrayList<>(words.tokens());
        tokens.add(tokenizer.boundary());
        return new Vocabulary(tokenizer, tokens);
    }
}
