package org.rnn4j.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;

/** What both kernels must do, and that they do it with the same bits. */
class KernelsTest {
    private static final List<PlainKernels> ALL = List.of(
            new PlainKernels(new Threads(1)),
            new VectorKernels(new Threads(1), new OneIndexTiles()),
            new VectorKernels(new Threads(1), new IndexedTiles()));

    private static Packed packed(PlainKernels kernels, Block b) {
        float[] dirty = new float[kernels.packedSize(b)];
        Arrays.fill(dirty, Float.NaN);
        return kernels.pack(b, dirty);
    }

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
            @ForAll @IntRange(min = 1, max = 30) int m,
            @ForAll @IntRange(min = 1, max = 20) int k) {
        int n = 1 + (m * 7 + k * 3) % 23;
        Block a = block(lieA, m, k, 1);
        Block b = block(lieB, k, n, 2);
        Block before = block(lieC, m, n, 3);
        for (PlainKernels kernels : ALL) {
            Block sum = block(lieC, m, n, 3);
            kernels.multiplyAdd(a, packed(kernels, b), sum);
            Block product = block(lieC, m, n, 4);
            kernels.multiply(a, packed(kernels, b), product);
            for (int r = 0; r < m; r++) {
                for (int j = 0; j < n; j++) {
                    float chain = 0;
                    float chainOnTop = before.get(r, j);
                    for (int i = 0; i < k; i++) {
                        chain = Math.fma(a.get(r, i), b.get(i, j), chain);
                        chainOnTop = Math.fma(a.get(r, i), b.get(i, j), chainOnTop);
                    }
                    assertEquals(chain, product.get(r, j));
                    assertEquals(chainOnTop, sum.get(r, j));
                }
            }
        }
    }

    /** Half of the distance from 1 to the next float: what one operation may be off by, as a part of its result. */
    private static final double ROUNDING = Math.ulp(1f) / 2;

    /**
     * Beside EJML's float64. A chain of k roundings is off by at most {@code k u |A||B|}, in practice by no more than {@code 2 sqrt(k) u |A||B|}
     * because they go both ways (Higham and Mary, "A new approach to probabilistic rounding error analysis", 2019).
     */
    @Property(tries = 40)
    void largeProductsAgreeWithEachOtherAndWithEjml(
            @ForAll @IntRange(min = 1, max = 300) int m,
            @ForAll @IntRange(min = 1, max = 700) int k,
            @ForAll @IntRange(min = 1, max = 150) int n) {
        Block a = block(Lie.DENSE, m, k, 1);
        Block b = block(Lie.TRANSPOSED, k, n, 2);
        DMatrixRMaj exact = new DMatrixRMaj(m, n);
        CommonOps_DDRM.multTransB(matrix(m, k, a.data()), matrix(n, k, b.data()), exact);
        DMatrixRMaj magnitude = new DMatrixRMaj(m, n);
        CommonOps_DDRM.multTransB(absolute(m, k, a.data()), absolute(n, k, b.data()), magnitude);
        Block plain = Block.of(new float[m * n], m, n);
        ALL.get(0).multiply(a, packed(ALL.get(0), b), plain);
        for (PlainKernels kernels : ALL) {
            Block vector = Block.of(new float[m * n], m, n);
            kernels.multiply(a, packed(kernels, b), vector);
            assertArrayEquals(plain.data(), vector.data());
        }
        for (int i = 0; i < m * n; i++) {
            assertEquals(exact.data[i], plain.data()[i], 2 * Math.sqrt(k) * ROUNDING * magnitude.data[i]);
        }
    }

    private static DMatrixRMaj matrix(int rows, int columns, float... values) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < values.length; i++) {
            matrix.data[i] = values[i];
        }
        return matrix;
    }

    private static DMatrixRMaj absolute(int rows, int columns, float... values) {
        DMatrixRMaj matrix = matrix(rows, columns, values);
        CommonOps_DDRM.abs(matrix);
        return matrix;
    }

    /** Deeper than the vector kernels sum in one go, which depends on the number of rows. */
    @ParameterizedTest
    @CsvSource({"96, 1700", "5, 10000"})
    void aDeepProductIsOneChain(int m, int k) {
        Block a = block(Lie.DENSE, m, k, 1);
        Block b = block(Lie.DENSE, k, 9, 2);
        float[] expected = new float[m * 9];
        for (int i = 0; i < expected.length; i++) {
            for (int d = 0; d < k; d++) {
                expected[i] = Math.fma(a.get(i / 9, d), b.get(d, i % 9), expected[i]);
            }
        }
        for (PlainKernels kernels : ALL) {
            Block c = Block.of(new float[m * 9], m, 9);
            kernels.multiply(a, packed(kernels, b), c);
            assertArrayEquals(expected, c.data());
        }
    }

    @Property(tries = 60)
    void functionsHaveTheSameBitsInVectors(
            @ForAll Lie lie,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 90) int columns,
            @ForAll @IntRange(min = 0, max = 60) int scale) {
        Block x = block(lie, rows, columns, scale);
        x.set(0, 0, Float.NaN);
        x.set(rows - 1, columns - 1, Float.NEGATIVE_INFINITY);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                x.set(r, c, x.get(r, c) * scale);
            }
        }
        List<List<Block>> results = new ArrayList<>();
        for (PlainKernels kernels : ALL) {
            List<Block> result = new ArrayList<>();
            for (int f = 0; f < 3; f++) {
                result.add(block(lie, rows, columns, 0));
            }
            kernels.exp(x, result.get(0));
            kernels.tanh(x, result.get(1));
            kernels.sigmoid(x, result.get(2));
            results.add(result);
        }
        for (int f = 0; f < 3; f++) {
            assertArrayEquals(
                    results.get(0).get(f).data(), results.get(1).get(f).data());
        }
    }

    @Property(tries = 100)
    void aRowOfAProductIsTheSameBitsWhateverTheNumberOfRows(
            @ForAll @IntRange(min = 2, max = 90) int rows, @ForAll @IntRange(min = 1, max = 200) int k) {
        int n = 1 + (rows * 5 + k) % 130;
        Block a = block(Lie.DENSE, rows, k, 5);
        Block b = block(Lie.DENSE, k, n, 6);
        for (PlainKernels kernels : ALL) {
            Block all = Block.of(new float[rows * n], rows, n);
            kernels.multiply(a, packed(kernels, b), all);
            Block one = Block.of(new float[n], 1, n);
            kernels.multiply(a.rows(rows - 1, rows), packed(kernels, b), one);
            for (int j = 0; j < n; j++) {
                assertEquals(all.get(rows - 1, j), one.get(0, j));
            }
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
        ALL.forEach(kernels -> assertEquals(parts[0], kernels.sum(Block.of(values, 7, 143))));
    }

    @Test
    void addsTheSumOfRows() {
        for (PlainKernels kernels : ALL) {
            Block sum = Block.of(new float[] {10, 20}, 1, 2);
            kernels.addSumOfRows(Block.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2), sum);
            assertArrayEquals(new float[] {19, 32}, sum.data());
        }
    }

    @Test
    void aSumOfNoProductsIsWhereItBegins() {
        Block none = Block.of(new float[0], 5, 0);
        for (PlainKernels kernels : ALL) {
            Block c = block(Lie.DENSE, 5, 7, 1);
            float[] before = c.data().clone();
            kernels.multiplyAdd(none, packed(kernels, Block.of(new float[0], 0, 7)), c);
            assertArrayEquals(before, c.data());
            kernels.multiply(none, packed(kernels, Block.of(new float[0], 0, 7)), c);
            assertArrayEquals(new float[35], c.data());
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Block a = Block.of(new float[6], 2, 3);
        for (PlainKernels kernels : ALL) {
            assertEquals(
                    "multiply (2,3)·(2,3) into (2,3): dimensions differ",
                    assertThrows(IllegalArgumentException.class, () -> kernels.multiply(a, packed(kernels, a), a))
                            .getMessage());
            assertEquals(
                    "plus of (3,2) into (2,3): dimensions differ",
                    assertThrows(IllegalArgumentException.class, () -> kernels.plus(a, a.transposed(), a))
                            .getMessage());
            Packed foreign = mock(Packed.class);
            when(foreign.rows()).thenReturn(3);
            when(foreign.columns()).thenReturn(3);
            assertEquals(
                    "multiply: the right operand was packed by other kernels",
                    assertThrows(IllegalArgumentException.class, () -> kernels.multiply(a, foreign, a))
                            .getMessage());
        }
    }

    /** What is computed of two or three operands, element by element. */
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    enum Elementwise {
        PLUS((k, a, b, w, y) -> k.plus(a, b, y), (a, b, w, y) -> a + b),
        MINUS((k, a, b, w, y) -> k.minus(a, b, y), (a, b, w, y) -> a - b),
        TIMES((k, a, b, w, y) -> k.times(a, b, y), (a, b, w, y) -> a * b),
        ADD_TIMES((k, a, b, w, y) -> k.addTimes(a, b, y), (a, b, w, y) -> Math.fma(a, b, y)),
        MIX((k, a, b, w, y) -> k.mix(a, b, w, y), (a, b, w, y) -> Math.fma(w, b - a, a)),
        TANH_GRADIENT((k, a, b, w, y) -> k.tanhGradient(a, b, y), (a, b, w, y) -> a * Math.fma(-b, b, 1f)),
        TANH_GRADIENT_OF_PRODUCT(
                (k, a, b, w, y) -> k.tanhGradient(a, w, b, y), (a, b, w, y) -> a * w * Math.fma(-b, b, 1f)),
        SIGMOID_GRADIENT_OF_PRODUCT(
                (k, a, b, w, y) -> k.sigmoidGradient(a, w, b, y), (a, b, w, y) -> a * w * (b * (1 - b))),
        SIGMOID_GRADIENT((k, a, b, w, y) -> k.sigmoidGradient(a, b, y), (a, b, w, y) -> a * (b * (1 - b))),
        COPY((k, a, b, w, y) -> k.copy(a, y), (a, b, w, y) -> a),
        FILL((k, a, b, w, y) -> k.fill(3f, y), (a, b, w, y) -> 3f);

        private final OfBlocks ofBlocks;
        private final OfNumbers ofNumbers;

        Elementwise(OfBlocks ofBlocks, OfNumbers ofNumbers) {
            this.ofBlocks = ofBlocks;
            this.ofNumbers = ofNumbers;
        }

        interface OfBlocks {
            void run(Kernels k, Block a, Block b, Block w, Block y);
        }

        interface OfNumbers {
            float of(float a, float b, float w, float y);
        }
    }

    @Property(tries = 400)
    void elementwiseArithmeticOfBlocksThatLieAnyhow(
            @ForAll Elementwise what,
            @ForAll Lie lieA,
            @ForAll Lie lieB,
            @ForAll Lie lieY,
            @ForAll @IntRange(min = 1, max = 70) int columns) {
        int rows = 1 + columns % 4;
        Block a = block(lieA, rows, columns, 1);
        Block b = block(lieB, rows, columns, 2);
        Block w = block(lieA, rows, columns, 3);
        Block before = block(lieY, rows, columns, 4);
        for (PlainKernels kernels : ALL) {
            Block y = block(lieY, rows, columns, 4);
            float[] around = y.data().clone();
            what.ofBlocks.run(kernels, a, b, w, y);
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    assertEquals(
                            what.ofNumbers.of(a.get(r, c), b.get(r, c), w.get(r, c), before.get(r, c)), y.get(r, c));
                    y.set(r, c, before.get(r, c));
                }
            }
            assertArrayEquals(around, y.data(), "what lies around the block");
        }
    }

    /** At every position of arrays that fill some vectors, a part of one, or none. */
    @Test
    void whatIsNotFiniteIsSeenWhereverItStands() {
        for (PlainKernels kernels : ALL) {
            for (int size : new int[] {0, 1, 15, 64, 131, 300}) {
                float[] numbers = new float[size + 7];
                Arrays.fill(numbers, Float.NaN);
                for (int i = 0; i < size; i++) {
                    numbers[3 + i] = i % 3 == 0 ? -Float.MAX_VALUE : i % 3 == 1 ? Float.MIN_VALUE : Float.MAX_VALUE;
                }
                assertTrue(kernels.isFinite(numbers, 3, 3 + size), "none of " + size + ", and NaN around them");
                for (int i = 0; i < size; i++) {
                    float before = numbers[3 + i];
                    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                        numbers[3 + i] = bad;
                        assertFalse(kernels.isFinite(numbers, 3, 3 + size), bad + " at " + i + " of " + size);
                    }
                    numbers[3 + i] = before;
                }
            }
        }
    }

    @Property(tries = 100)
    void softmaxAndSumsHaveTheSameBitsInVectors(
            @ForAll Lie lie,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 150) int columns) {
        Block x = block(lie, rows, columns, 7);
        x.set(0, columns / 2, 200);
        List<float[]> results = new ArrayList<>();
        for (PlainKernels kernels : ALL) {
            Block z = block(Lie.DENSE, rows, 1, 1);
            kernels.logSumExp(x, z);
            Block y = block(lie, rows, columns, 2);
            kernels.addSoftmax(x, z, block(Lie.DENSE, rows, 1, 3), y);
            results.add(y.data());
            results.add(z.data());
            results.add(new float[] {kernels.sum(x), kernels.sumOfSquares(x)});
            Block ones = block(Lie.DENSE, rows, 1, 1);
            kernels.fill(1f, ones);
            Block softmax = Block.of(new float[rows * columns], rows, columns);
            kernels.addSoftmax(x, z, ones, softmax);
            for (int r = 0; r < rows; r++) {
                // 200 - log e^200 in float32 is a difference of numbers with 17 bits before the point.
                assertEquals(1, kernels.sum(softmax.rows(r, r + 1)), 1e-4);
            }
        }
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(results.get(i), results.get(i + 3));
        }
    }

    @Test
    void logSumExpOfInfinitiesAndNan() {
        float inf = Float.POSITIVE_INFINITY;
        for (PlainKernels kernels : ALL) {
            Block z = Block.of(new float[4], 4, 1);
            kernels.logSumExp(Block.of(new float[] {-inf, -inf, inf, 1, Float.NaN, 1, -inf, 2}, 4, 2), z);
            assertArrayEquals(new float[] {-inf, inf, Float.NaN, 2}, z.data());
        }
    }

    @Property(tries = 20)
    void theNumberOfThreadsChangesNoBit(
            @ForAll @IntRange(min = 1, max = 300) int m, @ForAll @IntRange(min = 1, max = 300) int n) {
        int k = 1_200_000 / (m * n) + 1;
        Block a = block(Lie.TRANSPOSED, m, k, 1);
        Block b = block(Lie.DENSE, k, n, 2);
        float[] alone = null;
        for (int threads = 1; threads <= 4; threads++) {
            PlainKernels kernels = new VectorKernels(new Threads(threads), new IndexedTiles());
            Block c = block(Lie.DENSE, m, n, 3);
            kernels.multiplyAdd(a, packed(kernels, b), c);
            alone = alone == null ? c.data() : alone;
            assertArrayEquals(alone, c.data());
        }
    }
}
