/** The workloads, as a user of RNN4J writes them: public API alone. Read {@link org.rnn4j.benchmarks.work.Workload} first. */
package org.rnn4j.benchmarks.work;
