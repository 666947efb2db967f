/** How much of a gradient is left after many steps back: {@link org.rnn4j.examples.gradientflow.GradientFlow}. Nothing is trained. */
package org.rnn4j.examples.gradientflow;
