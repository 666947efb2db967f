/** The built-in cells, layers and losses, written against the API only. */
module org.rnn4j.layers {
    exports org.rnn4j.layers;
    exports org.rnn4j.layers.attention;
    exports org.rnn4j.layers.cell;
    exports org.rnn4j.layers.feedforward;
    exports org.rnn4j.layers.loss;
    exports org.rnn4j.layers.pooling;
    exports org.rnn4j.layers.regularisation;
    exports org.rnn4j.layers.sequence;

    requires transitive org.rnn4j.api;

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.layers.Layers;
}
