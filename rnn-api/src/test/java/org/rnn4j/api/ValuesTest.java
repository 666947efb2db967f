package org.rnn4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.op.Block;

/** The small immutable values: shapes, ids, lengths, resets, blocks. */
class ValuesTest {
    private static String message(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }

    @Test
    void shapesCountRowsColumnsAndAxes() {
        Shape shape = Shape.of(2, 3, 4);
        assertEquals("(2,3,4)", shape.toString());
        assertEquals(24, shape.size());
        assertEquals(6, shape.rows());
        assertEquals(4, shape.columns());
        assertEquals(4, shape.dim(-1));
        assertEquals(Shape.of(2, 4), shape.without(1));
        assertEquals(Shape.of(2, 3, 9), shape.withColumns(9));
        assertEquals(Shape.of(5, 2, 3, 4), shape.under(5));
        assertEquals(Shape.of(2, 3, 4, 5), shape.over(5));
        assertEquals(1, Shape.of().size());
        assertEquals("()", Shape.of().toString());
        assertEquals(0, Shape.of(3, 0).size());
        assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
        assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    }

    @Test
    void shapesRefuseWhatCannotBe() {
        assertEquals("a shape has no negative axis, got [2, -1]", message(() -> Shape.of(2, -1)));
        assertEquals(
                "a tensor holds at most 2^31-1 numbers, got [65536, 65536]", message(() -> Shape.of(65_536, 65_536)));
        assertEquals(
                "axis 2 of (2,3): it has 2 axes", message(() -> Shape.of(2, 3).dim(2)));
        assertEquals("a scalar has no innermost axis", message(() -> Shape.of().withColumns(1)));
    }

    @Test
    void idsAreRectangularAndCopied() {
        int[] row = {1, 2, 3};
        Ids ids = Ids.of(row, new int[] {4, 5, 6});
        row[0] = 9;
        assertEquals(1, ids.at(0, 0));
        assertEquals(6, ids.at(1, 2));
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, ids.toArray());
        assertEquals(ids, Ids.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
        assertEquals("ids: row 1 has 2 steps, row 0 has 3: pad the rows", message(() -> Ids.of(row, new int[2])));
        assertEquals("ids of shape (2,3) need 6 values, got 1", message(() -> Ids.of(Shape.of(2, 3), 1)));
        int[][] many = new int[65_536][];
        Arrays.fill(many, new int[65_536]);
        assertEquals("a tensor holds at most 2^31-1 numbers, got [65536, 65536]", message(() -> Ids.of(many)));
        assertEquals("stack of no tensors, expected at least one", message(() -> Tensor.stack(List.of())));
        assertEquals("join of no tensors, expected at least one", message(() -> Tensor.join(List.of())));
        assertEquals(
                "id 6 at row 1, step 2 is outside the vocabulary of 6 (0 to 5)",
                message(() -> ids.below(6, "vocabulary")));
    }

    @Test
    void lengthsSayWhatIsValid() {
        Spans lengths = Spans.of(3, 0, 2);
        assertTrue(lengths.valid(0, 2));
        assertFalse(lengths.valid(2, 2));
        assertArrayEquals(new boolean[] {true, false, true}, lengths.validAt(1));
        assertFalse(lengths.allValidAt(0));
        assertEquals(5, lengths.positions(3, 3));
        assertEquals(9, Spans.full().positions(3, 3));
        assertTrue(Spans.full().allValidAt(1_000));
        assertEquals("length of row 1 is -1, expected 0 or more", message(() -> Spans.of(1, -1)));
        assertEquals("length of row 0 is 3, but the window has 2 steps", message(() -> lengths.within(3, 2)));
        assertEquals("lengths of 3 rows for a window of 4 rows", message(() -> lengths.within(4, 3)));
    }

