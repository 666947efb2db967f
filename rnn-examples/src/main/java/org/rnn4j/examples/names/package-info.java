/**
 * Of which language a name is. Read first: {@link org.rnn4j.examples.names.Names}; its data is
 * {@link org.rnn4j.examples.names.LocaleNamesSource}.
 */
package org.rnn4j.examples.names;
