/** The wiring of a run from one configuration file with Guice. */
package org.rnn4j.training.inject;
