/**
 * Atomic writes and locks. Read {@link org.rnn4j.serialization.file.AtomicFile} first: a file has either its complete old content or its complete new
 * content.
 */
package org.rnn4j.serialization.file;
