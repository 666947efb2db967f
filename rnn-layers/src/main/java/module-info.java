/** The built-in cells, layers and losses, written against the API alone. */
module org.rnn4j.layers {
    // Exported with its first type: javac refuses to export a package without one.
    // exports org.rnn4j.layers;
    // exports org.rnn4j.layers.loss;

    requires org.rnn4j.api;
}
