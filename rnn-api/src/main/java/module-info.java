/** What layers and kernels are written against. Depends on nothing. */
module org.rnn4j.api {
    // Exported with its first type: javac refuses to export a package without one.
    // exports org.rnn4j.api;
    // exports org.rnn4j.api.op;
}
