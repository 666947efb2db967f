package org.rnn4j.core;

/**
 * A sparse gradient: it is 0 except in some rows of a table, as after a lookup, so that the cost of a large vocabulary depends only on the rows that
 * are used.
 *
 * @param ids the rows, sorted; not to be modified
 * @param values the numbers of the first of these rows, then those of the next; the rest after the last row is 0. Not to be modified
 */
public record Rows(int[] ids, float[] values) {}
