/**
 * What the layers' default initial values were chosen by. Read first: {@link org.rnn4j.examples.initial.InitialValues}.
 */
package org.rnn4j.examples.initial;
