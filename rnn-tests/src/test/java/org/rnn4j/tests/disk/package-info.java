/**
 * A file system on which faults happen: it fails, is full, is slow or loses its power at a chosen operation. Read {@link org.rnn4j.tests.disk.Disk}
 * first.
 */
package org.rnn4j.tests.disk;
