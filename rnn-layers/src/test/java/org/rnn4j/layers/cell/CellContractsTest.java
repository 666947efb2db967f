package org.rnn4j.layers.cell;

import org.junit.jupiter.api.Nested;
import org.rnn4j.api.CellSpec;
import org.rnn4j.layers.BuiltInContractsTest.OfACell;

/** The cells satisfy the contract for third-party ones. */
public class CellContractsTest {
    /** For JUnit. */
    public CellContractsTest() {}

    @Nested
    class RNNTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new RNN(4, 6);
        }
    }

    @Nested
    class LSTMTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new LSTM(4, 6);
        }
    }

    @Nested
    class GRUTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new GRU(4, 6);
        }
    }

    @Nested
    class GRUResetBeforeTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new GRU(4, 6, GRU.Reset.BEFORE, null);
        }
    }

    @Nested
    class ProjectedLSTMTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new ProjectedLSTM(4, 6, 3);
        }
    }

    @Nested
    class PeepholeLSTMTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new PeepholeLSTM(4, 6);
        }
    }

    @Nested
    class LayerNormRNNTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new LayerNormRNN(4, 6);
        }
    }

    @Nested
    class LayerNormLSTMTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new LayerNormLSTM(4, 6);
        }
    }

    @Nested
    class LayerNormGRUTest extends OfACell {
        @Override
        protected CellSpec spec() {
            return new LayerNormGRU(4, 6);
        }
    }
}
