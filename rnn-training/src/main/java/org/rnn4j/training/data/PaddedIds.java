package org.rnn4j.training.data;

import java.util.Arrays;

/**
 * Sequences of different lengths in one rectangle.
 *
 * @param ids (N,T), T being the longest row; what lies behind a row's end is padding
 * @param lengths (N), how many ids of each row are valid
 */
public record PaddedIds(int[][] ids, int[] lengths) {

    /**
     * Copies some of the sequences into a rectangle that is as wide as the longest of them.
     *
     * @param sequences all sequences; not modified
     * @param members the indices of those to take, in row order, as {@link Bucketed#members} gives them; not modified
     * @param padding the id behind the end of the shorter rows
     */
    public static PaddedIds of(int[][] sequences, int[] members, int padding) {
        int steps = 0;
        for (int member : members) {
            steps = Math.max(steps, sequences[member].length);
        }
        int[][] ids = new int[members.length][];
        int[] lengths = new int[members.length];
        for (int n = 0; n < members.length; n++) {
            int[] sequence = sequences[members[n]];
            lengths[n] = sequence.length;
            ids[n] = Arrays.copyOf(sequence, steps);
            Arrays.fill(ids[n], sequence.length, steps, padding);
        }
        return new PaddedIds(ids, lengths);
    }
}
