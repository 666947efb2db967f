package org.rnn4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Shape;

class HeapNeedTest {
    /** 40,000 numbers each. */
    private static final ModelSpec SPEC = ModelSpec.chain()
            .then("first", new Toys.Product(200, 200))
            .then("second", new Toys.Product(200, 400))
            .then("odd", (LayerSpec<Layer>) params -> {
                // Computes while it is created.
                double sum = params.get("w", Init.zeros(), 3).sum().item();
                return (x, pass) -> x.plus(sum);
            })
            .build();

    private static final Shape FIRST = Shape.of(200, 200);

    @Test
    void whatFitsIsMade() {
        HeapNeed need = new HeapNeed(SPEC, 10_000_000);
        float[] made = new float[1];
        assertArrayEquals(made, need.within("first.weight", FIRST, () -> made));
    }

    @Test
    void whatCannotFitIsSaidBeforeTheFirstLargeParameterIsMade() {
        HeapNeed need = new HeapNeed(SPEC, 400_000);
        AtomicInteger made = new AtomicInteger();
        assertEquals(
                "the model's parameters need 1 MB, and this JVM's heap has at most 1 MB; the largest is second.weight(200,400) with"
                        + " 1 MB. Take smaller layers or a larger heap (-Xmx); training needs up to four times the parameters",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> need.within("first.weight", FIRST, () -> new float[made.incrementAndGet()]))
                        .getMessage());
        assertEquals(0, made.get());
    }

    @Test
    void anArrayThatDoesNotFitAfterAllIsSaidToo() {
        HeapNeed need = new HeapNeed(SPEC, 1L << 34);
        assertEquals(
                "the model's parameters need 1 MB, and this JVM's heap has at most 16,384 MB; the largest is second.weight(200,400)"
                        + " with 1 MB. Take smaller layers or a larger heap (-Xmx); training needs up to four times the parameters",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> need.within("first.weight", FIRST, () -> {
                                    throw new OutOfMemoryError("Java heap space");
                                }))
                        .getMessage());
    }
}
