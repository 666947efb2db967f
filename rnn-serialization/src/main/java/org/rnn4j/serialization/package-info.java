/**
 * The file formats, one package each: {@code configuration} (files to records, the configuration of a model, JSON), {@code safetensors},
 * {@code checkpoint} (the state of a run in one file), and {@code file} (atomic writes and locks). Read
 * {@link org.rnn4j.serialization.configuration.Config} first. {@link org.rnn4j.serialization.Limits} has all limits on files.
 */
package org.rnn4j.serialization;
