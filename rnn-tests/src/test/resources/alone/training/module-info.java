/** A model that is trained with core, layers and training alone. */
module alone.training {
    requires org.rnn4j.layers;
    requires org.rnn4j.training;
}
