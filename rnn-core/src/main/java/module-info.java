/** Tensors with gradients, models, optimizers and streaming sessions. */
@SuppressWarnings("requires-automatic") // EJML has no module descriptor
module org.rnn4j.core {
    // Exported with its first type: javac refuses to export a package without one.
    // exports org.rnn4j.core;
    // exports org.rnn4j.core.init;
    // exports org.rnn4j.core.optim;

    requires transitive org.rnn4j.api;
    requires ejml.core;
    requires ejml.fdense;
}
