package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.testkit.DoubleTensor;

/** What connectionist temporal classification is: the sum over all paths, whatever the lengths, and what it reads. */
class CtcTest {
    private static final int PAD = Ids.IGNORED;

    /** The definition: every path of T classes that reads as the labels. */
    @ParameterizedTest
    @CsvSource(
            value = {"1", "2 1", "1 1", "2 1 2", "2 2 1", "''"},
            quoteCharacter = '\'')
    void theLossIsTheSurpriseOfAllPathsTogether(String labels) {
        int[] wanted = Arrays.stream(labels.split(" "))
                .filter(label -> !label.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        int steps = 4;
        int classes = 3;
        Shape shape = Shape.of(1, steps, classes);
        double[] scores = normal("scores", shape.size(), 1);
        DoubleTensor output = DoubleTensor.of(shape, scores);
        double[] logP = output.logSoftmax().toDoubles();
        double probability = 0;
        for (int path = 0; path < 81; path++) {
            double[] onehot = new double[shape.size()];
            double ofPath = 0;
            for (int t = 0, rest = path; t < steps; t++, rest /= classes) {
                onehot[t * classes + rest % classes] = 1;
                ofPath += logP[t * classes + rest % classes];
            }
            List<int[]> read = new Ctc().bestPath(DoubleTensor.of(shape, onehot), Spans.full());
            probability += Arrays.equals(wanted, read.get(0)) ? StrictMath.exp(ofPath) : 0;
        }
        double surprise = -StrictMath.log(probability);
        Ids target = Ids.of(Shape.of(1, wanted.length), wanted);
        assertEquals(surprise, new Ctc().of(output, target, Spans.full()).item(), 1e-12);
        Tensor floats = Tensors.of(shape, floats(scores));
        assertEquals(surprise, new Ctc().of(floats, target, Spans.full()).item(), 2e-6);
    }

    /** The float32 tensor computes it in one, the float64 tensor composes it of operations. Both agree. */
    @ParameterizedTest
    @EnumSource
    void theOpIsTheComposedForm(Ctc.Per per) {
        Shape shape = Shape.of(4, 40, 7);
        Loss loss = new Ctc(3, per);
        int[][] labels = new int[4][12];
        for (int n = 0; n < 4; n++) {
            for (int l = 0; l < 12; l++) {
                // The other classes, some of them twice in a row; row n has fewer labels than row n - 1, and some
                // between padding.
                int label = Draws.of(n).below(l / 2 * 2 + l % 2 * (n % 2), 6);
                labels[n][l] = l % (n + 2) == 1 || l > 11 - n ? PAD : label < 3 ? label : label + 1;
            }
        }
        Ids target = Ids.of(labels);
        for (double scale : new double[] {0.5, 5, 50}) {
            for (Spans lengths : List.of(Spans.full(), Spans.of(40, 31, 0, 25))) {
                double[] scores = normal("scores", shape.size(), scale);
                agree(loss, shape, scores, target, lengths);
            }
        }
    }

    /** A probability of e^-2800 is smaller than any float64. */
    @Test
    void aModelThatIsSureOfTheBlankStillLearns() {
        int steps = 220;
        int[] labels = new int[100];
        Arrays.setAll(labels, l -> 1 + l % 3);
        Shape shape = Shape.of(1, steps, 4);
        double[] scores = normal("scores", shape.size(), 1);
        for (int t = 0; t < steps; t++) {
            scores[4 * t] += 30;
        }
        double loss = agree(new Ctc(), shape, scores, Ids.of(labels), Spans.full());
        assertEquals(2800, loss, 100);
    }

    /** Of n labels, no two neighbours equal, there are (T+n over 2n) paths, and all are equally likely here. */
    @Test
    void aLongSequenceKeepsItsDigits() {
        int steps = 2000;
        int[] labels = new int[300];
        Arrays.setAll(labels, l -> 1 + l % 3);
        double paths = 0;
        for (int i = 1; i <= 600; i++) {
            paths += StrictMath.log((steps + 300 - 600 + i) / (double) i);
        }
        Tensor output = Tensors.variable(Shape.of(1, steps, 4), new float[4 * steps]);
        Tensor loss = new Ctc().of(output, Ids.of(labels), Spans.full());
        double expected = steps * StrictMath.log(4) - paths;
        assertEquals(expected, loss.item(), 1e-6 * expected);
        float[] gradient = Gradients.of(loss).get(output).toFloats();
        double ofBlank = 0;
        for (int t = 0; t < steps; t++) {
            double ofStep = 0;
            for (int c = 0; c < 4; c++) {
                ofStep += gradient[4 * t + c];
            }
            // Softmax and what is wanted both add up to 1.
            assertEquals(0, ofStep, 1e-5);
            ofBlank += gradient[4 * t];
        }
        // A path has 2n + 1 runs, of which those n of labels are never empty; the T - n steps that are left fall on all
        // runs alike.
        assertEquals(steps / 4.0 - (steps - 300) * 301.0 / 601, ofBlank, 1e-2);
    }

    @Test
    void aRowWithoutStepsDoesNotCountAndPaddingReachesNothing() {
        Shape shape = Shape.of(3, 4, 3);
        float[] scores = floats(normal("scores", shape.size(), 1));
        Arrays.fill(scores, 6, 24, Float.NaN);
        Ids target = Ids.of(new int[] {PAD, 2}, new int[] {99, 0}, new int[] {1, 1});
        float[] last = Arrays.copyOfRange(scores, 24, 36);
        Tensor output = Tensors.variable(shape, scores);
        Spans lengths = Spans.of(2, 0, 4);
        Tensor loss = new Ctc().of(output, target, lengths);
        double first = new Ctc()
                .of(Tensors.of(Shape.of(1, 2, 3), Arrays.copyOf(scores, 6)), Ids.of(new int[] {2}), Spans.full())
                .item();
        double third = new Ctc()
                .of(Tensors.of(Shape.of(1, 4, 3), last), Ids.of(new int[] {1, 1}), Spans.full())
                .item();
        assertEquals((first + third) / 2, loss.item(), 1e-6);
        assertEquals(2, new Ctc().positions(target, lengths));
        float[] gradient = Gradients.of(loss).get(output).toFloats();
        assertArrayEquals(new float[18], Arrays.copyOfRange(gradient, 6, 24));

        Spans none = Spans.of(0, 0, 0);
        Tensor nothing = new Ctc().of(output, target, none);
        assertEquals(0, nothing.item());
        assertEquals(0, new Ctc().positions(target, none));
        assertArrayEquals(new float[36], Gradients.of(nothing).get(output).toFloats());
        DoubleTensor exact = DoubleTensor.variable(shape, new double[36]);
        assertEquals(0, new Ctc().of(exact, target, none).item());
    }

    @Test
    void aNumberThatIsNoneIsNotHidden() {
        float[] scores = new float[12];
        scores[7] = Float.NaN;
        Tensor output = Tensors.of(Shape.of(1, 4, 3), scores);
        assertEquals(
                Double.NaN,
                new Ctc().of(output, Ids.of(new int[] {1, 2}), Spans.full()).item());
    }

    @Test
    void theBestPathMergesNeighboursAndTakesBlanksOut() {
        int[][] likeliest = {{1, 1, 0, 1, 2, 2}, {0, 0, 0, 0, 0, 0}, {2, 1, 1, 2, 2, 2}};
        float[] scores = new float[3 * 6 * 3];
        for (int n = 0; n < 3; n++) {
            for (int t = 0; t < 6; t++) {
                scores[(n * 6 + t) * 3 + likeliest[n][t]] = 1;
            }
        }
        Tensor output = Tensors.of(Shape.of(3, 6, 3), scores);
        List<int[]> read = new Ctc().bestPath(output, Spans.of(6, 6, 3));
        assertArrayEquals(new int[] {1, 1, 2}, read.get(0));
        assertArrayEquals(new int[] {}, read.get(1));
        assertArrayEquals(new int[] {2, 1}, read.get(2));
        assertArrayEquals(
                new int[] {1, 0, 1},
                new Ctc(2, null).bestPath(output, Spans.full()).get(0));
    }

    @Test
    void ofEquallyLikelyClassesTheFirstIsRead() {
        assertArrayEquals(
                new int[] {0},
                new Ctc(2, null)
                        .bestPath(Tensors.zeros(Shape.of(1, 4, 3)), Spans.full())
                        .get(0));
    }

    /** Scores that go down the gradient are read as the labels at last. */
    @Test
    void whatIsLearntIsRead() {
        Shape shape = Shape.of(2, 9, 4);
        float[] scores = floats(normal("scores", shape.size(), 0.1));
        Ids target = Ids.of(new int[] {3, 3, 1, 2}, new int[] {1, 2, PAD, PAD});
        Spans lengths = Spans.of(9, 5);
        for (int i = 0; i < 200; i++) {
            Tensor output = Tensors.variable(shape, scores);
            float[] gradient = Gradients.of(new Ctc().of(output, target, lengths))
                    .get(output)
                    .toFloats();
            for (int j = 0; j < scores.length; j++) {
                scores[j] -= gradient[j];
            }
        }
        Tensor learnt = Tensors.of(shape, scores);
        assertEquals(0, new Ctc().of(learnt, target, lengths).item(), 0.1);
        List<int[]> read = new Ctc().bestPath(learnt, lengths);
        assertArrayEquals(new int[] {3, 3, 1, 2}, read.get(0));
        assertArrayEquals(new int[] {1, 2}, read.get(1));
        List<int[]> transcripts = new Ctc().transcripts(learnt, lengths).orElseThrow();
        assertEquals(2, transcripts.size());
        assertArrayEquals(read.get(0), transcripts.get(0));
        assertArrayEquals(read.get(1), transcripts.get(1));
    }

    @Test
    void messagesSayWhatWasExpected() {
        Loss loss = new Ctc();
        Tensor output = Tensors.zeros(Shape.of(2, 4, 3));
        fails(
                "CTC: row 1 has 4 steps, but its 3 labels need at least 5: one each, and one for a blank between any two"
                        + " that are equal",
                () -> loss.of(output, Ids.of(new int[] {1, 1, PAD}, new int[] {2, 2, 2}), Spans.full()));
        fails(
                "CTC: row 0 has 1 steps, but its 2 labels need at least 2: one each, and one for a blank between any two"
                        + " that are equal",
                () -> loss.of(output, Ids.of(new int[][] {{1, 2}, {1, 2}}), Spans.of(1, 4)));
        fails(
                "id 0 at row 1, column 1 of the target is the blank, which is no label",
                () -> loss.of(output, Ids.of(new int[][] {{1, 2}, {1, 0}}), Spans.full()));
        fails(
                "id 3 at row 0, column 1 of the target is outside the classes of 3 (0 to 2)",
                () -> loss.of(output, Ids.of(new int[][] {{1, 3}, {1, 0}}), Spans.full()));
        fails(
                "CTC of (2,4,3) with target ids (1,2): expected (N,T,V) with (N,L)",
                () -> loss.of(output, Ids.of(new int[][] {{1, 2}}), Spans.full()));
        fails(
                "CTC: expected target ids (N,L), got (2)",
                () -> loss.of(output, Ids.of(Shape.of(2), 1, 2), Spans.full()));
        fails(
                "CTC: expected ids as the target, got a tensor of shape (2,4,3)",
                () -> loss.of(output, output, Spans.full()));
        fails(
                "blank is 3, but the output (2,4,3) has 3 classes",
                () -> new Ctc(3, null).of(output, Ids.of(new int[][] {{1}, {1}}), Spans.full()));
        fails("blank is -1, expected 0 or more", () -> new Ctc(-1, null));
        fails(
                "length of row 1 is 5, but the window has 4 steps",
                () -> loss.of(output, Ids.of(new int[][] {{1}, {1}}), Spans.of(4, 5)));
        fails(
                "blank is 3, but the output (2,4,3) has 3 classes",
                () -> new Ctc(3, null).bestPath(output, Spans.full()));
        fails(
                "CTC: expected scores (N,T,V), got (4)",
                () -> new Ctc().bestPath(Tensors.zeros(Shape.of(4)), Spans.full()));
    }

    private static void fails(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    /** Compares both tensors' losses and gradients. */
    private static double agree(Loss loss, Shape shape, double[] numbers, Ids target, Spans lengths) {
        float[] floats = floats(numbers);
        double[] scores = new double[floats.length];
        Arrays.setAll(scores, i -> floats[i]);
        DoubleTensor exact = DoubleTensor.variable(shape, scores);
        // Times a number, so that the gradient that comes in is not 1.
        Tensor composed = loss.of(exact, target, lengths).times(3);
        Map<DoubleTensor, double[]> expected = DoubleTensor.of(composed).gradients();

        Tensor output = Tensors.variable(shape, floats);
        Tensor value = loss.of(output, target, lengths).times(3);
        assertEquals(composed.item(), value.item(), 1e-6 * Math.max(1, composed.item()));
        double[] found = Gradients.of(value).get(output).toDoubles();
        assertArrayEquals(expected.get(exact), found, 1e-5);
        return value.item() / 3;
    }

    private static double[] normal(String place, int size, double scale) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> scale * Draws.of(1).at(place).normal(i));
        return values;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
