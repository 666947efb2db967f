package org.rnn4j.tests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.NodeSpec;
import org.rnn4j.layers.attention.AdditiveWeight;
import org.rnn4j.layers.attention.Attention;
import org.rnn4j.layers.attention.AttentionDecoder;
import org.rnn4j.layers.attention.AttentionWeight;
import org.rnn4j.layers.attention.TimeAttention;
import org.rnn4j.layers.attention.WeightSum;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.LayerNormGRU;
import org.rnn4j.layers.cell.LayerNormLSTM;
import org.rnn4j.layers.cell.LayerNormRNN;
import org.rnn4j.layers.cell.PeepholeLSTM;
import org.rnn4j.layers.cell.ProjectedLSTM;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.LayerNorm;
import org.rnn4j.layers.feedforward.Residual;
import org.rnn4j.layers.feedforward.Sequential;
import org.rnn4j.layers.pooling.Last;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.pooling.Max;
import org.rnn4j.layers.pooling.Mean;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.WeightDrop;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Bidirectional;
import org.rnn4j.layers.sequence.BidirectionalEncoder;
import org.rnn4j.layers.sequence.Bridge;
import org.rnn4j.layers.sequence.Decoder;
import org.rnn4j.layers.sequence.Encoder;
import org.rnn4j.layers.sequence.PeekyDecoder;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

/**
 * The configuration of a random model: a chain, one of several inputs that are put side by side, or an encoder with what reads it. All have the
 * input {@code x}, which is ids or numbers; an encoder reads {@code source}, ids with a time of their own.
 */
final class DrawnSpec {
    /** Ids are below this; as many outputs has a model that tells ids. */
    static final int VOCABULARY = 7;

    private final Choices choices;
    private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
    private final boolean wide;
    private final boolean ids;
    private boolean pooled;
    private boolean encoded;
    private int numbers;
    private int embedded;
    /** The node behind which the next one comes, and the width of its output. */
    private String last = "x";

    private int width;

    private DrawnSpec(Choices choices) {
        this.choices = choices;
        // Once in a while so wide that the threads share its products.
        this.wide = choices.below(16) == 15;
        this.ids = choices.below(3) < 2;
    }

    /**
     * A drawn configuration, and what must be known to feed it.
     *
     * @param wide whether it is so wide that threads share its products, given enough rows
     * @param x the width of its input x; 0 where that is ids
     * @param encoded whether it reads a source
     * @param pooled whether it gives one output for a whole row
     */
    record Drawn(ModelSpec spec, boolean wide, int x, boolean encoded, boolean pooled) {}

    static Drawn of(Choices choices) {
        return new DrawnSpec(choices).draw();
    }

    private Drawn draw() {
        switch (choices.below(4)) {
            case 0, 1 -> {
                begin();
                layers();
            }
            case 2 -> sideBySide();
            default -> encoderAndDecoder();
        }
        if (!pooled && !encoded && choices.below(3) == 2) {
            pooled = true;
            add("pool", choices.of(new Last(), new LastValid(), new Mean(), new Max()), width);
        }
        end();
        List<String> inputs = encoded ? List.of("x", "source") : List.of("x");
        return new Drawn(new ModelSpec(inputs, nodes, List.of("output")), wide, numbers, encoded, pooled);
    }

    private int anyWidth() {
        return wide ? 160 : choices.between(1, 9);
    }

    private void add(String name, LayerSpec<?> layer, int outputs) {
        node(name, layer, outputs, last);
    }

    private void node(String name, LayerSpec<?> layer, int outputs, String... from) {
        nodes.put(name, new NodeSpec(layer, List.of(from)));
        last = name;
        width = outputs;
    }

    /** Ids become vectors; numbers are vectors. */
    private void begin() {
        int any = anyWidth();
        if (ids) {
            add("embed", embedding(any), any);
            embedded = any;
        } else {
            numbers = any;
            width = any;
        }
    }

    private LayerSpec<?> embedding(int outputs) {
        return choices.of(
                new Embedding(VOCABULARY, outputs),
                new Embedding(VOCABULARY, outputs, null, 0.25),
                new Embedding(VOCABULARY, outputs, Init.normal(0.1), null));
    }

    private void layers() {
        int count = wide ? 1 : choices.between(1, 3);
        for (int i = 1; i <= count; i++) {
            layer("layer" + i);
        }
    }

    /** Affine, tied to the embedding where both choose so. */
    private void end() {
        if (embedded > 0 && !encoded && choices.yes()) {
            add("back", new Affine(width, embedded), embedded);
            add("output", Affine.sameAs("embed.weight", embedded, VOCABULARY), VOCABULARY);
        } else {
            add("output", new Affine(width, VOCABULARY), VOCABULARY);
        }
    }

    private CellSpec cell(int inputs, int hidden) {
        return choices.of(
                new RNN(inputs, hidden),
                new LSTM(inputs, hidden),
                new GRU(inputs, hidden),
                new GRU(inputs, hidden, GRU.Reset.BEFORE, null),
                new PeepholeLSTM(inputs, hidden),
                new LayerNormRNN(inputs, hidden),
                new LayerNormLSTM(inputs, hidden),
                new LayerNormGRU(inputs, hidden));
    }

