package org.rnn4j.training.text;

import org.rnn4j.training.metric.LikelihoodMetric;

/** What a language model reads and predicts one after the other. */
public enum Unit {
    /** Characters (Unicode code points), evaluated by bits per character. */
    CHARACTER,
    /** Lower-case words and punctuation marks, evaluated by perplexity. */
    WORD;

    /** How a text is split into these. */
    public Tokenizer tokenizer() {
        return this == CHARACTER ? new CharTokenizer() : new WordTokenizer();
    }

    /** The usual metric of models of these. */
    public LikelihoodMetric metric() {
        return this == CHARACTER ? LikelihoodMetric.BITS_PER_CHARACTER : LikelihoodMetric.PERPLEXITY;
    }
}
