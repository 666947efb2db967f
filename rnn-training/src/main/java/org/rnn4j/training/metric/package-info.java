/** Metrics and the baselines they are compared with. */
package org.rnn4j.training.metric;
