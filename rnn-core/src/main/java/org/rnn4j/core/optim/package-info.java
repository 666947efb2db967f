/** Optimizers, gradient clipping and learning-rate schedules. */
package org.rnn4j.core.optim;
