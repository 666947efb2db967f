/** Tensors with gradients, models, optimizers and streaming sessions. */
@SuppressWarnings("requires-automatic") // EJML has no module descriptor
module org.rnn4j.core {
    exports org.rnn4j.core;
    exports org.rnn4j.core.linear;
    exports org.rnn4j.core.optim;

    requires transitive org.rnn4j.api;
    requires ejml.core;
    requires ejml.ddense;

    uses org.rnn4j.api.LayerProvider;
}
