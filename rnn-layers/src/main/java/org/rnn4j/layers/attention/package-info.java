/**
 * Attention to the steps of another sequence. Read {@link org.rnn4j.layers.attention.AttentionWeight} first: the weight of each step. Then
 * {@link org.rnn4j.layers.attention.TimeAttention}, all steps at once, and {@link org.rnn4j.layers.attention.AttentionDecoder}, which attends before
 * each step of its cell.
 */
package org.rnn4j.layers.attention;
