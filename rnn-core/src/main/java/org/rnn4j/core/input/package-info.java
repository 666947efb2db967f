/**
 * Reading of untrusted input, for RNN4J modules only. Read {@link org.rnn4j.core.input.InputFile} first: a file to read, with reasons if it cannot be
 * read. Then {@link org.rnn4j.core.input.Printable}: its content as a message can show it.
 */
package org.rnn4j.core.input;
