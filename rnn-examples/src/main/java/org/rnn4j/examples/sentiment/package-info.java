/**
 * Whether a sentence is positive. Read first: {@link org.rnn4j.examples.sentiment.Sentiment}, then
 * {@link org.rnn4j.examples.sentiment.Glosses}: what the labels mean.
 */
package org.rnn4j.examples.sentiment;
