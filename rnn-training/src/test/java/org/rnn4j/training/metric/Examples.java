package org.rnn4j.training.metric;

import java.util.Random;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Tensors;

/** Windows to judge, and parts of them. */
record Examples(int classes, float[][][] outputs, float[][][] numbers, int[][] ids, int[] lengths) {
    /** Random rows of different lengths; few values of outputs, so that some tie, and a fifth of the labels ignored. */
    static Examples random(long seed, int rows, int steps, int classes) {
        Random random = new Random(seed);
        float[][][] outputs = new float[rows][steps][classes];
        float[][][] numbers = new float[rows][steps][classes];
        int[][] ids = new int[rows][steps];
        int[] lengths = new int[rows];
        for (int n = 0; n < rows; n++) {
            lengths[n] = n == 0 ? steps : random.nextInt(steps + 1);
            for (int t = 0; t < steps; t++) {
                ids[n][t] = random.nextInt(5) == 0 ? Ids.IGNORED : random.nextInt(classes);
                for (int c = 0; c < classes; c++) {
                    outputs[n][t][c] = random.nextInt(9) / 7f - 0.5f;
                    numbers[n][t][c] = (float) random.nextGaussian();
                }
            }
        }
        ids[0][0] = 0;
        ids[0][1] = 1;
        return new Examples(classes, outputs, numbers, ids, lengths);
    }

    Judged ofIds(int fromRow, int toRow, int fromStep, int toStep) {
        int[][] target = new int[toRow - fromRow][toStep - fromStep];
        for (int n = 0; n < target.length; n++) {
            System.arraycopy(ids[fromRow + n], fromStep, target[n], 0, toStep - fromStep);
        }
        return judged(Ids.of(target), fromRow, toRow, fromStep, toStep);
    }

    Judged ofNumbers(int fromRow, int toRow, int fromStep, int toStep) {
        return judged(part(numbers, fromRow, toRow, fromStep, toStep), fromRow, toRow, fromStep, toStep);
    }

    private Judged judged(Value target, int fromRow, int toRow, int fromStep, int toStep) {
        int[] valid = new int[toRow - fromRow];
        boolean[] begins = new boolean[valid.length];
        for (int n = 0; n < valid.length; n++) {
            valid[n] = Math.max(0, Math.min(lengths[fromRow + n], toStep) - fromStep);
            begins[n] = fromStep == 0;
        }
        Tensor output = part(outputs, fromRow, toRow, fromStep, toStep);
        return new Judged(output, target, Spans.of(valid).beginningAtStart(begins), new Judged.Loss(1, 1));
    }

    private Tensor part(float[][][] all, int fromRow, int toRow, int fromStep, int toStep) {
        int steps = toStep - fromStep;
        float[] flat = new float[(toRow - fromRow) * steps * classes];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = all[fromRow + i / (steps * classes)][fromStep + i / classes % steps][i % classes];
        }
        return Tensors.of(Shape.of(toRow - fromRow, steps, classes), flat);
    }

    /** Rows of numbers (N,1,1): the output, and the target beside it. */
    static Judged pairs(double[] outputs, double[] targets) {
        float[] output = new float[outputs.length];
        float[] target = new float[targets.length];
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) outputs[i];
            target[i] = (float) targets[i];
        }
        Shape shape = Shape.of(output.length, 1, 1);
        return new Judged(Tensors.of(shape, output), Tensors.of(shape, target), Spans.full(), new Judged.Loss(0, 0));
    }

    /** A window of which the model says these ids, with scores that only they get. */
    static Judged said(int classes, int[][] predictions, int[][] targets, Spans spans) {
        int steps = targets[0].length;
        float[] scores = new float[targets.length * steps * classes];
        for (int n = 0; n < targets.length; n++) {
            for (int t = 0; t < steps; t++) {
                scores[(n * steps + t) * classes + predictions[n][t]] = 1;
            }
        }
        Tensor output = Tensors.of(Shape.of(targets.length, steps, classes), scores);
        return new Judged(output, Ids.of(targets), spans, new Judged.Loss(0, 0));
    }
}
