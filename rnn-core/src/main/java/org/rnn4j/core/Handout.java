package org.rnn4j.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/** Hands the parameters of a model out to its layers, each once, and knows all of them afterwards. */
final class Handout {
    /** Layers in layers: deeper than any document that a model is read from, and far from the end of a thread's stack. */
    private static final int DEEPEST = 100;

    private final Map<String, Parameter> handedOut = new LinkedHashMap<>();
    private final Map<String, Tensor> leaves = new HashMap<>();
    private final boolean training;
    private final Source source;
    private boolean closed;

    /**
     * Nothing handed out yet.
     *
     * @param training whether layers are created for training
     */
    Handout(boolean training, Source source) {
        this.training = training;
        this.source = source;
    }

    /** Where the parameter of a path comes from: new, from given numbers, or another view's. */
    interface Source {
        /** For a shape, to begin as said. */
        Parameter parameter(String path, Init init, Shape shape);
    }

    /** What a node of this name asks. */
    Params at(String name) {
        return new Place(name, 1);
    }

    /** All by path, in the order in which they were asked for. */
    Map<String, Parameter> all() {
        closed = true;
        return Collections.unmodifiableMap(handedOut);
    }

    /** {@link Params} of one place. */
    private final class Place implements Params {
        private final String path;
        private final int depth;

        Place(String path, int depth) {
            this.path = path;
            this.depth = depth;
        }

        @Override
        public Tensor get(String name, Init init, int... dims) {
            String whole = path + "." + name;
            if (closed) {
                throw new IllegalStateException("parameter " + whole
                        + " was asked for after the model was made: expected all parameters to be asked for in create");
            }
            if (name == null || name.isEmpty() || name.contains("/")) {
                throw new IllegalArgumentException(
                        "parameter name " + name + ": expected a name without a slash, such as weight");
            }
            if (handedOut.containsKey(whole)) {
                throw new IllegalArgumentException("parameter " + whole + " was asked for twice");
            }
            Parameter parameter = source.parameter(whole, init, Shape.of(dims));
            handedOut.put(whole, parameter);
            leaves.put(whole, parameter.view(training));
            return leaves.get(whole);
        }

        @Override
        public Params scope(String name) {
            if (depth == DEEPEST) {
                throw new IllegalArgumentException("its layers are nested more than " + DEEPEST + " deep");
            }
            return new Place(path + "." + name, depth + 1);
        }

        @Override
        public Tensor shared(String other, int... dims) {
            Parameter parameter = handedOut.get(other);
            if (parameter == null) {
                throw new IllegalArgumentException(
                        "sameAs " + other + ": no parameter of an earlier layer has this path"
                                + Spelling.hint(other, handedOut.keySet()));
            }
            if (!parameter.shape().equals(Shape.of(dims))) {
                throw new IllegalArgumentException(
                        "sameAs " + other + ": its shape is " + parameter.shape() + ", expected " + Shape.of(dims));
            }
            return leaves.get(other);
        }

        @Override
        public boolean training() {
            return training;
        }
    }
}
