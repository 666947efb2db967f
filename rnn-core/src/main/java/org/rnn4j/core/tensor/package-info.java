/**
 * The float32 autograd tensor and its gradients. Start at {@link org.rnn4j.core.tensor.FloatTensor}, whose operations are one file each,
 * with the gradient, and at {@link org.rnn4j.core.tensor.Backward}. Not exported.
 */
package org.rnn4j.core.tensor;
