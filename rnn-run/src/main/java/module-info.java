/** A training run from one configuration file, in its own folder. */
// Guice and XChart have no module descriptor; Guice types are in the signatures of org.rnn4j.run.inject.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.rnn4j.run {
    exports org.rnn4j.run;
    exports org.rnn4j.run.listener;
    exports org.rnn4j.run.inject;

    requires transitive org.rnn4j.serialization;
    requires transitive org.rnn4j.training;
    requires com.google.common;
    requires transitive com.google.guice;
    requires transitive jakarta.inject;
    requires java.desktop;
    requires me.tongfei.progressbar;
    requires org.knowm.xchart;

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.run.listener.ListenerTypes;
}
