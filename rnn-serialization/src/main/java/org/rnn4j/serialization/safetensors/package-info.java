/**
 * Named tensors in one file, in the safetensors format. Read {@link org.rnn4j.serialization.safetensors.SafetensorsReader} first; for models of other
 * libraries it needs nothing else of this project except opening and writing of files.
 */
package org.rnn4j.serialization.safetensors;
