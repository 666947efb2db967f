/**
 * Named tensors in one file, in the format of that name. Read {@link org.rnn4j.serialization.safetensors.SafetensorsReader} first; for other models than ours
 * it needs nothing else of this project but how files are opened and written.
 */
package org.rnn4j.serialization.safetensors;
