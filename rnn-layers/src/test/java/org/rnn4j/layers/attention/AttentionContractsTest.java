package org.rnn4j.layers.attention;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.layers.BuiltInContractsTest.BesideOthers;
import org.rnn4j.layers.BuiltInContractsTest.OfALayer;
import org.rnn4j.layers.cell.GRU;
import org.rnn4j.layers.cell.LSTM;
import org.rnn4j.testkit.Feed;

/** The layers of this package satisfy the contract for third-party ones. */
public class AttentionContractsTest {
    /** For JUnit. */
    public AttentionContractsTest() {}

    @Nested
    class AttentionWeightTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return AttentionWeight.scaled(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(4));
        }
    }

    @Nested
    class AttentionWeightOfOneStepTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AttentionWeight(6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.row(6), Feed.numbers(6));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class AdditiveWeightTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AdditiveWeight(4, 3, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(3));
        }
    }

    @Nested
    class WeightSumTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new WeightSum(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(5), Feed.numbers(4));
        }
    }

    @Nested
    class AttentionTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Attention(new AdditiveWeight(6, 4, 3), 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.row(6), Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class TimeAttentionTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeAttention(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(4));
        }
    }

    @Nested
    class TimeAttentionAdditiveTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeAttention(new AdditiveWeight(3, 4, 6), 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(3), Feed.numbers(4));
        }
    }

    @Nested
    class AttentionDecoderTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AttentionDecoder(new LSTM(7, 6), new AdditiveWeight(6, 3, 5), 4, 3);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(3), Feed.row(6), Feed.row(6));
        }
    }

    @Nested
    class AttentionDecoderByTheDotProductTest extends BesideOthers {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AttentionDecoder(new GRU(10, 6), AttentionWeight.scaled(6), 4, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(6), Feed.row(6));
        }
    }
}
