/** Runnable programs. */
package org.rnn4j.examples;
