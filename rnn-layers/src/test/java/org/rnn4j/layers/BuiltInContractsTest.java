package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.rnn4j.layers.attention.AttentionContractsTest;
import org.rnn4j.layers.cell.CellContractsTest;
import org.rnn4j.layers.feedforward.AffineOpsTest;
import org.rnn4j.layers.feedforward.FeedforwardContractsTest;
import org.rnn4j.layers.loss.LossOpsTest;
import org.rnn4j.layers.pooling.PoolingContractsTest;
import org.rnn4j.layers.regularisation.DropoutOpsTest;
import org.rnn4j.layers.regularisation.RegularisationContractsTest;
import org.rnn4j.layers.sequence.SequenceContractsTest;
import org.rnn4j.testkit.Feed;
import org.rnn4j.testkit.LayerContract;
import org.rnn4j.testkit.ProviderContract;
import org.rnn4j.testkit.RecurrentContract;

/**
 * All built-in cells and layers satisfy the contracts for third-party ones. Each package has a test class with a nested contract for each of
 * its types; here is what these share, and what notices if one is missing.
 */
@SuppressWarnings("exports") // The testkit is of tests alone.
public class BuiltInContractsTest {
    private static final List<Class<?>> CONTRACTS = List.of(
            AttentionContractsTest.class,
            CellContractsTest.class,
            FeedforwardContractsTest.class,
            PoolingContractsTest.class,
            RegularisationContractsTest.class,
            SequenceContractsTest.class);

    /** For JUnit. */
    public BuiltInContractsTest() {}

    /** As many as are registered: a layer is checked where a contract gives a spec of it. */
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

    /** What the contracts are given, each of which JUnit runs. */
    static List<Spec<?>> specs() {
        List<Spec<?>> specs = new ArrayList<>();
        for (Class<?> contracts : CONTRACTS) {
            Object outer = ReflectionSupport.newInstance(contracts);
            for (Class<?> nested : ReflectionSupport.findNestedClasses(
                    contracts, type -> AnnotationSupport.isAnnotated(type, Nested.class))) {
                Object test = ReflectionSupport.newInstance(nested, outer);
                if (test instanceof OfACell cell) {
                    specs.add(cell.spec());
                } else {
                    specs.add(assertInstanceOf(OfALayer.class, test).spec());
                }
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
    public abstract static class OfACell extends RecurrentContract {
        /** For JUnit. */
        protected OfACell() {}

        @Override
        protected abstract CellSpec spec();

        @Override
        protected int inputs() {
            return 4;
        }
    }

    /** Of a layer. */
    public abstract static class OfALayer extends LayerContract {
        /** For JUnit. */
        protected OfALayer() {}

        @Override
        protected abstract LayerSpec<? extends Node> spec();
    }

    /** Of a layer that works over the steps of windows of four numbers. */
    public abstract static class OverTime extends OfALayer {
        /** For JUnit. */
        protected OverTime() {}

        @Override
        protected List<Feed> inputs() {
            return List.of(Feed.numbers(4));
        }

        @Override
        protected boolean worksOverTime() {
            return true;
        }
    }

    /** Of a layer over time with several inputs: the first can be streamed where the others are given, and not all at once. */
    public abstract static class BesideOthers extends OfALayer {
        /** For JUnit. */
        protected BesideOthers() {}

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
}
