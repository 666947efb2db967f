/** Runnable programs, their configurations and the text they train on. */
module org.rnn4j.examples {
    // Exported with its first type: javac refuses to export a package without one.
    // exports org.rnn4j.examples;

    requires info.picocli;
    requires org.rnn4j.layers;
    requires org.rnn4j.training;
}
