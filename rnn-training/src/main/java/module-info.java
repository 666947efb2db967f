/** The training loop, data sets, text, metrics, and listeners. */
module org.rnn4j.training {
    exports org.rnn4j.training;
    exports org.rnn4j.training.data;
    exports org.rnn4j.training.text;
    exports org.rnn4j.training.metric;
    exports org.rnn4j.training.listener;

    requires transitive org.rnn4j.core;

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.training.metric.MetricTypes,
            org.rnn4j.training.text.DataTypes;
}
