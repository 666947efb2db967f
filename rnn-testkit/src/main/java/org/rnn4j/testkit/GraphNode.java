package org.rnn4j.testkit;

/**
 * How a float64 tensor came about: a node of the graph.
 *
 * @param name the operation with its settings
 * @param gradient null for leaves and where gradients stop
 * @param inputs what it was computed from
 */
record Origin(String name, Gradient gradient, DoubleTensor... inputs) {
    static final Origin CONSTANT = new Origin("constant", null);
    static final Origin VARIABLE = new Origin("variable", null);

    static Origin of(String name, Gradient gradient, DoubleTensor... inputs) {
        return new Origin(name, gradient, inputs);
    }

    /** The backward half of an operation; it holds what it needs of the forward half. */
    @FunctionalInterface
    interface Gradient {
        /**
         * Adds to the gradients of the inputs: setting them would lose the other uses of a tensor.
         *
         * @param dy the gradient of the loss with respect to the result; not modified
         * @param dIn those with respect to each input, modified; null where nobody asked. Two of them are one array where a tensor
         *     is given twice
         */
        void add(double[] dy, double[][] dIn);
    }
}
