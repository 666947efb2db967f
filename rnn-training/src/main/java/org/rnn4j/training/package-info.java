/** The trainer. */
package org.rnn4j.training;
