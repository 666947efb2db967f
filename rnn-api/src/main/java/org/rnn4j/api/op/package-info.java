/**
 * The interfaces for hand-written kernels. Read {@link org.rnn4j.api.op.Op} first. Layers can be written without this package.
 */
package org.rnn4j.api.op;
