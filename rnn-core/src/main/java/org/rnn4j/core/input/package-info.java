/**
 * What somebody else wrote, for the modules of RNN4J alone. Read first {@link org.rnn4j.core.input.InputFile}: a file to be read, and why it
 * cannot be; then {@link org.rnn4j.core.input.Printable}: what is in it, as a message can show it.
 */
package org.rnn4j.core.input;
