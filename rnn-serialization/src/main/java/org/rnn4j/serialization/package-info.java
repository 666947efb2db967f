/**
 * The file formats, a package each: {@code configuration} (a file becomes records, a model's configuration, JSON), {@code safetensors},
 * {@code checkpoint} (everything of a run in one file), and {@code file} (how a file is written, locked and replaced). Read
 * {@link org.rnn4j.serialization.configuration.Config} first. How large a file may be is in one place, {@link org.rnn4j.serialization.Limits}.
 */
package org.rnn4j.serialization;
