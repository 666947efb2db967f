package org.rnn4j.core;

/**
 * A gradient that is 0 but in some rows of a table: what a lookup leaves behind, so that a large vocabulary costs what is used of it.
 *
 * @param ids the rows, sorted; not to be modified
 * @param values the numbers of the first of these rows, then those of the next; what follows the last is 0. Not to be modified
 */
public record Rows(int[] ids, float[] values) {}
