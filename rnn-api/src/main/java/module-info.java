/** The interfaces that layers and kernels are written against. Depends on nothing. */
module org.rnn4j.api {
    exports org.rnn4j.api;
    exports org.rnn4j.api.op;
}
