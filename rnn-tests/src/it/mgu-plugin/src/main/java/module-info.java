/** The minimal gated unit. */
module acme.mgu {
    exports acme.mgu;

    requires transitive org.rnn4j.api;

    provides org.rnn4j.api.LayerProvider with
            acme.mgu.MguProvider;
}
