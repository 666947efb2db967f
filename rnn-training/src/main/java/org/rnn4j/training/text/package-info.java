/** Vocabularies of characters and words. */
package org.rnn4j.training.text;
