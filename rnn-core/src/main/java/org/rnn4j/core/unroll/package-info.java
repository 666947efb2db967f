/** Hand-written steps of cells over time, as one op. Start at {@link org.rnn4j.core.unroll.FusedWindow}. Not exported. */
package org.rnn4j.core.unroll;
