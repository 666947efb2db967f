package org.rnn4j.tests;

import java.util.List;

/** What a random thing is made of: numbers, each of which decides one question. Where they are used up, the first answer is given, the simplest. */
final class Choices {
    private final List<Integer> numbers;
    private int next;

    Choices(List<Integer> numbers) {
        this.numbers = numbers;
    }

    /** A number from 0 on and below the bound. */
    int below(int bound) {
        return next < numbers.size() ? Math.floorMod(numbers.get(next++), bound) : 0;
    }

    /** A number of a range, both ends included. */
    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    boolean yes() {
        return below(2) == 1;
    }

    @SafeVarargs
    final <T> T of(T... answers) {
        return answers[below(answers.length)];
    }
}
