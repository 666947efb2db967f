/** Trains a cell that a third party's plugin brings. */
@SuppressWarnings("requires-transitive-automatic")
module acme.application {
    requires org.rnn4j.run;
}
