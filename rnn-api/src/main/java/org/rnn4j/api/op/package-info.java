/** For authors of hand-written kernels: operations, the arrays they work on and the arithmetic they call. */
package org.rnn4j.api.op;
