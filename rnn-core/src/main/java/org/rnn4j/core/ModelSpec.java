package org.rnn4j.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.rnn4j.api.LayerSpec;

/**
 * The configuration of a model: a graph of named nodes. Its JSON form consists of these components.
 *
 * <pre>{@code
 * ModelSpec spec = ModelSpec.chain()
 *         .then("embed", new Embedding(1000, 100))
 *         .then("rnn", TimeRNN.stateful(100, 100))
 *         .then("output", new Affine(100, 1000))
 *         .build();
 * }</pre>
 *
 * @param inputs the names of the model's inputs
 * @param nodes the nodes by name, each after those that its inputs come from; the names become the paths of parameters
 * @param outputs the nodes whose outputs are the outputs of the model
 */
public record ModelSpec(List<String> inputs, Map<String, NodeSpec> nodes, List<String> outputs) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    /** Checks that every name is well formed and known where it is used; copies. */
    public ModelSpec {
        inputs = List.copyOf(notEmpty("inputs", inputs));
        outputs = List.copyOf(notEmpty("outputs", outputs));
        if (nodes == null || nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes is empty, expected at least one");
        }
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        Set<String> known = new HashSet<>();
        for (String input : inputs) {
            addName(known, input);
        }
        for (Map.Entry<String, NodeSpec> node : nodes.entrySet()) {
            for (String input : node.getValue().inputs()) {
                if (!known.contains(nodeOf(input))) {
                    throw new IllegalArgumentException("node " + node.getKey() + " takes the input " + input
                            + ", which is neither an input of the model nor an earlier node"
                            + Spelling.hint(input, known));
                }
            }
            addName(known, node.getKey());
        }
        for (String output : outputs) {
            if (!nodes.containsKey(nodeOf(output))) {
                throw new IllegalArgumentException(
                        "the model's output " + output + " is no node" + Spelling.hint(output, nodes.keySet()));
            }
        }
    }

    /** Begins a chain: each node takes the output of the previous node, and the first takes the model's input {@code x}. */
    public static Chain chain() {
        return new Chain();
    }

    /**
     * Begins a graph: each node names its inputs.
     *
     * <pre>{@code
     * ModelSpec spec = ModelSpec.graph("source", "target")
     *         .node("read", new Embedding(13, 16), "source")
     *         .node("encoder", new Encoder(new LSTM(16, 128)), "read")
     *         .node("write", new Embedding(13, 16), "target")
     *         .node("decoder", new Decoder(new LSTM(16, 128)), "write", "encoder.h", "encoder.c")
     *         .node("output", new Affine(128, 13), "decoder")
     *         .build("output");
     * }</pre>
     *
     * @param inputs the names of the model's inputs
     */
    public static Graph graph(String... inputs) {
        return new Graph(List.of(inputs));
    }

    private static List<String> notEmpty(String name, List<String> list) {
        if (list == null || list.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty, expected at least one name");
        }
        return list;
    }

    private static void addName(Set<String> known, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name \"" + name + "\": expected a letter, then letters, digits, - and _");
        }
        if (!known.add(name)) {
            throw new IllegalArgumentException("name " + name + " is used twice");
        }
    }

    /** The node that a reference such as {@code attention.weights} means. */
    static String nodeOf(String reference) {
        int dot = reference.indexOf('.');
        return dot < 0 ? reference : reference.substring(0, dot);
    }

    /** Builds a {@link ModelSpec} whose nodes follow one another. */
    public static final class Chain {
        private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
        private final List<String> names = new ArrayList<>(List.of("x"));

        private Chain() {}

        /** Adds a layer after the others. */
        public Chain then(String name, LayerSpec<?> layer) {
            if (nodes.put(name, new NodeSpec(layer, List.of(names.get(names.size() - 1)))) != null) {
                throw new IllegalArgumentException("name " + name + " is used twice");
            }
            names.add(name);
            return this;
        }

        /** The model; its output is that of the last layer. */
        public ModelSpec build() {
            return new ModelSpec(List.of("x"), nodes, List.of(names.get(names.size() - 1)));
        }
    }

    /** Builds a {@link ModelSpec} whose nodes name their inputs. */
    public static final class Graph {
        private final List<String> inputs;
        private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();

        private Graph(List<String> inputs) {
            this.inputs = inputs;
        }

        /**
         * Adds a node.
         *
         * @param from where its inputs come from, as {@link NodeSpec} says
         */
        public Graph node(String name, LayerSpec<?> layer, String... from) {
            if (nodes.put(name, new NodeSpec(layer, List.of(from))) != null) {
                throw new IllegalArgumentException("name " + name + " is used twice");
            }
            return this;
        }

        /** The model with these nodes' outputs. */
        public ModelSpec build(String... outputs) {
            return new ModelSpec(inputs, nodes, List.of(outputs));
        }
    }
}
