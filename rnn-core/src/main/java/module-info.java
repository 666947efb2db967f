/** Tensors with gradients, models, optimizers and streaming sessions. */
@SuppressWarnings({"requires-automatic", "module"}) // EJML has no module descriptor
module org.rnn4j.core {
    exports org.rnn4j.core;
    exports org.rnn4j.core.linear;
    exports org.rnn4j.core.optim;
    exports org.rnn4j.core.input to
            org.rnn4j.serialization,
            org.rnn4j.training,
            org.rnn4j.run;

    requires transitive org.rnn4j.api;
    requires ejml.core;
    requires ejml.ddense;

    uses org.rnn4j.api.TypeProvider;

    provides org.rnn4j.api.TypeProvider with
            org.rnn4j.core.optim.OptimTypes;
}
