/**
 * The file formats: model configuration, safetensors and checkpoints.
 *
 * <p>Read first {@link org.rnn4j.serialization.SafetensorsReader} and {@link
 * org.rnn4j.serialization.SafetensorsWriter}: they need nothing else of this project.
 */
package org.rnn4j.serialization;
