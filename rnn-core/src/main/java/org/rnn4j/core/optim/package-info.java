/**
 * Optimizers and schedules. Read {@link org.rnn4j.core.optim.Optimizer} first; each {@link org.rnn4j.core.optim.UpdateRule} and each
 * {@link org.rnn4j.core.optim.Schedule} is one file with its formula. {@link org.rnn4j.core.optim.Averages} keeps means of the parameters.
 */
package org.rnn4j.core.optim;
