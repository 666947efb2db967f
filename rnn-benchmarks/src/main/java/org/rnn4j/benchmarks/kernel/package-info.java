/**
 * The kernels one by one, under JMH, beside what the machine can do at most. Read {@link org.rnn4j.benchmarks.kernel.ProductBenchmark}
 * first.
 */
package org.rnn4j.benchmarks.kernel;
