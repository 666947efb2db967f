/** One plugin with a layer, an update rule, a schedule, a data source, a metric and a listener. */
@SuppressWarnings("requires-transitive-automatic")
module acme.six {
    exports acme.six;

    requires org.rnn4j.layers;
    requires org.rnn4j.run;

    provides org.rnn4j.api.TypeProvider with
            acme.six.Six;
}
