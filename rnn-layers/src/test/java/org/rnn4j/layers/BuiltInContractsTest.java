package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.TypeRegistry;
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
import org.rnn4j.layers.feedforward.AffineOpsTest;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.feedforward.LayerNorm;
import org.rnn4j.layers.feedforward.Residual;
import org.rnn4j.layers.feedforward.Sequential;
import org.rnn4j.layers.loss.LossOpsTest;
import org.rnn4j.layers.pooling.Last;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.pooling.Max;
import org.rnn4j.layers.pooling.Mean;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.regularisation.DropoutOpsTest;
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
import org.rnn4j.testkit.Feed;
import org.rnn4j.testkit.LayerContract;
import org.rnn4j.testkit.ProviderContract;
import org.rnn4j.testkit.RecurrentContract;

/** All built-in cells and layers satisfy the contracts for third-party ones. */
class BuiltInContractsTest {
    /** As many as are registered: a layer is checked where a nested test below gives a spec of it. */
    @Test
    void everyBuiltInCellAndLayerIsChecked() {
        Set<String> layers = new TreeSet<>();
        TypeRegistry.load().types(Spec.class).forEach((id, type) -> {
            if (!type.getPackageName().endsWith(".loss")) {
                layers.add(id);
            }
        });
        Set<String> checked = specs().stream()
                .map(spec -> spec.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(layers, checked);
    }

    /** What the contracts below are given, each of which JUnit runs. */
    static List<Spec<?>> specs() {
        BuiltInContractsTest outer = new BuiltInContractsTest();
        List<Spec<?>> specs = new ArrayList<>();
        for (Class<?> nested : ReflectionSupport.findNestedClasses(
                BuiltInContractsTest.class, type -> AnnotationSupport.isAnnotated(type, Nested.class))) {
            Object test = ReflectionSupport.newInstance(nested, outer);
            if (test instanceof OfACell cell) {
                specs.add(cell.spec());
            } else if (test instanceof OfALayer layer) {
                specs.add(layer.spec());
            } else {
                assertInstanceOf(ProviderContract.class, test, "a test of something else than a cell or a layer");
            }
        }
        return specs;
    }

    /** Their tests are in the packages of the ops, which nobody else sees. */
    @Test
    void everyOpIsChecked() throws IOException {
        Set<String> ops = LayersTest.classes().stream()
                .filter(type -> Op.class.isAssignableFrom(type) && !type.isAnonymousClass())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(4, ops.size(), ops.toString());
        for (Class<?> test : List.of(AffineOpsTest.class, DropoutOpsTest.class, LossOpsTest.class)) {
            for (Class<?> nested : test.getDeclaredClasses()) {
                ops.removeIf(op -> nested.getSimpleName().startsWith(op));
            }
        }
        assertEquals(Set.of(), ops);
    }

    /** Of a cell with four inputs. */
    private abstract static class OfACell extends RecurrentContract {
        @Override
        protected abstract CellSpec spec();

        @Override
        protected int inputs() {
            return 4;
        }
    }

    /** Of a layer. */
    private abstract static class OfALayer extends LayerContract {
        @Override
        protected abstract LayerSpec<? extends Node> spec();
    }

    /** Of a layer that works over the steps of windows of four numbers. */
    private abstract static class OverTime extends OfALayer {
        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }
    }

    @Nested
    class LayersProviderTest extends ProviderContract {
        @Override
        protected TypeProvider provider() {
            return new Layers();
        }

        @Override
        protected List<Spec<?>> specs() {
            return SavingTest.specs();
        }
    }

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

    @Nested
    class EncoderTest extends OverTime {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Encoder(new LSTM(4, 6));
        }
    }

    @Nested
    class DecoderTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new Decoder(new LSTM(4, 6));
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(6), Feed.row(6));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
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
    class PeekyDecoderTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new PeekyDecoder(new GRU(10, 6), 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.row(6));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
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

    @Nested
    class AttentionWeightTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return AttentionWeight.scaled(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
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
    class AdditiveWeightTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AdditiveWeight(4, 3, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(3));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }

    @Nested
    class WeightSumTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new WeightSum(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(5), Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
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
    class TimeAttentionTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeAttention(4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }

    @Nested
    class TimeAttentionAdditiveTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new TimeAttention(new AdditiveWeight(3, 4, 6), 4);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(3), Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }

    @Nested
    class AttentionDecoderTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AttentionDecoder(new LSTM(7, 6), new AdditiveWeight(6, 3, 5), 4, 3);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(3), Feed.row(6), Feed.row(6));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }

    @Nested
    class AttentionDecoderByTheDotProductTest extends OfALayer {
        @Override
        protected LayerSpec<? extends Node> spec() {
            return new AttentionDecoder(new GRU(10, 6), AttentionWeight.scaled(6), 4, 6);
        }

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4), Feed.numbers(6), Feed.row(6));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }

        @Override
        protected boolean streams() {
            return false;
        }

        @Override
        protected Set<Integer> streamsBesideOthers() {
            return Set.of(0);
        }
    }
}
