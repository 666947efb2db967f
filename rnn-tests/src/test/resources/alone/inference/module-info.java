/** A model that is run with core and layers alone. */
module alone.inference {
    requires org.rnn4j.core;
    requires org.rnn4j.layers;
}
