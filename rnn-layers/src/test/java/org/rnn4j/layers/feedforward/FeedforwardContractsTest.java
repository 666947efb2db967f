package org.rnn4j.layers.feedforward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.layers.BuiltInContractsTest.OfALayer;
import org.rnn4j.layers.BuiltInContractsTest.OverTime;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeGRU;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.testkit.Feed;

/** The layers of this package satisfy the contract for third-party ones. */
public class FeedforwardContractsTest {
    /** For JUnit. */
    public FeedforwardContractsTest() {}

    @Nested
    class EmbeddingTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Embedding(7, 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.ids(7));
        }
    }

    @Nested
    class AffineTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Affine(4, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }
    }

    @Nested
    class AffineTiedTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return Affine.sameAs("embed.weight", 4, 7);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }
    }

    @Nested
    class ConvolutionTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Convolution(4, 6, 2);
        }
    }

    @Nested
    class ConvolutionDilatedTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Convolution(4, 6, 3, 2, null, null, null);
        }
    }

    @Nested
    class ConvolutionStatefulTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return Convolution.stateful(4, 6, 3);
        }
    }

    @Nested
    class ConvolutionOfOneStepTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Convolution(4, 6, 1);
        }
    }

    @Nested
    class ConvolutionCentredTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Convolution(4, 6, 3, null, Convolution.Padding.CENTRED, null, null);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class ConvolutionCentredDilatedTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Convolution(4, 6, 2, 3, Convolution.Padding.CENTRED, null, null);
        }

        @Override
        protected boolean streams() {
            return false;
        }
    }

    @Nested
    class LayerNormTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new LayerNorm(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }
    }

    @Nested
    class ResidualTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Residual(new TimeLSTM(4, 4));
        }
    }

    @Nested
    class SequentialTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return model();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.ids(7));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        private LayerSpec<Node> model() {
            Map<String, LayerSpec<?>> layers = new LinkedHashMap<>();
            layers.put("embed", new Embedding(7, 4));
            layers.put("lstm", TimeLSTM.stateful(4, 3));
            layers.put("dropout", new Dropout(0.5));
            layers.put("gru", new TimeGRU(3, 5));
            return new Sequential(layers);
        }
    }

    @Nested
    class EmbeddingWithDropoutTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Embedding(5, 4, null, 0.25);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.ids(5));
        }
    }

    @Nested
    class ConcatTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Concat();
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(3), Feed.numbers(2));
        }

        @Override
        protected boolean acceptsAnyWidth() {
            return true;
        }
    }

    /** What stands beside every step may be given. */
    @Nested
    class ConcatBesideARowTest extends ConcatTest {
        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(3));
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }
}
