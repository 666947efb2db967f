/** Runnable programs, their configurations and the text they train on. */
// XChart and the jar of the series have no module descriptor.
@SuppressWarnings("requires-automatic")
module org.rnn4j.examples {
    exports org.rnn4j.examples;

    opens org.rnn4j.examples to
            info.picocli; // which fills in the options

    requires info.picocli;
    requires java.desktop;
    requires org.knowm.xchart;
    requires org.rnn4j.layers;
    requires org.rnn4j.run;
    requires timeseries; // the series
}
