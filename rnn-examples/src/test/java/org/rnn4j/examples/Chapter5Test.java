package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class Chapter5Test {
    /** The words themselves are as surprising as some 200 equally likely ones would be, so less means that it learnt what follows on what. */
    @Test
    void learnsTheWordsByHeart() throws IOException {
        double first = Chapter5.train(1);
        double perplexity = Chapter5.train(20);
        assertTrue(first > 400 && first < 600, "perplexity of the first epoch " + first);
        assertTrue(perplexity < 20, "perplexity of the last epoch " + perplexity);
    }
}
