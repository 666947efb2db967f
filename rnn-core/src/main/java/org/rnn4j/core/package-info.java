/**
 * Models and how they run. Read Model first.
 */
package org.rnn4j.core;
