/** What somebody else wrote, for the modules of RNN4J alone: files to be read, reasons why they cannot be, texts in messages, and records. */
package org.rnn4j.core.input;
