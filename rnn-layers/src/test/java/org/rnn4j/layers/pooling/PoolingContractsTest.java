package org.rnn4j.layers.pooling;

import org.junit.jupiter.api.Nested;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.layers.BuiltInContractsTest.OverTime;

/** The layers of this package satisfy the contract for third-party ones. */
public class PoolingContractsTest {
    /** For JUnit. */
    public PoolingContractsTest() {}

    @Nested
    class LastTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Last();
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    @Nested
    class LastValidTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new LastValid();
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    @Nested
    class MeanTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Mean();
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    @Nested
    class MaxTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Max();
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }
}
