/** Model configuration as JSON and YAML, weights as safetensors, checkpoints. */
module org.rnn4j.serialization {
    exports org.rnn4j.serialization;
    exports org.rnn4j.serialization.checkpoint;
    exports org.rnn4j.serialization.configuration;
    exports org.rnn4j.serialization.file;
    exports org.rnn4j.serialization.safetensors;

    requires transitive org.rnn4j.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
}
