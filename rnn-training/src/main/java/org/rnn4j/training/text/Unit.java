package org.rnn4j.training.text;

import org.rnn4j.training.metric.LikelihoodMetric;

/** What a language model reads and predicts one after the other. */
public enum Unit {
    /** Characters (Unicode code points), judged by bits per character. */
    CHARACTER,
    /** Lower-case words and punctuation marks, judged by perplexity. */
    WORD;

    /** How a text is cut into these. */
    public Tokenizer tokenizer() {
        return this == CHARACTER ? new CharTokenizer() : new WordTokenizer();
    }

    /** What models of these are usually judged by. */
    public LikelihoodMetric metric() {
        return this == CHARACTER ? LikelihoodMetric.BITS_PER_CHARACTER : LikelihoodMetric.PERPLEXITY;
    }
}
