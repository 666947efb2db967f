/** Every reader of bytes from outside, fed by a fuzzer. Read {@link org.rnn4j.fuzz.Targets} first. */
package org.rnn4j.fuzz;
