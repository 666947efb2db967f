/** How fast RNN4J is, and how fast others are. */
@SuppressWarnings("requires-automatic") // JMH and EJML have no module descriptor
module org.rnn4j.benchmarks {
    exports org.rnn4j.benchmarks;
    exports org.rnn4j.benchmarks.measure;

    opens org.rnn4j.benchmarks to
            info.picocli; // which fills in the options

    requires ejml.core;
    requires ejml.fdense;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires jmh.core;
    requires org.rnn4j.layers;
    requires org.rnn4j.serialization;
}
