/**
 * Models and how they run. Read {@link org.rnn4j.core.Model} first.
 */
package org.rnn4j.core;
