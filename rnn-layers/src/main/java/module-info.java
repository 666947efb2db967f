/** The built-in cells, layers and losses, written against the API alone. */
module org.rnn4j.layers {
    exports org.rnn4j.layers;
    exports org.rnn4j.layers.loss;

    requires transitive org.rnn4j.api;

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.layers.Layers;
}
