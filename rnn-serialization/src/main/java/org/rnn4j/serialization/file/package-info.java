/**
 * Files that are whole whatever happens. Read {@link org.rnn4j.serialization.file.AtomicFile} first: a file is the old one or the new one, and nothing
 * between.
 */
package org.rnn4j.serialization.file;
