/**
 * Runnable programs. Read {@link org.rnn4j.examples.Chapter5} first: a language model in forty lines. Then
 * {@link org.rnn4j.examples.Quickstart}, which leaves those lines to a trainer and a configuration file.
 * {@link org.rnn4j.examples.Example} is the group of the tasks whose results stand beside those of simple methods: {@code ./rnn example}. Each has a
 * package here and a folder of configuration files, {@code rnn-examples/config}, and trains as the quickstart does, see
 * {@code org.rnn4j.examples.shared}.
 */
package org.rnn4j.examples;
