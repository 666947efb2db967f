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
 * The lines of a text that are not blank, dealt at random to a training and a validation part; within a part they stay in order. At random,
 * because files of separate lines are often sorted, and a last part of one letter or one class would say nothing.
 */
record Lines(List<Line> train, List<Line> validation) {

    /** A line and its number, from 1. */
    record Line(int number, String text) {}

    /** Deals by these fractions and this seed. */
    static Lines of(Corpus corpus, double train, double validation, long seed) {
        List<String> texts = corpus.text().lines().toList();
        List<Line> all = IntStream.range(0, texts.size())
                .mapToObj(i -> new Line(i + 1, texts.get(i).strip()))
                .filter(line -> !line.text().isEmpty())
                .toList();
        Split split = Split.contiguous(all.size(), train, validation);
        int[] order = Shuffle.permutation(Draws.of(seed).at("split"), all.size());
        return new Lines(part(all, order, split.train()), part(all, order, split.validation()));
    }

    private static List<Line> part(List<Line> all, int[] order, Span span) {
        return IntStream.range(span.from(), span.to())
                .map(i -> order[i])
                .sorted()
                .mapToObj(all::get)
                .toList();
    }

    /** The vocabulary of some lines, and the boundary that stands around them. */
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
