/**
 * For authors of hand-written kernels. Read {@link org.rnn4j.api.op.Op} first. Nobody needs this package to write a layer.
 */
package org.rnn4j.api.op;