    private void layer(String name) {
        int in = width;
        int out = anyWidth();
        Boolean stateful = choices.yes() ? true : null;
        switch (choices.below(wide ? 4 : 19)) {
            case 0 -> add(name, new TimeLSTM(in, out, null, null, stateful), out);
            case 1 -> add(name, new TimeGRU(in, out, choices.of(GRU.Reset.values()), null, stateful), out);
            case 2 -> add(name, new TimeRNN(in, out, null, stateful), out);
            case 3 -> add(name, new Time(cell(in, out), stateful), out);
            case 4 -> {
                int projected = choices.between(1, out);
                add(name, new Time(new ProjectedLSTM(in, out, projected, null, null), stateful), projected);
            }
            case 5 -> {
                Bidirectional.Merge merge = choices.of(Bidirectional.Merge.values());
                add(
                        name,
                        new Bidirectional(cell(in, out), merge),
                        merge == Bidirectional.Merge.CONCATENATE ? 2 * out : out);
            }
            case 6 -> add(name, new Bidirectional(new LSTM(in, out)), 2 * out);
            case 7 -> add(name, new RecurrentDropout(cell(in, out), 0.25, stateful), out);
            case 8 -> add(name, new Zoneout(new LSTM(in, out), Map.of("h", 0.25, "c", 0.5), stateful), out);
            case 9 -> add(name, new WeightDrop(new TimeLSTM(in, out, null, null, stateful), 0.25), out);
            case 10 -> add(name, new Convolution(in, out, choices.between(1, 3), null, null, null, stateful), out);
            case 11 -> {
                int kernel = choices.between(1, 3);
                int dilation = kernel % 2 == 0 ? 2 : choices.between(1, 2);
                add(name, new Convolution(in, out, kernel, dilation, Convolution.Padding.CENTRED, null, null), out);
            }
            case 12 -> add(name, new Dropout(0.25, choices.of(Dropout.Mask.values())), in);
            case 13 -> add(name, new Dropout(0.25, Dropout.Mask.ELEMENT), in);
            case 14 -> add(name, new LayerNorm(in), in);
            case 15 -> add(name, new Residual(new TimeGRU(in, in, null, null, stateful)), in);
            case 16 -> add(name, new ActivationPenalty(2, 1), in);
            case 17 -> {
                Map<String, LayerSpec<?>> inner = new LinkedHashMap<>();
                inner.put("affine", new Affine(in, out));
                inner.put("rnn", new TimeRNN(out, out, null, stateful));
                add(name, new Sequential(inner), out);
            }
            default -> add(name, new Encoder(cell(in, out)), out);
        }
    }

    /** Two ways through the same input, and the input beside them where it is numbers. */
    private void sideBySide() {
        begin();
        String from = last;
        int in = width;
        layer("left");
        String left = last;
        int leftWidth = width;
        last = from;
        width = in;
        layer("right");
        node("both", new Concat(), leftWidth + width + in, left, last, from);
    }

    private LayerSpec<? extends Node> weight(int query, int value) {
        return query == value && choices.yes()
                ? choices.of(new AttentionWeight(query), AttentionWeight.scaled(query))
                : new AdditiveWeight(query, value, choices.between(1, 5));
    }

    private static String[] beside(List<String> state, String... sequences) {
        return Stream.concat(Stream.of(sequences), state.stream()).toArray(String[]::new);
    }

    private void encoderAndDecoder() {
        encoded = true;
        int hidden = anyWidth();
        int read = anyWidth();
        boolean lstm = choices.yes();
        node("read", embedding(read), read, "source");
        CellSpec reading = lstm ? new LSTM(read, hidden) : new GRU(read, hidden);
        List<String> first = new ArrayList<>();
        if (choices.below(3) == 0) {
            node("encoder", new BidirectionalEncoder(reading, Bidirectional.Merge.SUM), hidden, "read");
            for (String part : lstm ? List.of("h", "c") : List.of("h")) {
                node(
                        part,
                        new Bridge(2 * hidden, hidden),
                        hidden,
                        "encoder.forward." + part,
                        "encoder.backward." + part);
                first.add(part);
            }
        } else {
            node("encoder", new Encoder(reading), hidden, "read");
            first.addAll(lstm ? List.of("encoder.h", "encoder.c") : List.of("encoder.h"));
        }
        last = "x";
        begin();
        String[] fed = beside(first, last);
        int in = width;
        switch (choices.below(4)) {
            case 0 ->
                node("decoder", new Decoder(decoding(lstm, in, hidden), List.of("h")), hidden, last, first.get(0));
            case 1 -> {
                node("decoder", new Decoder(decoding(lstm, in, hidden)), hidden, fed);
                if (choices.yes()) {
                    node("attention", new TimeAttention(weight(hidden, hidden), hidden), hidden, "decoder", "encoder");
                } else {
                    node("weights", weight(hidden, hidden), hidden, "decoder", "encoder");
                    node("attention", new WeightSum(hidden), hidden, "weights", "encoder");
                }
                node("both", new Concat(), 2 * hidden, "attention", "decoder");
            }
            case 2 -> node("decoder", new PeekyDecoder(decoding(lstm, in + hidden, hidden), in), 2 * hidden, fed);
            default -> {
                CellSpec cell = decoding(lstm, in + hidden, hidden);
                LayerSpec<Node> decoder = new AttentionDecoder(cell, weight(hidden, hidden), in, hidden);
                node("decoder", decoder, 2 * hidden, beside(first, last, "encoder"));
            }
        }
        if (choices.below(4) == 3) {
            // One answer to all of the source, whatever x is: the decoder's last state asks.
            int asks = width;
            add("last", new LastValid(), asks);
            node("answer", new Attention(new AdditiveWeight(asks, hidden, 3), hidden), hidden, "last", "encoder");
            node("whole", new Concat(), hidden + asks, "answer", "last");
            pooled = true;
        }
    }

    private static CellSpec decoding(boolean lstm, int inputs, int hidden) {
        return lstm ? new LSTM(inputs, hidden) : new GRU(inputs, hidden);
    }
}
