/**
 * Runnable programs. Read {@link org.rnn4j.examples.Chapter5} first: a language model in forty lines. Then
 * {@link org.rnn4j.examples.Quickstart}, which leaves those lines to a trainer and a configuration file.
 */
package org.rnn4j.examples;
