package org.rnn4j.testkit;

/**
 * How a float64 tensor was computed: a node of the graph.
 *
 * @param name the operation with its settings
 * @param gradient null for leaves and where gradients stop
 * @param inputs what it was computed from
 */
record GraphNode(String name, Gradient gradient, DoubleTensor... inputs) {
    static final GraphNode CONSTANT = new GraphNode("constant", null);
    static final GraphNode VARIABLE = new GraphNode("variable", null);

    static GraphNode of(String name, Gradient gradient, DoubleTensor... inputs) {
        return new GraphNode(name, gradient, inputs);
    }

    /** The backward half of an operation; it keeps what it needs from the forward half. */
    @FunctionalInterface
    interface Gradient {
        /**
         * Adds to the gradients of the inputs, because setting them would lose the other uses of a tensor.
         *
         * @param dy the gradient of the loss with respect to the result; not modified
         * @param dIn those with respect to each input, modified; null if it is not needed. Two of them are the same array if a tensor is passed twice
         */
        void add(double[] dy, double[][] dIn);
    }
}
