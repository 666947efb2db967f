package org.rnn4j.layers.sequence;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.layers.BuiltInContractsTest.BesideOthers;
import org.rnn4j.layers.BuiltInContractsTest.OfALayer;
import org.rnn4j.layers.BuiltInContractsTest.OverTime;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.testkit.Feed;

/** The layers of this package satisfy the contract for third-party ones. */
public class SequenceContractsTest {
    /** For JUnit. */
    public SequenceContractsTest() {}

    @Nested
    class TimeTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Time(new LSTM(4, 6));
        }
    }

    @Nested
    class TimeRNNTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeRNN(4, 6);
        }
    }

    @Nested
    class TimeRNNStatefulTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return TimeRNN.stateful(4, 6);
        }
    }

    @Nested
    class TimeLSTMTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeLSTM(4, 6);
        }
    }

    @Nested
    class TimeLSTMStatefulTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return TimeLSTM.stateful(4, 6);
        }
    }

    @Nested
    class TimeGRUTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeGRU(4, 6);
        }
    }

    @Nested
    class TimeGRUStatefulTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return TimeGRU.stateful(4, 6);
        }
    }

    @Nested
    class BidirectionalTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Bidirectional(new LSTM(4, 6));
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class BidirectionalSumTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Bidirectional(new GRU(4, 6), Bidirectional.Merge.SUM);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class BidirectionalMeanTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Bidirectional(new GRU(4, 6), Bidirectional.Merge.MEAN);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class BidirectionalProductTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Bidirectional(new GRU(4, 6), Bidirectional.Merge.PRODUCT);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class EncoderTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Encoder(new LSTM(4, 6));
        }
    }

    @Nested
    class DecoderTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Decoder(new LSTM(4, 6));
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(6), Feed.row(6));
        }
    }

    /** Given one part of its first state; the other begins as zeros. */
    @Nested
    class DecoderInPartsTest extends DecoderTest {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Decoder(new LSTM(4, 6), List.of("c"));
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(6));
        }
    }

    @Nested
    class BidirectionalEncoderTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new BidirectionalEncoder(new LSTM(4, 6), Bidirectional.Merge.SUM);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class BridgeTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Bridge(9, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.row(5), Feed.row(4));
        }
    }

    @Nested
    class PeekyDecoderTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new PeekyDecoder(new GRU(10, 6), 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(6));
        }
    }
}
