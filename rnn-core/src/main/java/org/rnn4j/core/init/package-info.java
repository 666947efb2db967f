/** Initialisers of parameters. */
package org.rnn4j.core.init;
