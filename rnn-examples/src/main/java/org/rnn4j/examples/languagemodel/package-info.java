/**
 * The book's language models of words. Read first: {@link org.rnn4j.examples.languagemodel.RnnLm}, then
 * {@link org.rnn4j.examples.languagemodel.BetterRnnLm}.
 */
package org.rnn4j.examples.languagemodel;
