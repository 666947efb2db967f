package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.spy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    /** What is called on it takes far longer than a kernel may. */
    private final VectorKernels spied = spy(new VectorKernels(new Threads(1), new OneIndexTiles()));

    /** Who adds a vector kernel and does not warm it up makes the first program that uses it wait. */
    @Test
    void warmsUpEveryVectorKernel() {
        new WarmUp(List.of(spied)).pieces().forEach(Runnable::run);
        Set<String> called = called(spied);
        Set<String> own = Arrays.stream(VectorKernels.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(called.containsAll(own), () -> own + " were to be called, but only these were: " + called);
    }

    private static Set<String> called(Object spy) {
        return mockingDetails(spy).getInvocations().stream()
                .map(invocation -> invocation.getMethod().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A tile that the warm-up never ran is interpreted when a program first needs it, with an object for every vector. */
    @Test
    void warmsUpEveryTile() {
        Tiles tiles = spy(new OneIndexTiles());
        new WarmUp(List.of(new VectorKernels(new Threads(1), tiles))).pieces().forEach(Runnable::run);
        Set<String> called = called(tiles);
        Set<String> needed = new TreeSet<>(Set.of("tile1", "tile5", "tile6"));
        if (Tiles.WIDE) {
            needed.add("tile8");
        }
        assertTrue(called.containsAll(needed), () -> needed + " were to be called, but only these were: " + called);
    }

    @Test
    void givesUpWhereKernelsStaySlow() {
        assertFalse(new WarmUp(List.of(spied)).run(100, TimeUnit.MILLISECONDS));
    }
}
