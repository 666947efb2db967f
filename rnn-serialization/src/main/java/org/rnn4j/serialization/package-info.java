/**
 * The file formats: configuration, models, safetensors, checkpoints and measurements.
 *
 * <p>Read first {@link org.rnn4j.serialization.Config} (a file becomes records), {@link org.rnn4j.serialization.ModelFormat} (a model's
 * configuration, read and written) and {@link org.rnn4j.serialization.CheckpointFile} (everything of a run in one file). {@link
 * org.rnn4j.serialization.SafetensorsReader} and {@link org.rnn4j.serialization.SafetensorsWriter} need nothing else of this project.
 */
package org.rnn4j.serialization;
