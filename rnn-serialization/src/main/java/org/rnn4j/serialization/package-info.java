/** The file formats: model configuration, safetensors and checkpoints. */
package org.rnn4j.serialization;
