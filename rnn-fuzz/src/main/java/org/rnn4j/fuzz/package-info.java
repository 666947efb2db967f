/** Every reader of bytes from outside, fed by a fuzzer. Start with {@link org.rnn4j.fuzz.Targets}. */
package org.rnn4j.fuzz;