    @Test
    void resetsSayWhereSequencesBegin() {
        Spans resets = Spans.full().beginning(new boolean[] {false, true}, new boolean[] {true});
        assertTrue(resets.begins(0, 1));
        assertFalse(resets.begins(1, 1));
        assertTrue(resets.anyBeginsAt(0));
        assertFalse(resets.anyBeginsAt(2));
        assertArrayEquals(new boolean[] {true, false, true}, resets.goesOnAt(0, 3));
        assertFalse(Spans.full().anyBeginsAt(0));
        assertTrue(Spans.full().beginningAtStart(false, true).begins(1, 0));
        assertTrue(Spans.of(3, 1).beginning(new boolean[] {false, true}).begins(0, 1));
        assertFalse(Spans.of(3, 1).beginning(new boolean[] {false, true}).allValidAt(1));
        assertEquals(
                "[3, 1] beginning [[false, true], [false]]",
                Spans.of(3, 1)
                        .beginning(new boolean[] {false, true}, new boolean[1])
                        .toString());
        assertEquals("resets of 2 rows for a window of 1 rows", message(() -> resets.within(1, 2)));
        assertEquals("resets of row 0 name 2 steps, but the window has 1", message(() -> resets.within(2, 1)));
    }

    @Test
    void blocksAreViews() {
        Block block = Block.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertEquals(6, block.transposed().get(2, 1));
        assertEquals(5, block.rows(1, 2).columns(1, 3).get(0, 0));
        block.columns(2, 3).set(0, 0, 9);
        assertEquals(9, block.get(0, 2));
        assertTrue(block.isDense());
        assertTrue(block.rows(1, 2).isDense());
        assertFalse(block.transposed().isDense());
        assertFalse(block.columns(0, 2).isDense());
    }

    @Test
    void statePartsHaveNamesThatAPathCanEndWith() {
        assertEquals("h", StatePart.of("h", 2).name());
        String expected = ", expected a name without / and .";
        assertEquals("a state part is named \"a/b\"" + expected, message(() -> StatePart.of("a/b", 2)));
        assertEquals("a state part is named \"a.b\"" + expected, message(() -> StatePart.of("a.b", 2)));
        assertEquals("a state part is named \"\"" + expected, message(() -> StatePart.of("", 2)));
        assertEquals("a state part is named null" + expected, message(() -> StatePart.of(null, 2)));
        assertEquals("state part h: expected the shape of a row, got null", message(() -> new StatePart("h", null)));
    }

    @Test
    void numbersAreJudgedAsLayersComputeWithThem() {
        assertEquals(1e-30, Spec.positive("a", 1e-30));
        assertEquals("a is 0.0, expected a finite number above 0", message(() -> Spec.positive("a", 0)));
        assertEquals("a is NaN, expected a finite number above 0", message(() -> Spec.positive("a", Double.NaN)));
        assertEquals(
                "a is 1.0E-50, which is 0.0 in float32, expected a finite number above 0",
                message(() -> Spec.positive("a", 1e-50)));
        assertEquals(
                "a is 1.0E39, which is Infinity in float32, expected a finite number above 0",
                message(() -> Spec.positive("a", 1e39)));
        assertEquals(0, Spec.notNegative("a", 0));
        assertEquals("a is -1.0, expected a finite number, 0 or more", message(() -> Spec.notNegative("a", -1)));
        assertEquals(-1, Spec.finite("a", -1));
        assertEquals(
                "a is -1.0E39, which is -Infinity in float32, expected a finite number",
                message(() -> Spec.finite("a", -1e39)));
    }

    @Test
    void initsAreDescriptions() {
        assertEquals(Init.constant(0), Init.zeros());
        assertEquals("gates: expected at least one block", message(() -> new Init.Gates(List.of())));
        assertEquals("sameAs: expected the path of a parameter, such as embed.weight", message(() -> new SameAs("")));
        assertEquals("hidden is 0, expected 1 or more", message(() -> Spec.atLeast(1, "hidden", 0)));
    }

    @Test
    void errorsCarryThePathOfTheirPlace() {
        LayerException e = assertThrows(
                LayerException.class,
                () -> LayerException.within(
                        "encoder",
                        () -> LayerException.within("cell", () -> {
                            throw new IllegalArgumentException("matmul (2,3)·(4,5): inner dimensions differ");
                        })));
        assertEquals("encoder.cell", e.path());
        assertEquals("encoder.cell: matmul (2,3)·(4,5): inner dimensions differ", e.getMessage());
        assertEquals(IllegalArgumentException.class, e.getCause().getClass());
    }
}
