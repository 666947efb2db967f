package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mockito.Mockito;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.layers.attention.AttentionWeight;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.cell.LayerNormGRU;
import org.rnn4j.layers.cell.RNN;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.LayerNorm;
import org.rnn4j.layers.feedforward.Sequential;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.regularisation.RecurrentDropout;
import org.rnn4j.layers.regularisation.WeightDrop;
import org.rnn4j.layers.regularisation.Zoneout;
import org.rnn4j.layers.sequence.Time;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

class SpecTest {
    private static void fails(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void ratesAreProbabilitiesBelowOne() {
        fails("rate is 1.0, expected 0 or more and below 1", () -> new Dropout(1));
        fails("rate is NaN, expected 0 or more and below 1", () -> new RecurrentDropout(new LSTM(1, 1), Double.NaN));
        fails("rate is -0.1, expected 0 or more and below 1", () -> new WeightDrop(new TimeLSTM(1, 1), -0.1));
        fails("dropout is 1.5, expected 0 or more and below 1", () -> new Embedding(1, 1, null, 1.5));
        fails("rates: h is 1.0, expected 0 or more and below 1", () -> new Zoneout(new LSTM(1, 1), Map.of("h", 1.0)));
    }

    @Test
    void widthsAreAtLeastOne() {
        fails("inputs is 0, expected 1 or more", () -> new RNN(0, 1));
        fails("hidden is -1, expected 1 or more", () -> new RNN(1, -1));
        fails("inputs is 0, expected 1 or more", () -> new TimeRNN(0, 1));
        fails("hidden is 0, expected 1 or more", () -> new LSTM(1, 0));
        fails(
                "hidden is 2000000000, expected at most 536870911: the 4 gates stand side by side in one array",
                () -> new LSTM(1, 2_000_000_000));
        fails(
                "hidden is 2000000000, expected at most 715827882: the 3 gates stand side by side in one array",
                () -> new LayerNormGRU(1, 2_000_000_000));
        fails(
                "kernel is 2000000000, expected at most 306783378: so many steps of 7 inputs stand side by side in one array",
                () -> new Convolution(7, 1, 2_000_000_000));
        fails("hidden is 0, expected 1 or more", () -> new TimeLSTM(1, 0));
        fails("hidden is 0, expected 1 or more", () -> new GRU(1, 0));
        fails("hidden is 0, expected 1 or more", () -> new TimeGRU(1, 0));
        fails("ids is 0, expected 1 or more", () -> new Embedding(0, 1));
        fails("width is 0, expected 1 or more", () -> new Embedding(1, 0));
        fails("inputs is 0, expected 1 or more", () -> new Affine(0, 1));
        fails("outputs is 0, expected 1 or more", () -> new Affine(1, 0));
        fails("inputs is 0, expected 1 or more", () -> new Convolution(0, 1, 1));
        fails("outputs is 0, expected 1 or more", () -> new Convolution(1, 0, 1));
        fails("kernel is 0, expected 1 or more", () -> new Convolution(1, 1, 0));
        fails("dilation is 0, expected 1 or more", () -> new Convolution(1, 1, 1, 0, null, null, null));
        fails(
                "stateful is true with CENTRED padding, which looks ahead at steps of the window to come; expected CAUSAL",
                () -> new Convolution(1, 1, 3, null, Convolution.Padding.CENTRED, null, true));
    }

    @Test
    void whatIsLeftOutTakesItsDefault() {
        Init uniform = Init.uniform(1 / Math.sqrt(3));
        assertEquals(new RNN(2, 3, uniform), new RNN(2, 3, null));
        assertEquals(new LSTM(2, 3, 0.0, uniform), new LSTM(2, 3, null, null));
        assertEquals(new GRU(2, 3, GRU.Reset.AFTER, uniform), new GRU(2, 3, null, null));
        assertEquals(new TimeRNN(2, 3, uniform, false), new TimeRNN(2, 3));
        assertEquals(new TimeLSTM(2, 3, 0.0, uniform, true), TimeLSTM.stateful(2, 3));
        assertEquals(new TimeGRU(2, 3, GRU.Reset.AFTER, uniform, false), new TimeGRU(2, 3));
        assertEquals(new Time(new RNN(2, 3), false), new Time(new RNN(2, 3), null));
        assertEquals(new Embedding(2, 3, Init.normal(1)), new Embedding(2, 3));
        assertEquals(new Affine(2, 3, null, Init.lecun()), new Affine(2, 3));
        assertEquals(
                new Convolution(2, 3, 4, 1, Convolution.Padding.CAUSAL, Init.lecun(), false), new Convolution(2, 3, 4));
        assertEquals(new Dropout(0.5, Dropout.Mask.WINDOW), new Dropout(0.5));
    }

    @Test
    void aForgetBiasIsANumber() {
        fails("forgetBias is NaN, expected a finite number", () -> new LSTM(1, 1, Double.NaN, null));
    }

    @Test
    void whatIsZeroOrInfiniteInFloat32IsRefused() {
        fails(
                "forgetBias is 1.0E39, which is Infinity in float32, expected a finite number",
                () -> new LSTM(1, 1, 1e39, null));
        String zero = " is 1.0E-50, which is 0.0 in float32, expected a finite number above 0";
        fails("epsilon" + zero, () -> new LayerNorm(1, 1e-50));
        fails("scale" + zero, () -> new AttentionWeight(1, 1e-50));
        fails("delta" + zero, () -> new Huber(1e-50));
        fails("delta is 1.0E39, which is Infinity in float32, expected a finite number above 0", () -> new Huber(1e39));
        fails(
                "change is 1.0E300, which is Infinity in float32, expected a finite number, 0 or more",
                () -> new ActivationPenalty(0, 1e300));
    }

    @Test
    void gatesHaveOneBlockEach() {
        Init three = Init.gates(Init.zeros(), Init.zeros(), Init.zeros());
        fails("init has 3 blocks, expected 4, one for each of the gates i,f,g,o", () -> new LSTM(1, 1, null, three));
        assertEquals(three, new GRU(1, 1, null, three).init());
    }

    @Test
    void aDropoutRateIsBelowOne() {
        fails("rate is 1.0, expected 0 or more and below 1", () -> new Dropout(1));
        fails("rate is -0.1, expected 0 or more and below 1", () -> new Dropout(-0.1));
        fails("rate is NaN, expected 0 or more and below 1", () -> new Dropout(Double.NaN));
    }

    @Test
    void timeRunsCellsAlone() {
        fails("cell: expected a recurrent cell, such as LSTM", () -> new Time(null));
        // The compiler asks, and so does reading a configuration file.
        assertEquals(CellSpec.class, Time.class.getRecordComponents()[0].getType());
        assertFalse(CellSpec.class.isAssignableFrom(Affine.class));
    }

    @Test
    void aSequenceNamesItsLayers() {
        fails("layers: expected at least one layer", () -> new Sequential(Map.of()));
        fails("layers: expected at least one layer", () -> new Sequential(null));
        fails("layers: the name 'a.b' is empty or has a dot in it", () -> sequential("a.b", new Affine(1, 1)));
        fails("layers: a has no layer", () -> sequential("a", null));
    }

    @Test
    void aSequenceIsOfLayers() {
        Params params = Mockito.mock(Params.class, Mockito.RETURNS_SELF);
        // A cell is one time step: the compiler refuses it here.
        assertFalse(LayerSpec.class.isAssignableFrom(LSTM.class));
        Map<String, LayerSpec<?>> two = new LinkedHashMap<>();
        two.put("output", new Affine(1, 1));
        two.put("embed", new Embedding(1, 1));
        fails(
                "layers: embed is of type Embedding, which takes ids: it can only be the first layer",
                () -> new Sequential(two).create(params));
        LayerSpec<Node> other = place -> (inputs, pass) -> inputs;
        fails(
                "layers: loss is of type " + other.getClass().getSimpleName()
                        + ", which is no layer of one input and one output",
                () -> sequential("loss", other).create(params));
    }

    private static Sequential sequential(String name, LayerSpec<?> layer) {
        Map<String, LayerSpec<?>> layers = new LinkedHashMap<>();
        layers.put(name, layer);
        return new Sequential(layers);
    }
}
