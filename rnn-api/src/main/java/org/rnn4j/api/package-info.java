/** Everything a layer's author sees: tensors, shapes, layers, recurrent steps and the specs that create them. */
package org.rnn4j.api;
