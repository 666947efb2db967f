package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.op.Block;

class PlainKernelsTest {
    private final PlainKernels kernels = new PlainKernels();

    /** Every way in which a block can lie in its array. */
    enum Lie {
        DENSE,
        TRANSPOSED,
        INSIDE_A_LARGER_ONE,
        COLUMNS_OF_A_WIDER_ONE
    }

    private static Block block(Lie lie, int rows, int columns, long seed) {
        Draws draws = Draws.of(seed);
        Block block = switch (lie) {
            case DENSE -> Block.of(new float[rows * columns], rows, columns);
            case TRANSPOSED ->
                Block.of(new float[rows * columns], columns, rows).transposed();
            case INSIDE_A_LARGER_ONE ->
                Block.of(new float[(rows + 3) * columns], rows + 3, columns).rows(2, rows + 2);
            case COLUMNS_OF_A_WIDER_ONE ->
                Block.of(new float[rows * (columns + 5)], rows, columns + 5).columns(1, columns + 1);
        };
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                block.set(r, c, (float) draws.normal((long) r * columns + c));
            }
        }
        return block;
    }

    @Property(tries = 300)
    void productsOfBlocksThatLieAnyhow(
            @ForAll Lie lieA,
            @ForAll Lie lieB,
            @ForAll Lie lieC,
            @ForAll @IntRange(min = 1, max = 20) int m,
            @ForAll @IntRange(min = 1, max = 20) int k) {
        int n = 1 + (m * 7 + k * 3) % 23;
        Block a = block(lieA, m, k, 1);
        Block b = block(lieB, k, n, 2);
        Block c = block(lieC, m, n, 3);
        Block before = block(lieC, m, n, 3);
        kernels.multiplyAdd(a, b, c);
        Block product = block(lieC, m, n, 4);
        kernels.multiply(a, b, product);
        for (int r = 0; r < m; r++) {
            for (int j = 0; j < n; j++) {
                double exact = 0;
                for (int i = 0; i < k; i++) {
                    exact += (double) a.get(r, i) * b.get(i, j);
                }
                assertEquals(exact, product.get(r, j), 1e-5);
                assertEquals(before.get(r, j) + exact, c.get(r, j), 1e-5);
            }
        }
    }

    @Property(tries = 100)
    void aRowOfAProductIsTheSameBitsWhateverTheNumberOfRows(
            @ForAll @IntRange(min = 2, max = 90) int rows, @ForAll @IntRange(min = 1, max = 200) int k) {
        int n = 1 + (rows * 5 + k) % 130;
        Block a = block(Lie.DENSE, rows, k, 5);
        Block b = block(Lie.DENSE, k, n, 6);
        Block all = Block.of(new float[rows * n], rows, n);
        kernels.multiply(a, b, all);
        Block one = Block.of(new float[n], 1, n);
        kernels.multiply(a.rows(rows - 1, rows), b, one);
        for (int j = 0; j < n; j++) {
            assertEquals(all.get(rows - 1, j), one.get(0, j));
        }
    }

    @Test
    void sumsInSixteenPartsInAFixedOrder() {
        float[] values = new float[1001];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1f / (i + 1);
        }
        float[] parts = new float[16];
        for (int i = 0; i < values.length; i++) {
            parts[i % 16] += values[i];
        }
        for (int width = 8; width > 0; width /= 2) {
            for (int j = 0; j < width; j++) {
                parts[j] += parts[j + width];
            }
        }
        assertEquals(parts[0], kernels.sum(Block.of(values, 7, 143)));
    }

    @Test
    void addsTheSumOfRows() {
        Block sum = Block.of(new float[] {10, 20}, 1, 2);
        kernels.addSumOfRows(Block.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2), sum);
        assertArrayEquals(new float[] {19, 32}, sum.data());
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Block a = Block.of(new float[6], 2, 3);
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> kernels.multiply(a, a, Block.of(new float[6], 2, 3)));
        assertEquals("multiply (2,3)·(2,3) into (2,3): dimensions differ", e.getMessage());
    }
}
