package org.rnn4j.examples.seq2seq;

import java.util.List;
import java.util.stream.Stream;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.PairsData;
import org.rnn4j.training.text.Reading;
import org.rnn4j.training.text.Vocabulary;

/**
 * Questions and their answers that a program makes, as characters: in front what is learnt, behind it two parts of equal size, one to choose by
 * and one to judge by. Both sides have one vocabulary, the characters of the learnt pairs.
 *
 * @param all the pairs in the order of the parts
 * @param learnt how many are learnt
 * @param reading from where a question is read
 * @param rows N, how many are in a batch
 * @param seed what the order of learning depends on
 */
record Pairs(List<Pair> all, int learnt, Reading reading, int rows, long seed) {
    private static final String BEGIN = "<";
    private static final String END = ">";

    /** A question and its answer. */
    record Pair(String question, String answer) {}

    private int judged() {
        return (all.size() - learnt) / 2;
    }

    /** To learn from. */
    List<Pair> train() {
        return all.subList(0, learnt);
    }

    /** To choose by. */
    List<Pair> validation() {
        return all.subList(learnt, learnt + judged());
    }

    /** To judge by, once. */
    List<Pair> test() {
        return all.subList(learnt + judged(), learnt + 2 * judged());
    }

    /** The learnt pairs beside others. */
    PairsData data(List<Pair> others) {
        Stream<String> characters = train().stream()
                .flatMapToInt(pair -> (pair.question + pair.answer).chars())
                .sorted()
                .distinct()
                .mapToObj(Character::toString);
        Vocabulary vocabulary = new Vocabulary(
                new CharTokenizer(),
                Stream.concat(Stream.of(BEGIN, END), characters).toList());
        PairsData.Sides sides = new PairsData.Sides(vocabulary, vocabulary, reading, BEGIN, END);
        return new PairsData(part(train(), vocabulary), part(others, vocabulary), sides, rows, seed).unsorted();
    }

    private static PairsData.Part part(List<Pair> pairs, Vocabulary vocabulary) {
        return new PairsData.Part(
                pairs.stream().map(pair -> vocabulary.encode(pair.question)).toArray(int[][]::new),
                pairs.stream().map(pair -> vocabulary.encode(pair.answer)).toArray(int[][]::new));
    }
}
