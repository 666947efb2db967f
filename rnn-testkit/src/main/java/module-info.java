/** The float64 tensor, the gradient check, and the contracts that the tests of layers extend. */
module org.rnn4j.testkit {
    exports org.rnn4j.testkit;

    requires transitive org.junit.jupiter.api;
    requires transitive org.rnn4j.core;
    requires transitive org.rnn4j.serialization;

    uses org.rnn4j.api.TypeProvider;
}
