/** Finds the layers without naming their module. */
module alone.discovery {
    requires org.rnn4j.core;
}
