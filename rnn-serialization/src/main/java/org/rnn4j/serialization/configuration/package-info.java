/**
 * Configurations and other JSON. Read {@link org.rnn4j.serialization.configuration.Config} first: a file becomes records. Then
 * {@link org.rnn4j.serialization.configuration.ModelFormat}, a model's configuration, read and written.
 */
package org.rnn4j.serialization.configuration;
