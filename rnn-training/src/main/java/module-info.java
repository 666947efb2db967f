/** Trainer, data sets, metrics and listeners, and their wiring with Guice. */
// Guice and XChart have no module descriptor; Guice types are in the signatures of org.rnn4j.training.inject.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.rnn4j.training {
    exports org.rnn4j.training;
    exports org.rnn4j.training.data;
    exports org.rnn4j.training.text;
    exports org.rnn4j.training.metric;
    exports org.rnn4j.training.listener;
    exports org.rnn4j.training.run;
    exports org.rnn4j.training.inject;

    requires transitive org.rnn4j.serialization;
    requires com.google.common;
    requires transitive com.google.guice;
    requires transitive jakarta.inject;
    requires java.desktop;
    requires me.tongfei.progressbar;
    requires org.knowm.xchart;
}
