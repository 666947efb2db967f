/** Runnable programs, their configurations and the text they train on. */
// XChart and the jar of the series have no module descriptor.
@SuppressWarnings("requires-automatic")
module org.rnn4j.examples {
    exports org.rnn4j.examples;
    exports org.rnn4j.examples.forecast;
    exports org.rnn4j.examples.initial;
    exports org.rnn4j.examples.names;
    exports org.rnn4j.examples.parity;
    exports org.rnn4j.examples.sentiment;
    exports org.rnn4j.examples.seq2seq;

    // Which fills in the options.
    opens org.rnn4j.examples to
            info.picocli;
    opens org.rnn4j.examples.forecast to
            info.picocli;
    opens org.rnn4j.examples.gradientflow to
            info.picocli;
    opens org.rnn4j.examples.initial to
            info.picocli;
    opens org.rnn4j.examples.languagemodel to
            info.picocli;
    opens org.rnn4j.examples.names to
            info.picocli;
    opens org.rnn4j.examples.parity to
            info.picocli;
    opens org.rnn4j.examples.sentiment to
            info.picocli;
    opens org.rnn4j.examples.seq2seq to
            info.picocli;
    opens org.rnn4j.examples.shared to
            info.picocli;

    requires info.picocli;
    requires java.desktop;
    requires org.knowm.xchart;
    requires org.rnn4j.layers;
    requires transitive org.rnn4j.run;
    requires timeseries; // the series

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.examples.ExampleTypes;
}
