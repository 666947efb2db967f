/** Tensors in a file with serialization alone. */
module alone.safetensors {
    requires org.rnn4j.serialization;
}
