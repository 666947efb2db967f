/**
 * The share of a gradient that is left after many steps back; nothing is trained. Read {@link org.rnn4j.examples.gradientflow.GradientFlow} first.
 */
package org.rnn4j.examples.gradientflow;
