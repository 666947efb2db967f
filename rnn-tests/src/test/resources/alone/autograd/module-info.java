/** Tensors and their gradients with core alone. */
module alone.autograd {
    requires org.rnn4j.core;
}
