/**
 * Looking at the steps of another sequence. Read {@link org.rnn4j.layers.attention.AttentionWeight} first: how much to look at each step; then
 * {@link org.rnn4j.layers.attention.TimeAttention}, all steps at once, and {@link org.rnn4j.layers.attention.AttentionDecoder}, which looks before
 * each step of its cell.
 */
package org.rnn4j.layers.attention;
