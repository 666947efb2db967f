/** What tests a layer: the float64 tensor, the gradient check and the contracts. */
package org.rnn4j.testkit;
