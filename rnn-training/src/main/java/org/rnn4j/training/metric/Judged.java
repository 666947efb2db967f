package org.rnn4j.training.metric;

import org.rnn4j.api.Lengths;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * One window that a model was judged on.
 *
 * @param output what the model gave, {@code (N,T,…)}
 * @param target what was wanted
 * @param lengths how many steps of each row are valid
 * @param loss the mean loss over the valid positions
 * @param positions how many positions that mean is over
 */
public record Judged(Tensor output, Value target, Lengths lengths, double loss, long positions) {}
