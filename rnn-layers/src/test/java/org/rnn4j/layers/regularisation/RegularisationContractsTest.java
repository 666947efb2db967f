package org.rnn4j.layers.regularisation;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.layers.BuiltInContractsTest.OfALayer;
import org.rnn4j.layers.BuiltInContractsTest.OverTime;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.testkit.Feed;

/** The layers of this package satisfy the contract for third-party ones. */
public class RegularisationContractsTest {
    /** For JUnit. */
    public RegularisationContractsTest() {}

    @Nested
    class DropoutTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Dropout(0.5);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    @Nested
    class DropoutElementTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Dropout(0.5, Dropout.Mask.ELEMENT);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    @Nested
    class RecurrentDropoutTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new RecurrentDropout(new LSTM(4, 6), 0.25);
        }
    }

    @Nested
    class ZoneoutTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Zoneout(new LSTM(4, 6), Map.of("h", 0.25, "c", 0.5));
        }
    }

    @Nested
    class WeightDropTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new WeightDrop(new TimeLSTM(4, 6), 0.25);
        }
    }

    @Nested
    class ActivationPenaltyTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new ActivationPenalty(2, 1);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }
}
