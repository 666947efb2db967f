/**
 * Configurations and other JSON. Read {@link org.rnn4j.serialization.configuration.Config} first, which converts a file to records, then
 * {@link org.rnn4j.serialization.configuration.ModelFormat}, which reads and writes the configuration of a model.
 */
package org.rnn4j.serialization.configuration;
