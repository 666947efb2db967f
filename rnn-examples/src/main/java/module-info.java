/** Runnable programs, their configurations and the text they train on. */
module org.rnn4j.examples {
    exports org.rnn4j.examples;

    opens org.rnn4j.examples to
            info.picocli; // which fills in the options

    requires info.picocli;
    requires org.rnn4j.layers;
    requires org.rnn4j.training;
}
